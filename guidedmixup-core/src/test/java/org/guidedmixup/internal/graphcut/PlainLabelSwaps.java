package org.guidedmixup.internal.graphcut;

/** {@link LabelSwaps} as the definition says it: every pair of labels is cut again and again until none improves. */
public final class PlainLabelSwaps {
    /** The smallest gain that counts; anything less is rounding. */
    private static final double GAIN = 1e-12;

    private final int side;
    private final double[][] unary;
    private final double[][] distance;
    private final PlainMinimumCut cut;
    private final int[] variableOf;

    /**
     * Makes a problem.
     *
     * @param side nodes along a side of the grid
     * @param unary [labels][side · side]. Kept. Not modified.
     * @param distance [labels][labels], symmetric, at least 0, 0 on the diagonal. Kept. Not modified.
     */
    public PlainLabelSwaps(int side, double[][] unary, double[][] distance) {
        this.side = side;
        this.unary = unary;
        this.distance = distance;
        this.cut = new PlainMinimumCut(side * side);
        this.variableOf = new int[side * side];
    }

    /**
     * Returns the energy of a labelling.
     *
     * @param labels one label per node. Not modified.
     * @return the energy
     */
    public double energy(int[] labels) {
        double energy = 0;
        for (int v = 0; v < labels.length; v++) {
            energy += unary[labels[v]][v];
            if (v % side + 1 < side) {
                energy += distance[labels[v]][labels[v + 1]];
            }
            if (v + side < labels.length) {
                energy += distance[labels[v]][labels[v + side]];
            }
        }
        return energy;
    }

    /**
     * Improves a labelling until no swap improves it further.
     *
     * @param labels the start, one label per node. Modified: becomes the result.
     */
    public void minimize(int[] labels) {
        boolean improved = true;
        while (improved) {
            improved = false;
            for (int a = 0; a < unary.length; a++) {
                for (int b = a + 1; b < unary.length; b++) {
                    improved |= swap(labels, a, b);
                }
            }
        }
    }

    private boolean swap(int[] labels, int a, int b) {
        int variables = 0;
        for (int v = 0; v < labels.length; v++) {
            variableOf[v] = labels[v] == a || labels[v] == b ? variables++ : -1;
        }
        if (variables == 0) {
            return false;
        }
        cut.clear(variables);
        for (int v = 0; v < labels.length; v++) {
            if (variableOf[v] >= 0) {
                cut.addCost(variableOf[v], unary[b][v] - unary[a][v]);
            }
            if (v % side + 1 < side) {
                addNeighbours(labels, v, v + 1, a, b);
            }
            if (v + side < labels.length) {
                addNeighbours(labels, v, v + side, a, b);
            }
        }
        cut.solve();
        int[] swapped = labels.clone();
        for (int v = 0; v < labels.length; v++) {
            if (variableOf[v] >= 0) {
                swapped[v] = cut.isOne(variableOf[v]) ? b : a;
            }
        }
        if (energy(swapped) >= energy(labels) - GAIN) {
            return false;
        }
        System.arraycopy(swapped, 0, labels, 0, labels.length);
        return true;
    }

    private void addNeighbours(int[] labels, int u, int v, int a, int b) {
        boolean uFree = variableOf[u] >= 0;
        boolean vFree = variableOf[v] >= 0;
        if (uFree && vFree) {
            cut.addPair(variableOf[u], variableOf[v], distance[a][b], distance[a][b]);
        } else if (uFree) {
            cut.addCost(variableOf[u], distance[b][labels[v]] - distance[a][labels[v]]);
        } else if (vFree) {
            cut.addCost(variableOf[v], distance[b][labels[u]] - distance[a][labels[u]]);
        }
    }
}
