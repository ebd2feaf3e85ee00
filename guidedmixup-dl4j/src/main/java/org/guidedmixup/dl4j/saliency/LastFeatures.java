package org.guidedmixup.dl4j.saliency;

import java.util.function.BinaryOperator;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The last feature maps of a network as it is now, in training mode, and the layer that scores their means. */
interface LastFeatures {

    /** Returns the network; the caller must be its training thread. */
    Object network();

    /** Returns how the network takes its images. */
    NetworkInput input();

    /**
     * Computes the feature maps and applies a function to them.
     *
     * @param images one batch. Not modified.
     * @param format where their channels are
     * @param use gets the feature maps [M, C, h, w] and the weights [C, K]; must not keep them
     * @return the result of {@code use}
     */
    INDArray map(INDArray images, DataFormat format, BinaryOperator<INDArray> use);

    /** Returns feature maps with the channels first. */
    static INDArray channelsFirst(INDArray features, DataFormat format) {
        return format == DataFormat.NCHW ? features : features.permute(0, 3, 1, 2);
    }
}
