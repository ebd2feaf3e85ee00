package org.guidedmixup.bench.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.SaliencyDistance;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does each step of Guided-SR cost? Each gets the output of the step before it. {@link #saliencyAtOnce} is how a
 * whole batch is computed; {@link #saliency}, {@link #blur} and {@link #normalize} are the same three steps one by one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class GuidedSrStepBenchmark {
    private static final int CLASSES = 100;

    /** Batch size. */
    @Param({"16", "64"})
    public int batch;

    /** Height and width in pixels; 3 channels. */
    @Param({"32", "224"})
    public int height;

    private final SpectralResidual detector = new SpectralResidual();
    private final GaussianBlur gaussian = new GaussianBlur(7, 3);
    private final List<SeparableFilter> smoothing = List.of(gaussian);
    private final GreedyPairing greedy = new GreedyPairing();

    private INDArray images;
    private INDArray labels;
    private INDArray maps;
    private INDArray blurred;
    private NormalizedSaliency normalized;
    private INDArray distances;
    private Pairing pairing;
    private MixPlan plan;

    /** Carries out all steps once. */
    @Setup
    public void prepare() {
        images = RandomBatch.images(batch, height);
        labels = RandomBatch.labels(batch, CLASSES);
        maps = detector.detect(images, DataFormat.NCHW);
        blurred = gaussian.apply(maps);
        normalized = NormalizedSaliency.of(blurred);
        distances = SaliencyDistance.between(normalized);
        pairing = greedy.pair(distances);
        BatchMixer mixer = GuidedMixup.builder().mixProbability(1).build();
        plan = mixer.plan(images, labels, 0, 0);
    }

    /**
     * Computes the spectral residual.
     *
     * @return the maps
     */
    @Benchmark
    public INDArray saliency() {
        return released(detector.detect(images, DataFormat.NCHW));
    }

    /**
     * Blurs the maps before they are normalised.
     *
     * @return the maps
     */
    @Benchmark
    public INDArray blur() {
        return released(gaussian.apply(maps));
    }

    /**
     * Divides by the sum.
     *
     * @return the maps
     */
    @Benchmark
    public NormalizedSaliency normalize() {
        return NormalizedSaliency.of(blurred);
    }

    /**
     * Computes saliency, blur and division in one pass over an image.
     *
     * @return the maps
     */
    @Benchmark
    public NormalizedSaliency saliencyAtOnce() {
        return detector.detectNormalized(images, DataFormat.NCHW, smoothing)
                .orElseGet(() -> NormalizedSaliency.of(detector.detect(images, DataFormat.NCHW), smoothing));
    }

    /**
     * Computes the distances between all maps.
     *
     * @return [M, M]
     */
    @Benchmark
    public INDArray distances() {
        return SaliencyDistance.between(normalized);
    }

    /**
     * Finds the greedy cycle.
     *
     * @return the pairs
     */
    @Benchmark
    public Pairing pairing() {
        return greedy.pair(distances);
    }

    /**
     * Computes the masks' means; the masks themselves are computed while mixing.
     *
     * @return the masks
     */
    @Benchmark
    public MixMask masks() {
        return MixMask.ofSaliency(normalized, pairing);
    }

    /**
     * Computes masks and mixed images, in a new array.
     *
     * @return the mixed images
     */
    @Benchmark
    public INDArray mixing() {
        return released(plan.mix(images));
    }

    /**
     * Mixes the labels.
     *
     * @return the mixed labels
     */
    @Benchmark
    public INDArray mixingLabels() {
        return plan.mixLabels(labels);
    }

    private static INDArray released(INDArray array) {
        array.close();
        return array;
    }

    /** Releases the arrays. */
    @TearDown
    public void release() {
        images.close();
        labels.close();
    }
}
