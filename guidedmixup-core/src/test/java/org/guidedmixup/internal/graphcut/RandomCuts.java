package org.guidedmixup.internal.graphcut;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random energies of binary variables, with the plain sums that define them. */
final class RandomCuts {
    /** The term forward · x_u (1 − x_v) + backward · x_v (1 − x_u). */
    record Edge(int u, int v, double forward, double backward) {}

    final double[] costs;
    final List<Edge> edges = new ArrayList<>();

    private RandomCuts(int variables) {
        costs = new double[variables];
    }

    /** Makes an energy in which any pair can be an edge. */
    static RandomCuts dense(long seed, int variables) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomCuts energy = new RandomCuts(variables);
        energy.drawCosts(random);
        for (int u = 0; u < variables; u++) {
            for (int v = 0; v < variables; v++) {
                if (u != v && random.nextInt(3) == 0) {
                    energy.edges.add(
                            new Edge(u, v, random.nextDouble(0.5), random.nextInt(2) * random.nextDouble(0.5)));
                }
            }
        }
        return energy;
    }

    /** Makes an energy whose edges are the neighbours on a square grid, as in images. */
    static RandomCuts grid(long seed, int side) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomCuts energy = new RandomCuts(side * side);
        energy.drawCosts(random);
        for (int v = 0; v < side * side; v++) {
            if (v % side + 1 < side) {
                double weight = random.nextDouble(0.7);
                energy.edges.add(new Edge(v, v + 1, weight, weight));
            }
            if (v + side < side * side) {
                double weight = random.nextDouble(0.7);
                energy.edges.add(new Edge(v, v + side, weight, weight));
            }
        }
        return energy;
    }

    private void drawCosts(SplittableRandom random) {
        for (int v = 0; v < costs.length; v++) {
            costs[v] = random.nextDouble(-1, 1);
        }
    }

    void addTo(MinimumCut cut) {
        for (int v = 0; v < costs.length; v++) {
            cut.addCost(v, costs[v]);
        }
        for (Edge edge : edges) {
            cut.addPair(edge.u, edge.v, edge.forward, edge.backward);
        }
    }

    double energy(boolean[] x) {
        double sum = 0;
        for (int v = 0; v < x.length; v++) {
            sum += x[v] ? costs[v] : 0;
        }
        for (Edge edge : edges) {
            sum += x[edge.u] && !x[edge.v] ? edge.forward : 0;
            sum += x[edge.v] && !x[edge.u] ? edge.backward : 0;
        }
        return sum;
    }
}
