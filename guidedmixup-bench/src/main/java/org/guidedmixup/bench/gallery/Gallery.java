package org.guidedmixup.bench.gallery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.guidedmixup.bench.gallery.MixedPair.LabelWeight;
import org.guidedmixup.bench.gallery.MixedPair.Target;
import org.guidedmixup.bench.image.Pictures;
import org.guidedmixup.bench.mixing.MixerSettings;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.mixing.StepArrays;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.SaliencyDistance;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Pairs of a batch as every method mixes them: the same sources and targets for all methods, so that rows compare. */
public final class Gallery {
    private static final double SMALLEST_WEIGHT = 0.005; // 0.00 in print

    private final GalleryBatch batch;
    private final List<MixingMethod> methods;
    private final List<StepArrays> mixed = new ArrayList<>();
    private final INDArray spectralResidual;
    private final int[] classes;

    /**
     * Mixes a batch by every method. Saliency is that of the spectral residual, also for methods that would ask a network.
     *
     * @param batch the images. Not modified.
     * @param methods the methods; where a name says nothing of the pairing, the pairs are those of the greedy pairing
     * @param seed the seed of what the methods draw
     * @throws IllegalArgumentException if this is no batch of at least two images
     */
    public Gallery(GalleryBatch batch, List<MixingMethod> methods, long seed) {
        this(batch, methods, method -> new SpectralResidual(), seed);
    }

    /**
     * Mixes a batch by every method.
     *
     * @param batch the images. Not modified.
     * @param methods the methods; where a name says nothing of the pairing, the pairs are those of the greedy pairing by the
     *     spectral residual
     * @param ofNetwork the saliency for a method that asks a network
     * @param seed the seed of what the methods draw
     * @throws IllegalArgumentException if this is no batch of at least two images
     */
    public Gallery(
            GalleryBatch batch,
            List<MixingMethod> methods,
            Function<MixingMethod, SaliencyDetector> ofNetwork,
            long seed) {
        if (batch.images().size(0) < 2) {
            throw new IllegalArgumentException("a gallery needs at least 2 images, got 1");
        }
        this.batch = batch;
        this.methods = List.copyOf(methods);
        classes = batch.labels().argMax(1).toIntVector();
        SpectralResidual detector = new SpectralResidual();
        INDArray found = detector.detect(batch.images(), DataFormat.NCHW);
        spectralResidual =
                NormalizedSaliency.of(new GaussianBlur(7, 3).apply(found)).maps();
        Pairing pairs = new GreedyPairing()
                .pair(classes.length, () -> SaliencyDistance.between(spectralResidual), new SplittableRandom(seed));
        MixerSettings settings = MixerSettings.of(detector, 1, seed).withPairing((size, distance, random) -> pairs);
        for (MixingMethod method : methods) {
            MixerSettings told = method.asksNetwork() ? settings.withSaliency(ofNetwork.apply(method)) : settings;
            mixed.add(StepArrays.of(method, told, batch.images(), batch.labels()));
        }
    }

    /**
     * The methods, in the order of the pairs of a row.
     *
     * @return the methods
     */
    public List<MixingMethod> methods() {
        return methods;
    }

    /**
     * Chooses sources and mixes them.
     *
     * @param count how many sources; fewer if the batch is smaller
     * @return a row for every source, a pair for every method; sources whose targets are of another class come first
     */
    public List<List<MixedPair>> rows(int count) {
        int size = (int) batch.images().size(0);
        List<Integer> sources = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparing(this::methodsWithinClass))
                .limit(count)
                .toList();
        return sources.stream().map(this::row).toList();
    }

    /** How many methods mix an image with one of its own class, or not at all. */
    private int methodsWithinClass(int source) {
        return (int) mixed.stream()
                .filter(steps -> classes[target(steps, source)] == classes[source])
                .count();
    }

    private static int target(StepArrays steps, int source) {
        return steps.pairing().map(pairing -> pairing.getInt(source)).orElse(source);
    }

    private List<MixedPair> row(int source) {
        List<MixedPair> row = new ArrayList<>();
        for (int i = 0; i < methods.size(); i++) {
            row.add(pair(methods.get(i), mixed.get(i), source));
        }
        return row;
    }

    private MixedPair pair(MixingMethod method, StepArrays steps, int source) {
        INDArray images = batch.images();
        // A method without saliency is shown with the maps that it did not ask for.
        INDArray saliency = steps.normalized().or(steps::saliency).orElse(spectralResidual);
        return new MixedPair(
                method,
                Pictures.photograph(images.slice(source)),
                Pictures.heatMap(saliency.slice(source)),
                steps.pairing().map(pairing -> target(steps, saliency, source, pairing.getInt(source))),
                Pictures.photograph(steps.mixed().images().slice(source)),
                weights(steps.mixed().labels().getRow(source).toFloatVector(), classes[source]));
    }

    private Target target(StepArrays steps, INDArray saliency, int source, int target) {
        INDArray images = batch.images();
        INDArray mask = steps.mask()
                .map(masks -> masks.slice(source))
                .orElseGet(() -> Nd4j.valueArrayOf(
                        new long[] {images.size(2), images.size(3)},
                        steps.ratio().getFloat(source),
                        DataType.FLOAT));
        return new Target(
                Pictures.photograph(images.slice(target)),
                Pictures.heatMap(saliency.slice(target)),
                Pictures.mask(mask));
    }

    /** The classes of a label that show in print, the source's first. */
    private List<LabelWeight> weights(float[] label, int sourceClass) {
        return IntStream.range(0, label.length)
                .filter(k -> label[k] >= SMALLEST_WEIGHT)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> k == sourceClass ? Double.NEGATIVE_INFINITY : -label[k]))
                .map(k -> new LabelWeight(batch.classNames().get(k), label[k]))
                .toList();
    }
}
