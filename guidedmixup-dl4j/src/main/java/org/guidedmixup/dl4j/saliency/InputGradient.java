package org.guidedmixup.dl4j.saliency;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ∂loss/∂images of a network as it is now, in training mode. One thread at a time. */
interface InputGradient {

    /** The network whose training thread must be the caller. */
    Object network();

    /** How the network takes its images. */
    NetworkInput input();

    /**
     * Computes the gradient and something of it.
     *
     * @param images one batch, as the network takes it. Not modified.
     * @param labels of the images. Not modified.
     * @param use what is wanted of the gradient, which has the length of the images and must not be kept
     * @return what {@code use} returned
     */
    INDArray map(INDArray images, INDArray labels, UnaryOperator<INDArray> use);
}
