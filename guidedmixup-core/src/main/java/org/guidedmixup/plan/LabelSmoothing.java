package org.guidedmixup.plan;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Label smoothing: y becomes (1 − e) y + e / K (Szegedy et al. 2016). */
public final class LabelSmoothing {
    private LabelSmoothing() {}

    /**
     * Smooths labels.
     *
     * @param labels [M, K], floating point. Not modified.
     * @param amount e, 0 to 1
     * @return a new array, or the labels themselves if e is 0
     */
    static INDArray apply(INDArray labels, double amount) {
        return amount == 0 ? labels : labels.mul(1 - amount).addi(amount / labels.size(1));
    }
}
