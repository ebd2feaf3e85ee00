package org.guidedmixup.bench.jmh;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.bench.data.BatchSource;
import org.guidedmixup.bench.data.DataSpec;
import org.guidedmixup.bench.data.ImageSet;
import org.guidedmixup.bench.data.LoadOptions;
import org.guidedmixup.bench.mixing.MixerSettings;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
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
 * What does it cost to mix one batch with each method, from images and labels to mixed images and labels?
 *
 * <p>Methods that take saliency from a network get precomputed maps: what is measured is their time beyond the
 * network's pass, which they share. The spectral residual of guided-sr and saliencymix is counted as part of the
 * method. Every invocation draws new random numbers, as the batches of a training do.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MethodBenchmark {

    /** Batch size. */
    @Param({"16"})
    public int batch;

    /** Height and width in pixels; 3 channels. */
    @Param({"224"})
    public int height;

    /** The method, as on the command line. */
    @Param({
        "mixup",
        "manifold",
        "cutmix",
        "saliencymix",
        "snapmix",
        "guided-sr",
        "guided-ap",
        "puzzlemix",
        "comixup",
        "augmix",
        "guided-sr+augmix"
    })
    public String method;

    private BatchMixer mixer;
    private INDArray images;
    private INDArray labels;
    private INDArray maps;
    private int drawn;

    /**
     * Loads drawn shapes: minimum cuts take longer on images than on noise.
     *
     * @throws IOException never, shapes are not read from files
     */
    @Setup
    public void draw() throws IOException {
        ImageSet shapes = DataSpec.parse("shapes")
                .load(LoadOptions.all(1).withImageSize(height).withPerClass((batch + 9) / 10))
                .train();
        int step = shapes.size() / batch;
        int[] chosen = IntStream.range(0, batch).map(i -> i * step).toArray();
        DataSet data = BatchSource.builder(shapes).build().batch(chosen);
        images = data.getFeatures();
        labels = data.getLabels();
        maps = new SpectralResidual().detect(images, labels, DataFormat.NCHW);
        MixingMethod named = MixingMethod.of(method);
        mixer = named.mixer(
                MixerSettings.of(named.asksNetwork() ? new Precomputed(maps) : new SpectralResidual(), 1, 1));
    }

    /**
     * Mixes one batch.
     *
     * @return the mixed images and labels
     */
    @Benchmark
    public MixedBatch mix() {
        MixedBatch mixed = mixer.mix(images, labels, 0, drawn++).mixed();
        mixed.images().close();
        return mixed;
    }

    /** Releases the arrays. */
    @TearDown
    public void release() {
        images.close();
        labels.close();
        maps.close();
    }

    /** Returns copies of precomputed maps, since the caller may close them. */
    private static final class Precomputed implements SaliencyDetector {
        private static final long serialVersionUID = 1L;

        private final transient INDArray maps;

        Precomputed(INDArray maps) {
            this.maps = maps;
        }

        @Override
        public INDArray detect(INDArray images, INDArray labels, DataFormat format) {
            return maps.dup();
        }
    }
}
