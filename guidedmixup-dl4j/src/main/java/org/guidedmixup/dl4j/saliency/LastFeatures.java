package org.guidedmixup.dl4j.saliency;

import java.util.function.BinaryOperator;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The last feature maps of a network as it is now, in training mode, and the layer that scores their means. */
interface LastFeatures {

    /** The network whose training thread must be the caller. */
    Object network();

    /** How the network takes its images. */
    NetworkInput input();

    /**
     * Computes the feature maps and something of them.
     *
     * @param images one batch. Not modified.
     * @param format where their channels stand
     * @param use what is wanted of the feature maps [M, C, h, w] and the weights [C, K], which must not be kept
     * @return what {@code use} returned
     */
    INDArray map(INDArray images, DataFormat format, BinaryOperator<INDArray> use);

    /** Feature maps with the channels first. */
    static INDArray channelsFirst(INDArray features, DataFormat format) {
        return format == DataFormat.NCHW ? features : features.permute(0, 3, 1, 2);
    }
}
