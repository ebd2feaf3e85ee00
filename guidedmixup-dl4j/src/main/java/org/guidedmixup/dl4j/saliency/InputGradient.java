package org.guidedmixup.dl4j.saliency;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ∂loss/∂images of a network as it is now, in training mode. One thread at a time. */
interface InputGradient {

    /** Returns the network; the caller must be its training thread. */
    Object network();

    /** Returns how the network takes its images. */
    NetworkInput input();

    /** Whether the network has no NaN or infinite weight that could keep the gradient from the images without showing in it. */
    default boolean hasFiniteWeights() {
        return true;
    }

    /**
     * Computes the gradient and applies a function to it.
     *
     * @param images one batch, as the network takes it. Not modified.
     * @param labels their labels. Not modified.
     * @param use gets the gradient, which has as many elements as the images; must not keep it
     * @return the result of {@code use}
     */
    INDArray map(INDArray images, INDArray labels, UnaryOperator<INDArray> use);
}
