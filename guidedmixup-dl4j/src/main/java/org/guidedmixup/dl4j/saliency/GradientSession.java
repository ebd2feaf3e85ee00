package org.guidedmixup.dl4j.saliency;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes one variable of a gradient function, without listeners. {@code SameDiff.calculateGradients} would call them, and
 * switch off the array cache of the training session for good.
 */
final class GradientSession extends InferenceSession {
    private final SessionArrays arrays = new SessionArrays();

    GradientSession(SameDiff gradientFunction) {
        super(gradientFunction);
        setMmgr(arrays);
    }

    /** The variable is gone after {@code use}. */
    INDArray compute(String variable, Map<String, INDArray> placeholders, UnaryOperator<INDArray> use) {
        try {
            return use.apply(run(this, variable, placeholders));
        } finally {
            // Kept otherwise, the ids of all arrays ever released and the arrays of this computation.
            freedArrays.clear();
            nodeValueOutputs.clear();
            arrays.recycle();
        }
    }

    static INDArray run(InferenceSession session, String variable, Map<String, INDArray> placeholders) {
        At training = At.defaultAt(Operation.TRAINING);
        return session.output(List.of(variable), placeholders, null, List.of(), List.of(), training)
                .get(variable);
    }
}
