package org.guidedmixup.pairing;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jgrapht.alg.matching.blossom.v5.KolmogorovWeightedPerfectMatching;
import org.jgrapht.alg.matching.blossom.v5.ObjectiveSense;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The pairing with the largest sum of distances, a baseline to judge {@link GreedyPairing} by. Needs {@code
 * org.jgrapht:jgrapht-core} on the class path, which is not a dependency of the library.
 *
 * <p>Exact: the maximum of Kang and Kim 2023, Eq. 1, over all permutations without fixed points and without swaps, which is a
 * maximum-weight 2-factor of the complete graph, its cycles walked in either direction. It is found as a perfect matching in a
 * graph of M² + M vertices and 5 M (M − 1) / 2 edges (Tutte 1954) by Blossom V (Kolmogorov 2009): every image is represented
 * twice, every edge has two ends, and an edge is used if its ends are matched with images instead of each other. Many times
 * slower than the greedy walk; not for training.
 */
public final class OptimalPairing implements PairingStrategy {
    private static final long serialVersionUID = 1L;

    /** Distances are scaled to whole numbers up to this one, which the matching adds in doubles without rounding. */
    private static final double LARGEST = 1L << 30;

    /** The largest difference of a pair's two directions that passes as rounding, as a share of the largest distance. */
    private static final double ASYMMETRY = 1e-4;

    /** Makes the pairing. */
    public OptimalPairing() {}

    @Override
    public Pairing pair(int size, Supplier<INDArray> distance, RandomGenerator random) {
        return pair(distance.get());
    }

    @Override
    public boolean varies() {
        return false;
    }

    /**
     * Pairs a batch.
     *
     * @param distance [M, M], finite, symmetric. Not modified.
     * @return a permutation whose cycles have 3 images or more; for M = 2 the two swap, for M = 1 the image is its own partner
     * @throws IllegalArgumentException if the distances are not square, not finite or not symmetric
     */
    public Pairing pair(INDArray distance) {
        DistanceMatrix w = new DistanceMatrix(distance);
        double scale = LARGEST / Math.max(largest(w), Double.MIN_NORMAL);
        return switch (w.size()) {
            case 1 -> Pairing.of(0);
            case 2 -> Pairing.of(1, 0);
            default -> Pairing.of(walk(neighbours(w, scale)));
        };
    }

    /** Returns the largest absolute distance; checks symmetry. */
    private static double largest(DistanceMatrix w) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < w.size(); i++) {
            for (int j = 0; j < i; j++) {
                largest = Math.max(largest, Math.abs(w.between(i, j)));
                difference = Math.max(difference, Math.abs(w.between(i, j) - w.between(j, i)));
            }
        }
        if (difference > ASYMMETRY * largest) {
            throw new IllegalArgumentException(
                    "distance: expected a symmetric matrix, got values that differ by " + difference);
        }
        return largest;
    }

    /** Finds the two neighbours of every image in the 2-factor. */
    private static int[][] neighbours(DistanceMatrix w, double scale) {
        int size = w.size();
        SimpleWeightedGraph<Integer, DefaultWeightedEdge> graph = new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
        int vertices = size * (size + 1);
        for (int v = 0; v < vertices; v++) {
            graph.addVertex(v);
        }
        int end = 2 * size; // image i is vertices 2 i and 2 i + 1; the ends of edges follow in pairs
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++, end += 2) {
                double weight = Math.rint(scale * w.between(i, j));
                for (int copy = 0; copy < 2; copy++) {
                    graph.setEdgeWeight(graph.addEdge(2 * i + copy, end), weight);
                    graph.setEdgeWeight(graph.addEdge(2 * j + copy, end + 1), 0);
                }
                graph.setEdgeWeight(graph.addEdge(end, end + 1), 0);
            }
        }
        Set<DefaultWeightedEdge> matched = new KolmogorovWeightedPerfectMatching<>(graph, ObjectiveSense.MAXIMIZE)
                .getMatching()
                .getEdges();
        boolean[] used = new boolean[vertices];
        for (DefaultWeightedEdge edge : matched) {
            int image = Math.min(graph.getEdgeSource(edge), graph.getEdgeTarget(edge));
            used[Math.max(graph.getEdgeSource(edge), graph.getEdgeTarget(edge))] = image < 2 * size;
        }
        return neighbours(used, size);
    }

    private static int[][] neighbours(boolean[] used, int size) {
        int[][] neighbours = new int[size][2];
        int[] count = new int[size];
        int end = 2 * size;
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++, end += 2) {
                if (used[end]) {
                    neighbours[i][count[i]++] = j;
                    neighbours[j][count[j]++] = i;
                }
            }
        }
        return neighbours;
    }

    /** Walks every cycle once, from its lowest image towards the lower of its two neighbours. */
    private static int[] walk(int[][] neighbours) {
        int[] partners = new int[neighbours.length];
        Arrays.fill(partners, -1);
        for (int start = 0; start < partners.length; start++) {
            int before = neighbours[start][1];
            int image = start;
            while (partners[image] < 0) {
                int next = neighbours[image][0] == before ? neighbours[image][1] : neighbours[image][0];
                partners[image] = next;
                before = image;
                image = next;
            }
        }
        return partners;
    }
}
