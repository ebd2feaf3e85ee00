package org.guidedmixup.bench.jmh;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.guidedmixup.internal.graphcut.MinimumCut;
import org.jgrapht.Graph;
import org.jgrapht.alg.flow.BoykovKolmogorovMFImpl;
import org.jgrapht.alg.flow.PushRelabelMFImpl;
import org.jgrapht.alg.interfaces.MinimumSTCutAlgorithm;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Is a maximum flow of our own worth having? One minimum cut of a grid of blocks, the largest that PuzzleMix draws with
 * two labels, by {@link MinimumCut} and by two algorithms of JGraphT. Building the graph is counted: every image has
 * its own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MinimumCutBenchmark {

    /** Blocks along a side. */
    @Param({"16"})
    public int side;

    private double[] costs;
    private double[] right;
    private double[] down;
    private final MinimumCut reused = new MinimumCut(0);

    /** Draws costs of either sign, and borders that weigh as much. */
    @Setup
    public void draw() {
        SplittableRandom random = new SplittableRandom(1);
        costs = random.doubles((long) side * side, -1, 1).toArray();
        right = random.doubles((long) side * side, 0, 1).toArray();
        down = random.doubles((long) side * side, 0, 1).toArray();
    }

    /**
     * Cuts with our own algorithm.
     *
     * @return the value of a block, so that the cut is not optimised away
     */
    @Benchmark
    public boolean own() {
        reused.clear(side * side);
        for (int v = 0; v < side * side; v++) {
            reused.addCost(v, costs[v]);
            if (v % side + 1 < side) {
                reused.addPair(v, v + 1, right[v], right[v]);
            }
            if (v + side < side * side) {
                reused.addPair(v, v + side, down[v], down[v]);
            }
        }
        reused.solve();
        return reused.isOne(0);
    }

    /**
     * Cuts with JGraphT's push-relabel.
     *
     * @return the value of the cut
     */
    @Benchmark
    public double jgraphtPushRelabel() {
        return cut(new PushRelabelMFImpl<>(graph()));
    }

    /**
     * Cuts with JGraphT's algorithm of Boykov and Kolmogorov, which is made for such grids.
     *
     * @return the value of the cut
     */
    @Benchmark
    public double jgraphtBoykovKolmogorov() {
        return cut(new BoykovKolmogorovMFImpl<>(graph()));
    }

    private double cut(MinimumSTCutAlgorithm<Integer, DefaultWeightedEdge> algorithm) {
        return algorithm.calculateMinCut(side * side, side * side + 1);
    }

    private Graph<Integer, DefaultWeightedEdge> graph() {
        Graph<Integer, DefaultWeightedEdge> graph = new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
        int source = side * side;
        int sink = source + 1;
        for (int v = 0; v <= sink; v++) {
            graph.addVertex(v);
        }
        for (int v = 0; v < source; v++) {
            DefaultWeightedEdge edge = costs[v] < 0 ? graph.addEdge(source, v) : graph.addEdge(v, sink);
            graph.setEdgeWeight(edge, Math.abs(costs[v]));
            if (v % side + 1 < side) {
                connect(graph, v, v + 1, right[v]);
            }
            if (v + side < source) {
                connect(graph, v, v + side, down[v]);
            }
        }
        return graph;
    }

    private static void connect(Graph<Integer, DefaultWeightedEdge> graph, int u, int v, double weight) {
        graph.setEdgeWeight(graph.addEdge(u, v), weight);
        graph.setEdgeWeight(graph.addEdge(v, u), weight);
    }
}
