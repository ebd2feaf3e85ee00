package org.guidedmixup.bench.model.batchnorm;

import java.util.Map;
import java.util.Set;
import org.guidedmixup.dl4j.session.GradientSession;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.InferenceFactory;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.config.SDValue;
import org.nd4j.autodiff.samediff.internal.FrameIter;
import org.nd4j.imports.converters.ImportClassMapping;
import org.nd4j.linalg.api.ops.OpContext;

/**
 * A gradient session that runs {@link HostOp}s in Java and every other op as usual.
 *
 * <p>ND4J 1.0.0-M2.1 has no user-defined ops; a session is where one can be added without touching the backend.
 * {@link #install()} makes {@code SameDiff.output} and {@code SameDiff.calculateGradients} use such sessions in the
 * whole JVM. {@code SameDiff.fit} creates a session of its own that cannot be replaced and so cannot run host ops.
 *
 * <p>A session belongs to one thread at a time.
 */
public final class HostSession extends GradientSession {

    private static final InferenceFactory FACTORY = HostSession::new;

    static {
        ImportClassMapping.getOpNameMapping().put(BatchNormTraining.NAME, new BatchNormTraining());
        ImportClassMapping.getOpNameMapping().put(BatchNormTrainingGradient.NAME, new BatchNormTrainingGradient());
    }

    /**
     * Creates a session over one graph.
     *
     * @param graph the graph whose variables are computed; its gradient function is a graph of its own
     */
    public HostSession(SameDiff graph) {
        super(graph);
    }

    /**
     * Registers the host ops with SameDiff, and makes it use this session for outputs and gradients. Idempotent. Other
     * graphs are affected in time and memory only, not in what they compute.
     */
    public static void install() {
        SameDiff.bindInferenceFactory(FACTORY);
    }

    /**
     * Returns whether SameDiff uses this session.
     *
     * @return true after {@link #install()}, unless another kind of session was installed since
     */
    public static boolean isInstalled() {
        return FACTORY.equals(SameDiff.getInferenceFactory());
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
