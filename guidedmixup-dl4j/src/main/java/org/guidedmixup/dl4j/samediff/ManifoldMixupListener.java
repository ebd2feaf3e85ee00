package org.guidedmixup.dl4j.samediff;

import org.guidedmixup.BatchMixer;
import org.guidedmixup.dl4j.manifold.ManifoldMixup;
import org.guidedmixup.dl4j.manifold.ManifoldPlan;
import org.guidedmixup.dl4j.manifold.MixPoints;
import org.guidedmixup.plan.MixPlan;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Manifold Mixup for SameDiff: mixes every batch at the input or at one of the graph's {@link MixPoints}.
 *
 * <pre>{@code
 * SDVariable block = MixPoints.after(firstBlock);
 * …
 * graph.addListeners(new ManifoldMixupListener("input", "label", ManifoldMixup.builder().seed(42)));
 * graph.fit(trainData, epochs);
 * }</pre>
 *
 * <p>Batches, other listeners, evaluation and seeds are treated as by {@link MixupListener}. The mix points are at rest between
 * steps, so they do not affect other computations with the graph. One listener serves one graph.
 */
public final class ManifoldMixupListener extends MixingListener {
    private final ManifoldMixup.Builder settings;

    /** Null until the graph is known. */
    private SameDiff graph;

    private BatchMixer mixer;
    private MixPoints points;

    /**
     * Makes a listener.
     *
     * @param imagePlaceholder what the training configuration calls the feature array of images
     * @param labelPlaceholder what it calls the array of their labels, one-hot or soft
     * @param settings how batches are mixed; the number of mix points is taken from the graph
     * @throws IllegalArgumentException if one of them is null
     */
    public ManifoldMixupListener(String imagePlaceholder, String labelPlaceholder, ManifoldMixup.Builder settings) {
        super(imagePlaceholder, labelPlaceholder);
        this.settings = required("settings", settings);
    }

    /**
     * Returns the mixer of a graph.
     *
     * @throws IllegalArgumentException if it has no mix points
     * @throws IllegalStateException if the listener was used with another graph before
     */
    @Override
    @SuppressWarnings("ReferenceEquality") // the same graph, not an equal one
    BatchMixer mixer(SameDiff sameDiff) {
        if (graph == null) {
            points = MixPoints.of(sameDiff);
            if (points.count() == 0) {
                throw new IllegalArgumentException("graph: expected mix points made by MixPoints.after, found none");
            }
            mixer = settings.points(points.count()).build();
            graph = sameDiff;
        }
        if (graph != sameDiff) {
            throw new IllegalStateException(
                    "this listener was used with another SameDiff graph before; build one for each graph");
        }
        return mixer;
    }

    @Override
    void planned(MixPlan plan) {
        if (plan instanceof ManifoldPlan manifold) {
            points.mixBy(manifold);
        }
    }

    @Override
    void ended() {
        if (points != null) {
            points.rest();
        }
    }
}
