package org.guidedmixup.internal.graphcut;

import java.util.Arrays;

/**
 * Labels the nodes of a square grid: minimises Σ_v unary(label_v, v) + Σ_neighbours distance(label_u, label_v) by αβ-swaps. For
 * every pair of labels, one minimum cut redistributes the two optimally among the nodes that have either, until no pair
 * improves the energy.
 *
 * <p>The result is a local minimum that no swap of any size improves (Boykov, Veksler and Zabih 2001; expansion moves would
 * need a metric, which the distance of half-and-half blocks is not). Most pairs need no cut: neither label is in use, nothing
 * near their nodes has changed since they were last tried, or all have the better one. Not thread-safe.
 */
public final class LabelSwaps {
    /** The smallest gain that counts; anything less is rounding. */
    private static final double GAIN = 1e-12;

    /** Decisions closer than this are left to the cut, in case rounding matters. */
    private static final double ABOVE_ROUNDING = 1 + 1e-9;

    private static final int NONE = -1;

    /** The neighbours of a node, in the order above, left, right, below. */
    private static final int NEIGHBOURS = 4;

    private static final int RIGHT = 2;

    private final double[][] unary;
    private final double[][] distance;
    private final MinimumCut cut;

    /** The neighbours of every node, NONE at the border of the grid. */
    private final int[] neighbours;

    /** The first node with a label, and the next node with the same label; in ascending order. */
    private final int[] firstOf;

    private final int[] nextOf;

    /** The nodes of the swap in ascending order, the position of a node among them, and what each gains from b, not a. */
    private final int[] nodes;

    private final int[] numberOf;
    private final double[] gains;

    /** Whether a node of the swap takes b, whether that is still open, and how many of its neighbours are open. */
    private final boolean[] takesB;

    private final boolean[] open;
    private final int[] openNeighbours;

    /** The variable of the cut that stands for an open node. */
    private final int[] variableAt;

    private final int[] swapped;

    /** The number of changes so far, from 1; the last one at or beside a node with a label; the number when a pair was tried. */
    private int changes;

    private final int[] changed;
    private final int[][] tried;

    private double energy;

    /**
     * Makes a problem.
     *
     * @param side nodes along a side of the grid
     * @param unary [labels][side · side]. Kept. Not modified.
     * @param distance [labels][labels], symmetric, at least 0, 0 on the diagonal. Kept. Not modified.
     */
    public LabelSwaps(int side, double[][] unary, double[][] distance) {
        int size = side * side;
        this.unary = unary;
        this.distance = distance;
        cut = new MinimumCut(size);
        neighbours = new int[NEIGHBOURS * size];
        for (int v = 0; v < size; v++) {
            int column = v % side;
            neighbours[NEIGHBOURS * v] = v >= side ? v - side : NONE;
            neighbours[NEIGHBOURS * v + 1] = column > 0 ? v - 1 : NONE;
            neighbours[NEIGHBOURS * v + RIGHT] = column + 1 < side ? v + 1 : NONE;
            neighbours[NEIGHBOURS * v + RIGHT + 1] = v + side < size ? v + side : NONE;
        }
        firstOf = new int[unary.length];
        nextOf = new int[size];
        nodes = new int[size];
        numberOf = new int[size];
        gains = new double[size];
        takesB = new boolean[size];
        open = new boolean[size];
        openNeighbours = new int[size];
        variableAt = new int[size];
        swapped = new int[size];
        changed = new int[unary.length];
        tried = new int[unary.length][unary.length];
    }

    /**
     * Returns the energy of a labelling.
     *
     * @param labels one label per node. Not modified.
     * @return the energy
     */
    public double energy(int[] labels) {
        double sum = 0;
        for (int v = 0; v < labels.length; v++) {
            double[] distances = distance[labels[v]];
            sum += unary[labels[v]][v];
            for (int k = RIGHT; k < NEIGHBOURS; k++) {
                int neighbour = neighbours[NEIGHBOURS * v + k];
                if (neighbour != NONE) {
                    sum += distances[labels[neighbour]];
                }
            }
        }
        return sum;
    }

    /**
     * Improves a labelling until no swap improves it further.
     *
     * @param labels the start, one label per node. Modified: becomes the result.
     */
    public void minimize(int[] labels) {
        energy = energy(labels);
        changes = 1;
        Arrays.fill(changed, changes);
        for (int[] pairs : tried) {
            Arrays.fill(pairs, 0);
        }
        list(labels);
        boolean improved = true;
        while (improved) {
            improved = false;
            for (int a = 0; a < unary.length; a++) {
                for (int b = a + 1; b < unary.length; b++) {
                    boolean used = firstOf[a] != NONE || firstOf[b] != NONE;
                    if (used && Math.max(changed[a], changed[b]) > tried[a][b]) {
                        improved |= swap(labels, a, b);
                        tried[a][b] = changes; // a cut of the same nodes would find the same
                    }
                }
            }
        }
    }

    private void list(int[] labels) {
        Arrays.fill(firstOf, NONE);
        for (int v = labels.length - 1; v >= 0; v--) {
            nextOf[v] = firstOf[labels[v]];
            firstOf[labels[v]] = v;
        }
    }

    private boolean swap(int[] labels, int a, int b) {
        int count = collect(a, b);
        int winners = 0;
        for (int k = 0; k < count; k++) {
            setGain(labels, k, a, b);
            winners += gains[k] > 0 ? 1 : 0;
        }
        // Differences only cost: if all nodes have the label that is better for each of them, none changes.
        boolean stays = (winners == 0 && firstOf[b] == NONE) || (winners == count && firstOf[a] == NONE);
        return !stays && redistribute(labels, a, b, count, winners);
    }

