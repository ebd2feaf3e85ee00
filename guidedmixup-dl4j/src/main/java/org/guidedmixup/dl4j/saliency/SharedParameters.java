package org.guidedmixup.dl4j.saliency;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Whether two networks have their parameters in the same memory. */
final class SharedParameters {
    private SharedParameters() {}

    /**
     * Compares places, not arrays: a network whose parameters are a matrix, as TransferLearning makes it, gives another view of
     * them whenever it is asked.
     */
    static boolean are(INDArray one, INDArray other) {
        return one.length() == other.length()
                && (one.isEmpty()
                        || (one.data().address() == other.data().address() && one.offset() == other.offset()));
    }
}
