package org.guidedmixup.dl4j.manifold;

import java.util.stream.IntStream;
import org.guidedmixup.pairing.Pairing;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The layers of a SameDiff graph after the input where {@link ManifoldMixup} may mix.
 *
 * <p>A mix point computes λ h + (1 − λ) h_p from two constants of the graph: λ, and the distance in the batch from every image
 * to the one it is the partner of. At rest they are 1 and 0, whatever the size of the batch, and h passes unchanged (infinite
 * values become NaN). The graph can therefore be used for inference, saved and loaded like any other; inference costs two more
 * passes over the activations.
 */
public final class MixPoints {
    private static final String PREFIX = "mixPoint";

    private final SameDiff graph;
    private final int count;

    private MixPoints(SameDiff graph, int count) {
        this.graph = graph;
        this.count = count;
    }

    /**
     * Adds a mix point. Points are numbered from 1 as they are added.
     *
     * @param activations [M, …], floating point, M the images of the batch in their order
     * @return the variable to continue with
     */
    public static SDVariable after(SDVariable activations) {
        if (activations == null || !activations.dataType().isFPType()) {
            throw new IllegalArgumentException("activations: expected a floating-point variable, got "
                    + (activations == null ? null : activations.dataType() + " \"" + activations.name() + '"'));
        }
        SameDiff graph = activations.getSameDiff();
        int point = count(graph) + 1;
        SDVariable kept = graph.constant(kept(point), Nd4j.scalar(activations.dataType(), 1));
        SDVariable distance = graph.constant(distance(point), Nd4j.createFromArray(0));
        SDVariable images = graph.sizeAt(activations, 0).castTo(DataType.INT32);
        SDVariable image = graph.range(graph.constant(0), images, graph.constant(1), DataType.INT32);
        // Every image moves to the place of the one it is the partner of. The gradient of gather would be a loop over
        // images.
        SDVariable partners = graph.unsortedSegmentSum(activations, image.add(distance), images);
        return activations.mul(kept).add(PREFIX + point, partners.mul(kept.rsub(1)));
    }

    /**
     * Returns the mix points of a graph, which may have been loaded.
     *
     * @param graph the graph, or its gradient function
     * @return its mix points
     */
    public static MixPoints of(SameDiff graph) {
        return new MixPoints(graph, count(graph));
    }

    private static int count(SameDiff graph) {
        return (int) IntStream.iterate(1, point -> point + 1)
                .takeWhile(point -> graph.hasVariable(kept(point)))
                .count();
    }

    private static String kept(int point) {
        return PREFIX + point + ".lambda";
    }

    private static String distance(int point) {
        return PREFIX + point + ".distance";
    }

    /**
     * Returns how many there are.
     *
     * @return at least 0
     */
    public int count() {
        return count;
    }

    /**
     * Makes the graph mix according to a plan in everything it computes, until the next call or {@link #rest}.
     *
     * @param plan for the batch that the graph computes next
     * @throws IllegalArgumentException if the plan mixes at a point that the graph does not have
     */
    public void mixBy(ManifoldPlan plan) {
        if (plan.point() > count) {
            throw new IllegalArgumentException("plan: expected a mix point of at most " + count
                    + ", the number in the graph, got " + plan.point());
        }
        rest();
        if (plan.point() > 0) {
            set(plan.point(), plan.lambda(), distances(plan.pairing()));
        }
    }

    /** Returns the distance from every image to the one it is the partner of. */
    private static int[] distances(Pairing pairing) {
        int[] distances = new int[pairing.size()];
        for (int image = 0; image < distances.length; image++) {
            distances[pairing.partner(image)] = image - pairing.partner(image);
        }
        return distances;
    }

    /** Makes the graph pass everything on unchanged. */
    public void rest() {
        IntStream.rangeClosed(1, count).forEach(point -> set(point, 1, 0));
    }

    private void set(int point, double kept, int... distances) {
        try (MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            SDVariable lambda = graph.getVariable(kept(point));
            INDArray value = Nd4j.scalar(lambda.dataType(), kept);
            lambda.setArray(value);
            graph.getVariable(distance(point)).setArray(Nd4j.createFromArray(distances));
        }
    }
}
