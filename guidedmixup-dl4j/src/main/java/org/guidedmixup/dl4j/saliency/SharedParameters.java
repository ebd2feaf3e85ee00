package org.guidedmixup.dl4j.saliency;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A check whether two networks have their parameters in the same memory. */
final class SharedParameters {
    private SharedParameters() {}

    /**
     * Compares addresses, not arrays, because a network whose parameters are a matrix, as TransferLearning makes it, returns a
     * new view of them at every call.
     */
    static boolean are(INDArray one, INDArray other) {
        return one.length() == other.length()
                && (one.isEmpty()
                        || (one.data().address() == other.data().address() && one.offset() == other.offset()));
    }

    /** Whether none is NaN or infinite. */
    static boolean areFinite(INDArray parameters) {
        return parameters.isEmpty()
                || (!parameters.isNaN().any() && !parameters.isInfinite().any());
    }
}
