package org.guidedmixup.dl4j.saliency;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.guidedmixup.dl4j.session.GradientSession;
import org.nd4j.autodiff.samediff.InferenceFactory;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The session that a detector computes in. A {@link GradientSession}, ours or one made by an inference factory installed in
 * SameDiff, is kept from batch to batch together with its memory. Any other kind of installed session may run what ours cannot;
 * a new one is made for every batch and manages its own memory. For one thread at a time.
 */
final class DetectorSession {
    private SameDiff graph;
    private InferenceFactory factory;

    /** Null before the first batch, and if another kind of session is installed. */
    private GradientSession kept;

    /**
     * Computes variables and applies a function to them.
     *
     * @param <T> the type of the function's result
     * @param of the graph; a session is kept for the last one only
     * @param wanted the variables wanted
     * @param placeholders values by placeholder name. Not modified.
     * @param use gets the values by variable name; must not keep the arrays
     * @return the result of {@code use}
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
