package org.guidedmixup.bench.gallery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.guidedmixup.bench.mixing.MixerSettings;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.mixing.StepArrays;
import org.guidedmixup.dl4j.gallery.MixedPair;
import org.guidedmixup.dl4j.gallery.PlanPartners;
import org.guidedmixup.dl4j.gallery.ShownBatch;
import org.guidedmixup.dl4j.picture.PixelFormat;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.SaliencyDistance;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pairs of a batch as every method mixes them: the same images and partners for all methods, so that they can be compared. */
public final class Gallery {
    private final GalleryBatch batch;
    private final List<MixingMethod> methods;
    private final List<StepArrays> mixed = new ArrayList<>();
    private final List<ShownBatch> shown;
    private final INDArray spectralResidual;
    private final int[] classes;

    /**
     * Mixes a batch by every method. Saliency is that of the spectral residual, also for methods that would use a network's.
     *
     * @param batch the images. Not modified.
     * @param methods the methods; where a name says nothing of the pairing, the pairs are those of the greedy pairing
     * @param seed the seed of what the methods draw
     * @throws IllegalArgumentException if the batch has fewer than two images
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
     * @throws IllegalArgumentException if the batch has fewer than two images
     */
    public Gallery(
            GalleryBatch batch,
            List<MixingMethod> methods,
            Function<MixingMethod, SaliencyDetector> ofNetwork,
            long seed) {
        if (batch.images().size(0) < 2) {
            throw new IllegalArgumentException("images: expected at least 2 for a gallery, got 1");
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
            MixerSettings own = method.asksNetwork() ? settings.withSaliency(ofNetwork.apply(method)) : settings;
            mixed.add(StepArrays.of(method, own, batch.images(), batch.labels()));
        }
        shown = mixed.stream().map(this::shown).toList();
    }

    /**
     * Returns the methods, in the order of the pairs of a row.
     *
     * @return the methods
     */
    public List<MixingMethod> methods() {
        return methods;
    }

    /**
     * Chooses images and mixes them.
     *
     * @param count the number of images; fewer if the batch is smaller
     * @return a row for every image, a pair for every method; images whose partners are of another class come first
     */
    public List<List<MixedPair>> rows(int count) {
        int size = (int) batch.images().size(0);
        List<Integer> chosen = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparing(this::methodsWithinClass))
                .limit(count)
                .toList();
        return chosen.stream().map(this::row).toList();
    }

    /** Returns how many methods mix an image with one of its own class, or not at all. */
    private int methodsWithinClass(int image) {
        return (int) mixed.stream()
                .filter(steps -> classes[partner(steps, image)] == classes[image])
                .count();
    }

    private static int partner(StepArrays steps, int image) {
        return steps.pairing().map(pairing -> pairing.getInt(image)).orElse(image);
    }

    private List<MixedPair> row(int image) {
        List<MixedPair> row = new ArrayList<>();
        for (int i = 0; i < methods.size(); i++) {
            row.add(shown.get(i).pair(methods.get(i).toString(), image));
        }
        return row;
    }

    private ShownBatch shown(StepArrays steps) {
        INDArray images = batch.images();
        // A method without saliency is shown with maps that it does not use.
        INDArray saliency = steps.normalized().or(steps::saliency).orElse(spectralResidual);
        return new ShownBatch(
                images,
                batch.labels(),
                steps.mixed(),
                Optional.of(saliency),
                steps.pairing()
                        .map(paired -> PlanPartners.of(steps.plan(), (int) images.size(2), (int) images.size(3)))
                        .orElseGet(PlanPartners::none), // all rows show the same images
                PixelFormat.UNIT_RGB,
                batch.classNames()::get);
    }
}
