package org.guidedmixup.internal.graphcut;

import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jgrapht.alg.flow.PushRelabelMFImpl;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinimumCutTest {

    @Test
    void equalsExhaustiveSearch() {
        for (int seed = 0; seed < 400; seed++) {
            int variables = 1 + seed % 10;
            RandomCuts energy = RandomCuts.dense(seed, variables);
            double least = Double.POSITIVE_INFINITY;
            for (int bits = 0; bits < 1 << variables; bits++) {
                least = Math.min(least, energy.energy(bitsOf(bits, variables)));
            }
            assertEquals(least, energy.energy(minimum(energy, new MinimumCut(variables))), 1e-12, "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 16, 32})
    void equalsTheMaximumFlowOfJGraphT(int side) {
        MinimumCut reused = new MinimumCut(3);
        for (int seed = 0; seed < 5; seed++) {
            RandomCuts energy = RandomCuts.grid(seed, side);
            reused.clear(side * side);
            assertEquals(leastByFlow(energy), energy.energy(minimum(energy, reused)), 1e-8, "seed " + seed);
        }
    }

    @Test
    void everyVariableEqualsThatOfBlockingFlows() {
        MinimumCut reused = new MinimumCut(1);
        for (int seed = 0; seed < 300; seed++) {
            RandomCuts energy =
                    seed % 2 == 0 ? RandomCuts.dense(seed, 1 + seed % 40) : RandomCuts.grid(seed, 2 + seed % 17);
            int variables = energy.costs.length;
            reused.clear(variables);
            PlainMinimumCut plain = new PlainMinimumCut(variables);
            for (int v = 0; v < variables; v++) {
                // Layers of forbidden pairs and costs of 0, as in a puzzle.
                double cost = v % 5 == 0 ? 0 : energy.costs[v];
                reused.addCost(v, cost);
                plain.addCost(v, cost);
                if (seed % 3 == 0 && v % 2 == 1) {
                    reused.addPair(v, v - 1, Double.POSITIVE_INFINITY, 0);
                    plain.addPair(v, v - 1, Double.POSITIVE_INFINITY, 0);
                }
            }
            for (RandomCuts.Edge edge : energy.edges) {
                reused.addPair(edge.u(), edge.v(), edge.forward(), edge.backward());
                plain.addPair(edge.u(), edge.v(), edge.forward(), edge.backward());
            }
            reused.solve();
            plain.solve();
            for (int v = 0; v < variables; v++) {
                assertEquals(plain.isOne(v), reused.isOne(v), "seed " + seed + ", variable " + v);
            }
        }
    }

    /** Computes the least energy as the maximum flow plus the cost of every variable at its cheaper value. */
    private static double leastByFlow(RandomCuts energy) {
        SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge> graph =
                new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
        int source = energy.costs.length;
        int sink = source + 1;
        for (int v = 0; v <= sink; v++) {
            graph.addVertex(v);
        }
        double base = 0;
        for (int v = 0; v < source; v++) {
            double cost = energy.costs[v];
            base += Math.min(0, cost);
            DefaultWeightedEdge edge = cost < 0 ? graph.addEdge(source, v) : graph.addEdge(v, sink);
            graph.setEdgeWeight(edge, Math.abs(cost));
        }
        for (RandomCuts.Edge edge : energy.edges) {
            graph.setEdgeWeight(graph.addEdge(edge.u(), edge.v()), edge.forward());
            graph.setEdgeWeight(graph.addEdge(edge.v(), edge.u()), edge.backward());
        }
        return base + new PushRelabelMFImpl<>(graph).calculateMinCut(source, sink);
    }

    @Test
    void forbidsWhatCostsInfinitelyMuch() {
        MinimumCut cut = new MinimumCut(2);
        cut.addCost(0, -1);
        cut.addCost(1, 3);
        cut.addPair(0, 1, Double.POSITIVE_INFINITY, 0);
        cut.solve();
        assertFalse(cut.isOne(0));
        cut.clear(2);
        cut.addCost(0, -4);
        cut.addCost(1, 3);
        cut.addPair(0, 1, Double.POSITIVE_INFINITY, 0);
        cut.solve();
        assertTrue(cut.isOne(0) && cut.isOne(1));
    }

    @Test
    void refusesWeightsBelowZero() {
        assertIllegalArgument(() -> new MinimumCut(2).addPair(0, 1, -1, 0), "-1", "at least 0");
        assertIllegalArgument(() -> new MinimumCut(2).addPair(0, 1, 0, Double.NaN), "NaN");
    }

    private static boolean[] minimum(RandomCuts energy, MinimumCut cut) {
        energy.addTo(cut);
        cut.solve();
        boolean[] x = new boolean[energy.costs.length];
        for (int v = 0; v < x.length; v++) {
            x[v] = cut.isOne(v);
        }
        return x;
    }

    private static boolean[] bitsOf(int bits, int variables) {
        boolean[] x = new boolean[variables];
        for (int v = 0; v < variables; v++) {
            x[v] = (bits >> v & 1) == 1;
        }
        return x;
    }
}
