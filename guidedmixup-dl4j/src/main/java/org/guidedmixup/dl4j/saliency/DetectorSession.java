package org.guidedmixup.dl4j.saliency;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.guidedmixup.dl4j.session.GradientSession;
import org.nd4j.autodiff.samediff.InferenceFactory;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The session that a detector computes in. A {@link GradientSession} is kept from batch to batch, its memory with it: ours, or
 * the one that an inference factory installed in SameDiff makes. Any other kind of installed session may run what ours cannot;
 * it is made anew for every batch and sees to its memory itself. For one thread at a time.
 */
final class DetectorSession {
    private SameDiff graph;
    private InferenceFactory factory;

    /** Null before the first batch, and where another kind of session is installed. */
    private GradientSession kept;

    /**
     * Computes variables and something of them.
     *
     * @param <T> what is made of them
     * @param of the graph; a session is kept for the last one only
     * @param wanted the variables wanted
     * @param placeholders values by placeholder name. Not modified.
     * @param use gets the value by variable name; the arrays must not be kept
     * @return what {@code use} returned
     */
    @SuppressWarnings("ReferenceEquality") // the same graph and factory, not equal ones
    <T> T compute(
            SameDiff of,
            List<String> wanted,
            Map<String, INDArray> placeholders,
            Function<Map<String, INDArray>, T> use) {
        InferenceFactory installed = SameDiff.getInferenceFactory();
        if (graph != of || factory != installed) {
            kept = gradientSession(installed, of);
            graph = of;
            factory = installed;
        }
        return kept == null
                ? use.apply(GradientSession.run(installed.create(of), wanted, placeholders))
                : kept.compute(wanted, placeholders, use);
    }

    private static GradientSession gradientSession(InferenceFactory installed, SameDiff graph) {
        if (installed instanceof SameDiff.DefaultInferenceFactory) {
            return new GradientSession(graph);
        }
        return installed.create(graph) instanceof GradientSession session ? session : null;
    }
}
