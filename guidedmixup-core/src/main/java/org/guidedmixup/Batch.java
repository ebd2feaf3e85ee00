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
 * A batch as a mixer sees it: images, labels and what the mixer finds salient. Saliency is computed when it is first asked for,
 * and once, so that a method pays only for what it uses, and whoever shows the steps shows those the mixer took. For one thread.
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

    /** For a method without saliency. */
    static Batch of(INDArray images, INDArray labels, BatchShape shape) {
        return new Batch(images, labels, shape, Optional.empty(), List.of());
    }

    /** The same batch, for a method that finds salient regions and smooths the maps before it normalises them. */
    Batch with(SaliencyDetector saliency, List<SeparableFilter> filters) {
        return new Batch(images, labels, shape, Optional.of(saliency), filters);
    }

    /**
     * The images as they came in; rows as images.
     *
     * @return [M, C, H, W], or [M, H, W, C] with NHWC; do not modify
     */
    public INDArray images() {
        return images;
    }

    /**
     * The labels as they came in, numbers.
     *
     * @return [M, K], or dense labels [M, K, H, W] or, with NHWC, [M, H, W, K]; do not modify
     */
    public INDArray labels() {
        return labels;
    }

    /**
     * The sizes, checked.
     *
     * @return the sizes
     */
    public BatchShape shape() {
        return shape;
    }

    /**
     * The saliency maps as the detector found them.
     *
     * @return [M, H, W], FLOAT, outside any workspace; do not modify
     * @throws IllegalArgumentException if the detector gave something else
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
     * The saliency maps, smoothed, each with a sum of 1.
     *
     * @return M maps
     * @throws IllegalArgumentException if the detector gave something else than maps
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
     * The saliency maps that have been asked for so far, for whoever shows what decided.
     *
     * @return [M, H, W], FLOAT: those of {@link #saliency()}, otherwise those of {@link #foundSaliency()}, empty if nobody has
     *     asked for either; do not modify
     */
    public Optional<INDArray> seenSaliency() {
        return normalized == null ? Optional.ofNullable(found) : Optional.of(normalized.maps());
    }

    /**
     * How far apart the maps of every two images are.
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
     * The number of images whose saliency was not finite and became uniform.
     *
     * @return 0 to M; 0 as long as nobody has asked for {@link #saliency()}
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
        if (kind == LabelKind.CLASSES && labels.rank() == 2 && labels.size(1) == 1) {
            throw new IllegalArgumentException(
                    "labels " + Arrays.toString(labels.shape())
                            + ": one column is not a distribution over classes; leave labelKind(CLASSES) out for one sigmoid output");
        }
    }

    /** Frees what nobody will look at: the garbage collector sees nothing of its size. */
    void release() {
        if (distances != null) {
            distances.close();
        }
    }

    private SaliencyDetector detector() {
        return detector.orElseThrow(() -> new IllegalStateException("this method finds no saliency"));
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
