package org.guidedmixup;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.internal.Views;
import org.guidedmixup.pairing.SaliencyDistance;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.LabelKind;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.guidedmixup.saliency.SaliencyDetector;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A batch as a mixer sees it: images, labels and the saliency that the mixer finds. Saliency is computed once, on first use, so
 * that a method pays only for what it uses and the steps shown are the steps the mixer took. Not thread-safe.
 */
public final class Batch {
    private final INDArray images;
    private final INDArray labels;
    private final BatchShape shape;
    private final Optional<SaliencyDetector> detector;
    private final List<SeparableFilter> smoothing;

    private INDArray found;
    private NormalizedSaliency normalized;
    private INDArray distances;

    private Batch(
            INDArray images,
            INDArray labels,
            BatchShape shape,
            Optional<SaliencyDetector> detector,
            List<SeparableFilter> smoothing) {
        this.images = images;
        this.labels = labels;
        this.shape = shape;
        this.detector = detector;
        this.smoothing = smoothing;
    }

    /** Returns a batch for a method without saliency. */
    static Batch of(INDArray images, INDArray labels, BatchShape shape) {
        return new Batch(images, labels, shape, Optional.empty(), List.of());
    }

    /** Returns the same batch, for a method that finds salient regions and smooths the maps before it normalises them. */
    Batch with(SaliencyDetector saliency, List<SeparableFilter> filters) {
        return new Batch(images, labels, shape, Optional.of(saliency), filters);
    }

    /**
     * Returns the images as they were passed; rows are reshaped to images.
     *
     * @return [M, C, H, W], or [M, H, W, C] with NHWC; do not modify
     */
    public INDArray images() {
        return images;
    }

    /**
     * Returns the labels as they were passed; booleans are converted to FLOAT.
     *
     * @return [M, K], or dense labels [M, K, H, W] or, with NHWC, [M, H, W, K]; do not modify
     */
    public INDArray labels() {
        return labels;
    }

    /**
     * Returns the checked sizes.
     *
     * @return the sizes
     */
    public BatchShape shape() {
        return shape;
    }

    /**
     * Returns the saliency maps as the detector found them.
     *
     * @return [M, H, W], FLOAT, outside any workspace; do not modify
     * @throws IllegalArgumentException if the detector returned an array of another shape or type
     * @throws IllegalStateException if the method has no detector
     */
    public INDArray foundSaliency() {
        if (found == null) {
            try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                found = checked(detector().detect(images, labels, shape.format()));
            }
        }
        return found;
    }

    /**
     * Returns the saliency maps, smoothed, each with a sum of 1.
     *
     * @return M maps
     * @throws IllegalArgumentException if the detector returned anything but maps
     * @throws IllegalStateException if the method has no detector
     */
    public NormalizedSaliency saliency() {
        if (normalized == null) {
            Optional<NormalizedSaliency> atOnce =
                    found == null ? detector().detectNormalized(images, shape.format(), smoothing) : Optional.empty();
            try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                normalized = atOnce.orElseGet(() -> NormalizedSaliency.of(foundSaliency(), smoothing));
            }
        }
        return normalized;
    }

    /**
     * Returns the saliency maps computed so far, so that the maps behind a decision can be shown.
     *
     * @return [M, H, W], FLOAT: those of {@link #saliency()}, otherwise those of {@link #foundSaliency()}; empty if neither has
     *     been computed; do not modify
     */
    public Optional<INDArray> seenSaliency() {
        return normalized == null ? Optional.ofNullable(found) : Optional.of(normalized.maps());
    }

    /**
     * Returns the distances between the saliency maps of all pairs of images.
     *
     * @return [M, M], FLOAT, outside any workspace; do not modify
     * @throws IllegalStateException if the method has no detector
     */
    public INDArray distances() {
        if (distances == null) {
            try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                distances = SaliencyDistance.between(saliency());
            }
        }
        return distances;
    }

    /**
     * Returns the number of images whose saliency was not finite and became uniform.
     *
     * @return 0 to M; 0 until {@link #saliency()} is called
     */
    public int nonFinite() {
        return normalized == null ? 0 : normalized.nonFinite();
    }

    /**
     * Refuses dense labels, for methods whose plan does not say which pixel comes from where.
     *
     * @param why the method's name and what it does to labels: the first half of a sentence
     * @throws IllegalArgumentException if the labels are dense
     */
    public void requireOneLabelPerImage(String why) {
        if (labels.rank() != 2) {
            throw new IllegalArgumentException("labels " + Arrays.toString(labels.shape()) + ": " + why
                    + " and cannot mix dense labels; expected [batch, classes], or use "
                    + "GuidedMixup, InputMixup, CutMix, SaliencyMix, PuzzleMix or CoMixup");
        }
    }

    /** Refuses a single column of labels that the builder declared to be classes. */
    void requireClasses(LabelKind kind) {
        if (kind == LabelKind.CLASSES && shape.classes(labels) == 1) {
            throw new IllegalArgumentException(
                    "labels " + Arrays.toString(labels.shape())
                            + ": one column is not a distribution over classes; expected at least two columns; omit labelKind(CLASSES) for one sigmoid output");
        }
    }

    /** Frees the distances at once: the garbage collector does not see the size of their memory. */
    void release() {
        if (distances != null) {
            distances.close();
        }
    }

    private SaliencyDetector detector() {
        return detector.orElseThrow(() -> new IllegalStateException(
                "saliency: this method has no detector; expected a method that uses saliency"));
    }

    private INDArray checked(INDArray maps) {
        long[] wanted = {shape.images(), shape.height(), shape.width()};
        if (!Arrays.equals(maps.shape(), wanted) || maps.dataType() != DataType.FLOAT) {
            throw new IllegalArgumentException("saliency " + maps.dataType() + " " + Arrays.toString(maps.shape())
                    + " from " + detector().getClass().getName() + ": expected FLOAT " + Arrays.toString(wanted));
        }
        return Views.toBeCut(maps);
    }
}