    private boolean redistribute(int[] labels, int a, int b, int count, int winners) {
        if (winners == 0 || winners == count) {
            Arrays.fill(takesB, 0, count, winners == count);
        } else if (decideAlone(labels, a, b, count) > 0) {
            cut(labels, a, b, count);
        }
        System.arraycopy(labels, 0, swapped, 0, labels.length);
        boolean differs = false;
        for (int k = 0; k < count; k++) {
            int label = takesB[k] ? b : a;
            differs |= label != labels[nodes[k]];
            swapped[nodes[k]] = label;
        }
        return differs && accept(labels);
    }

    /**
     * Decides nodes that gain or lose more than all their neighbours can change, and then those to which these neighbours make
     * the difference. Where nothing is nearly equal, that is what the cut finds.
     *
     * @return the number of nodes that are left to a cut
     */
    private int decideAlone(int[] labels, int a, int b, int count) {
        double weight = distance[a][b] * ABOVE_ROUNDING;
        Arrays.fill(open, 0, count, true);
        int left = count;
        int before;
        do {
            before = left;
            for (int k = 0; k < count; k++) {
                if (open[k] && Math.abs(gains[k]) > weight * openNeighbours[k]) {
                    takesB[k] = gains[k] > 0;
                    open[k] = false;
                    left--;
                    tellNeighbours(labels, a, b, k);
                }
            }
        } while (left > 0 && left < before);
        return left;
    }

    /** Neighbours of a node that has been decided gain or lose by following it. */
    private void tellNeighbours(int[] labels, int a, int b, int k) {
        double pull = takesB[k] ? distance[a][b] : -distance[a][b];
        for (int n = 0; n < NEIGHBOURS; n++) {
            int neighbour = neighbours[NEIGHBOURS * nodes[k] + n];
            if (neighbour != NONE && (labels[neighbour] == a || labels[neighbour] == b)) {
                gains[numberOf[neighbour]] += pull;
                openNeighbours[numberOf[neighbour]]--;
            }
        }
    }

    /** Collects the nodes with either label, in ascending order; returns their number. */
    private int collect(int a, int b) {
        int count = 0;
        int ofA = firstOf[a];
        int ofB = firstOf[b];
        while (ofA != NONE || ofB != NONE) {
            int node;
            if (ofB == NONE || (ofA != NONE && ofA < ofB)) {
                node = ofA;
                ofA = nextOf[ofA];
            } else {
                node = ofB;
                ofB = nextOf[ofB];
            }
            numberOf[node] = count;
            nodes[count++] = node;
        }
        return count;
    }

    /**
     * Computes what node k of the swap gains from b instead of a, apart from neighbours that have either; these are counted as
     * open.
     */
    private void setGain(int[] labels, int k, int a, int b) {
        double[] fromA = distance[a];
        double[] fromB = distance[b];
        int v = nodes[k];
        int at = NEIGHBOURS * v;
        double gain = 0;
        int same = 0;
        for (int n = 0; n < NEIGHBOURS; n++) {
            if (n == RIGHT) {
                gain -= unary[b][v] - unary[a][v];
            }
            int neighbour = neighbours[at + n];
            if (neighbour != NONE) {
                int label = labels[neighbour];
                if (label == a || label == b) {
                    same++;
                } else {
                    gain -= fromB[label] - fromA[label];
                }
            }
        }
        gains[k] = gain;
        openNeighbours[k] = same;
    }

    /** Decides the nodes that are still open. */
    private void cut(int[] labels, int a, int b, int count) {
        int variables = 0;
        for (int k = 0; k < count; k++) {
            variableAt[k] = open[k] ? variables++ : NONE;
        }
        cut.clear(variables);
        double weight = distance[a][b];
        for (int k = 0; k < count; k++) {
            if (open[k]) {
                cut.addCost(variableAt[k], -gains[k]);
                for (int n = RIGHT; n < NEIGHBOURS; n++) {
                    int neighbour = neighbours[NEIGHBOURS * nodes[k] + n];
                    if (neighbour != NONE && isOpen(labels, neighbour, a, b)) {
                        cut.addPair(variableAt[k], variableAt[numberOf[neighbour]], weight, weight);
                    }
                }
            }
        }
        cut.solve();
        for (int k = 0; k < count; k++) {
            takesB[k] = open[k] ? cut.isOne(variableAt[k]) : takesB[k];
        }
    }

    private boolean isOpen(int[] labels, int node, int a, int b) {
        return (labels[node] == a || labels[node] == b) && open[numberOf[node]];
    }

    /** Takes the swapped labels if they are better. */
    private boolean accept(int[] labels) {
        double after = energy(swapped);
        if (after >= energy - GAIN) {
            return false;
        }
        energy = after;
        changes++;
        for (int v = 0; v < labels.length; v++) {
            if (swapped[v] != labels[v]) {
                changed[labels[v]] = changes;
                changed[swapped[v]] = changes;
                for (int k = 0; k < NEIGHBOURS; k++) {
                    int neighbour = neighbours[NEIGHBOURS * v + k];
                    if (neighbour != NONE) {
                        changed[swapped[neighbour]] = changes;
                    }
                }
            }
        }
        System.arraycopy(swapped, 0, labels, 0, labels.length);
        list(labels);
        return true;
    }
}
