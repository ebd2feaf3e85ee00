package org.guidedmixup.bench.model.batchnorm;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.config.SDValue;
import org.nd4j.autodiff.samediff.internal.FrameIter;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.imports.converters.ImportClassMapping;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;

/**
 * A SameDiff session that runs {@link HostOp}s in Java and every other op as always.
 *
 * <p>ND4J 1.0.0-M2.1 has no user-defined ops; a session is where one can be added without touching the backend.
 * {@link #install()} makes {@code SameDiff.output} and {@code SameDiff.calculateGradients} use such sessions in the
 * whole JVM. {@code SameDiff.fit} creates a session of its own that cannot be replaced and so cannot run host ops.
 *
 * <p>A session belongs to one thread at a time.
 */
public final class HostSession extends InferenceSession {

    static {
        ImportClassMapping.getOpNameMapping().put(BatchNormTraining.NAME, new BatchNormTraining());
        ImportClassMapping.getOpNameMapping().put(BatchNormTrainingGradient.NAME, new BatchNormTrainingGradient());
    }

    private final RecycledArrays arrays = new RecycledArrays();

    /**
     * A session over one graph.
     *
     * @param graph the graph whose variables are computed; its gradient function is a graph of its own
     */
    public HostSession(SameDiff graph) {
        super(graph);
        setMmgr(arrays);
    }

    /**
     * Makes SameDiff know the host ops, and use this session for outputs and gradients. Idempotent. Other graphs are
     * not affected: without a host op the session is SameDiff's own.
     */
    public static void install() {
        SameDiff.bindInferenceFactory(HostSession::new);
    }

    /**
     * Computes variables of the graph. The arrays returned belong to the caller, who closes them to give their off-heap
     * memory back at once; every other array of the computation is reused by the next call.
     *
     * @param names        the variables wanted
     * @param placeholders values by placeholder name, not modified
     * @return value by variable name
     */
    public Map<String, INDArray> compute(Collection<String> names, Map<String, INDArray> placeholders) {
        At training = At.defaultAt(Operation.TRAINING);
        return output(List.copyOf(names), placeholders, null, List.of(), List.of(), training);
    }

    @Override
    protected Map<String, INDArray> preprocessPlaceholders(Map<String, INDArray> placeholders, At at) {
        // The ids of every array ever released are kept otherwise: a leak of some kilobytes a step.
        freedArrays.clear();
        return super.preprocessPlaceholders(placeholders, at);
    }

    @Override
    protected Map<String, SDValue> postProcessOutputValues(Map<String, SDValue> output) {
        Map<String, SDValue> values = super.postProcessOutputValues(output);
        arrays.recycle(values.values().stream().map(SDValue::getTensorValue).toList());
        return values;
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
        if (op instanceof HostOp hostOp) {
            hostOp.execute(context);
            return ExecutionResult.createFrom(op, context);
        }
        return super.doExec(
                op, context, frame, inputs, allIterationInputs, constantsAndPlaceholders, otherPlaceholders);
    }
}
