package org.guidedmixup.dl4j.session;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Listener;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.config.SDValue;
import org.nd4j.autodiff.samediff.internal.FrameIter;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2DDerivative;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * A session that computes variables of a gradient function without listeners. {@code SameDiff.calculateGradients} would call
 * them, and permanently switch off the array cache of the training session.
 *
 * <p>It differs from SameDiff's own sessions in two ways:
 *
 * <ul>
 *   <li>The memory of all activations and gradients of a batch is kept from one computation to the next.
 *   <li>The gradient operation of a convolution computes the gradients of its input and of its weights, whichever is wanted. On
 *       a CPU this session leaves out that of the weights if nothing depends on it; for the gradient of the images, this saves
 *       a third of the arithmetic of a training step. All other variables keep their values up to rounding.
 * </ul>
 *
 * <p>The graph itself is not changed. A session belongs to one graph and to one thread at a time.
 */
public class GradientSession extends InferenceSession {
    private final SessionArrays arrays = new SessionArrays();

    /** The variables that the current computation returns. */
    private final Set<String> wanted = new HashSet<>();

    /**
     * Makes a session over one graph.
     *
     * @param graph the graph whose variables are computed; the gradient function of a graph is itself a graph,
     *     {@code graph.getFunction("grad")}
     */
    public GradientSession(SameDiff graph) {
        super(graph);
        setMmgr(arrays);
    }

    /**
     * Computes variables.
     *
     * @param variables the variables wanted
     * @param placeholders values by placeholder name. Not modified.
     * @return values by variable name. The arrays belong to the caller, who may close them.
     */
    public final Map<String, INDArray> compute(Collection<String> variables, Map<String, INDArray> placeholders) {
        return run(this, variables, placeholders);
    }

    /**
     * Computes variables and applies a function to them.
     *
     * @param <T> the type of the function's result
     * @param variables the variables wanted
     * @param placeholders values by placeholder name. Not modified.
     * @param use gets the values by variable name; must not keep the arrays
     * @return the result of {@code use}
     */
    public final <T> T compute(
            Collection<String> variables, Map<String, INDArray> placeholders, Function<Map<String, INDArray>, T> use) {
        Map<String, INDArray> values = compute(variables, placeholders);
        try {
            return use.apply(values);
        } finally {
            arrays.takeBack();
        }
    }

    /** Frees the memory that is kept for the next computation, which then allocates its own. Not for use within one. */
    public final void releaseMemory() {
        arrays.close();
    }

    /**
     * Computes variables in any session, in training mode and without listeners.
     *
     * @param session the session
     * @param variables the variables wanted
     * @param placeholders values by placeholder name
     * @return values by variable name
     */
    public static Map<String, INDArray> run(
            InferenceSession session, Collection<String> variables, Map<String, INDArray> placeholders) {
        At training = At.defaultAt(Operation.TRAINING);
        return session.output(List.copyOf(variables), placeholders, null, List.of(), List.of(), training);
    }

    /** Computes variables; the next computation reuses the arrays that are not returned. */
    @Override
    public ExecutionResult output(
            List<String> variables,
            Map<String, INDArray> placeholders,
            Map<String, SDValue> otherPlaceholders,
            MultiDataSet batch,
            Collection<String> requiredActivations,
            List<Listener> listeners,
            At at) {
        wanted.clear();
        wanted.addAll(variables);
        if (requiredActivations != null) {
            wanted.addAll(requiredActivations);
        }
        Collection<INDArray> kept = List.of();
        try {
            ExecutionResult result =
                    super.output(variables, placeholders, otherPlaceholders, batch, requiredActivations, listeners, at);
            kept = arraysOf(result);
            return result;
        } finally {
            // Otherwise the ids of all arrays ever released, and the arrays of this computation, would be kept.
            freedArrays.clear();
            nodeValueOutputs.clear();
            arrays.recycle(kept);
        }
    }

    private static Collection<INDArray> arraysOf(ExecutionResult result) {
        if (result.hasValues()) {
            return result.getValueOutputs().values().stream()
                    .map(SDValue::getTensorValue)
                    .toList();
        }
        return result.getOutputs().values().stream().flatMap(Optional::stream).toList();
    }

    @Override
    public ExecutionResult doExec(
            DifferentialFunction op,
            OpContext context,
            FrameIter frame,
            Set<VarId> inputs,
            Set<VarId> allIterationInputs,
            Set<String> constantsAndPlaceholders,
            Map<String, SDValue> otherPlaceholders) {
        if (op instanceof Conv2DDerivative convolution
                && onlyFirstOutputNeeded(convolution)
                && ConvolutionInputGradient.compute(convolution, context)) {
            return ExecutionResult.createFrom(op, context);
        }
        return super.doExec(
                op, context, frame, inputs, allIterationInputs, constantsAndPlaceholders, otherPlaceholders);
    }

    private boolean onlyFirstOutputNeeded(DifferentialFunction op) {
        List<String> outputs = sameDiff.getOps().get(op.getOwnName()).getOutputsOfOp();
        return outputs.stream().skip(1).noneMatch(this::isNeeded);
    }

    private boolean isNeeded(String variable) {
        List<String> users = sameDiff.getVariables().get(variable).getInputsForOp();
        return wanted.contains(variable) || (users != null && users.stream().anyMatch(subgraphOps::contains));
    }
}
