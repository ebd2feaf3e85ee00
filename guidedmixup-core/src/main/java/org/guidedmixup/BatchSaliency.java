package org.guidedmixup;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.internal.Views;
import org.guidedmixup.pairing.SaliencyDistance;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.SaliencyNormalization;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The saliency of one batch: found, blurred and normalised, and how far apart its maps are. Each is computed when it is
 * first asked for, so a method pays only for what it uses. For one thread.
 */
public final class BatchSaliency {
    private final SaliencyDetector detector;
    private final List<SeparableFilter> smoothing;
    private final INDArray images;
    private final INDArray labels;
    private final BatchShape shape;

    private INDArray maps;
    private SaliencyNormalization normalized;

    /**
     * Of one batch.
     *
     * @param detector finds salient regions
     * @param smoothing what is done with the maps before they are normalised
     * @param images the batch. Not modified.
     * @param labels [M, K]. Not modified.
     * @param shape the sizes of the batch
     */
    BatchSaliency(
            SaliencyDetector detector,
            List<SeparableFilter> smoothing,
            INDArray images,
            INDArray labels,
            BatchShape shape) {
        this.detector = detector;
        this.smoothing = smoothing;
        this.images = images;
        this.labels = labels;
        this.shape = shape;
    }

    /**
     * The maps as the detector found them.
     *
     * @return [M, H, W], FLOAT, outside any workspace; do not modify
     * @throws IllegalArgumentException if the detector gave something else
     */
    public INDArray maps() {
        if (maps == null) {
            try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                maps = checked(detector.detect(images, labels, shape.format()));
            }
        }
        return maps;
    }

    private INDArray checked(INDArray found) {
        long[] wanted = {shape.images(), shape.height(), shape.width()};
        if (!Arrays.equals(found.shape(), wanted) || found.dataType() != DataType.FLOAT) {
            throw new IllegalArgumentException("saliency " + found.dataType() + " " + Arrays.toString(found.shape())
                    + " from " + detector.getClass().getName() + ": expected FLOAT " + Arrays.toString(wanted));
        }
        return Views.toBeCut(found);
    }

    /**
     * The maps, blurred, each with a sum of 1. In the workspace that is open when they are first asked for.
     *
     * @return the maps; do not modify
     */
    public SaliencyNormalization normalized() {
        if (normalized == null) {
            Optional<SaliencyNormalization> atOnce =
                    maps == null ? detector.detectNormalized(images, shape.format(), smoothing) : Optional.empty();
            normalized = atOnce.orElseGet(() -> SaliencyNormalization.of(maps(), smoothing));
        }
        return normalized;
    }

    /**
     * The number of images whose saliency was not finite and became uniform.
     *
     * @return 0 to M; 0 as long as nobody has asked for normalised maps
     */
    public int nonFinite() {
        return normalized == null ? 0 : normalized.nonFinite();
    }

    /**
     * The distances between the normalised maps.
     *
     * @return [M, M], FLOAT
     */
    INDArray distance() {
        return SaliencyDistance.between(normalized());
    }
}
