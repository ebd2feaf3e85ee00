package org.guidedmixup.saliency;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.guidedmixup.filter.SeparableFilter;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finds what is salient in every image of a batch. */
public interface SaliencyDetector extends Serializable {

    /**
     * Computes saliency maps.
     *
     * @param images [M, C, H, W], or [M, H, W, C] with NHWC; any numeric type. Not modified.
     * @param labels [M, K], for detectors that need them. Not modified.
     * @param format the layout of the images
     * @return [M, H, W], FLOAT, not negative, outside any workspace; a map may be infinite or NaN where its image is
     */
    INDArray detect(INDArray images, INDArray labels, DataFormat format);

    /**
     * Computes maps, smooths them and divides each by its sum in one pass. For detectors that can do this faster than step by
     * step.
     *
     * @param images as in {@link #detect}. Not modified.
     * @param format the layout of the images
     * @param smoothing the filters that are applied before the maps are normalised
     * @return the normalised maps, equal to those made step by step; empty if there is no faster way
     */
    default Optional<NormalizedSaliency> detectNormalized(
            INDArray images, DataFormat format, List<SeparableFilter> smoothing) {
        return Optional.empty();
    }

    /**
     * Returns whether saliency can be computed ahead of training on another thread. False if it runs the network that is being
     * trained.
     *
     * @return true if detection can run beside training
     */
    default boolean asyncSupported() {
        return true;
    }
}
