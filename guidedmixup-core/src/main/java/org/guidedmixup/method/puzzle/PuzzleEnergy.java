package org.guidedmixup.method.puzzle;

import org.guidedmixup.internal.graphcut.MinimumCut;

/**
 * The cost of labelling the blocks of one image pair: label l keeps the share 1 − l/(n−1) of image 1. With t = l/(n−1),
 *
 * <p>E = Σ_blocks [(1 − t) · second + t · first + prior_l] + Σ_neighbours (t − t')² · (pairwise + β').
 *
 * <p>The energy is convex in l − l', so a single minimum cut through n − 1 layers of blocks minimises it, x_k = [l > k]
 * (Ishikawa 2003): (l − l')² is a sum of products x_k (1 − x'_k'), and each of these is an edge.
 */
final class PuzzleEnergy {
    private final int side;
    private final double[] first;
    private final double[] second;
    private final double[] right;
    private final double[] down;
    private final double smoothness;

    /**
     * Makes an energy on a square grid.
     *
     * @param side blocks along a side, b
     * @param first cost of taking a block from image 2, [b b]. Kept. Not modified.
     * @param second cost of taking a block from image 1, [b b]. Kept. Not modified.
     * @param right pairwise weight of a block and its right neighbour, [b (b−1)]. Kept. Not modified.
     * @param down pairwise weight of a block and the one below it, [(b−1) b]. Kept. Not modified.
     * @param smoothness β', added to every pairwise weight; a sum below 0 counts as 0
     */
    PuzzleEnergy(int side, double[] first, double[] second, double[] right, double[] down, double smoothness) {
        this.side = side;
        this.first = first;
        this.second = second;
        this.right = right;
        this.down = down;
        this.smoothness = smoothness;
    }

    double[] first() {
        return first;
    }

    double[] second() {
        return second;
    }

    double[] right() {
        return right;
    }

    double[] down() {
        return down;
    }

    /**
     * Computes the energy of a labelling.
     *
     * @param labels one label per block
     * @param prior the cost of each label, [n]
     */
    double of(int[] labels, double[] prior) {
        double energy = 0;
        for (int block = 0; block < labels.length; block++) {
            energy += unary(block, labels[block], prior);
        }
        double scale = 1.0 / ((prior.length - 1) * (prior.length - 1));
        double[] pairs = {0};
        forEachPair((u, v, weight) -> {
            int step = labels[u] - labels[v];
            pairs[0] += weight * scale * step * step;
        });
        return energy + pairs[0];
    }

    /**
     * Finds the labelling of least energy.
     *
     * @param prior the cost of each label, [n], n ≥ 2
     * @param cut room for the minimum cut, in any state. Modified.
     * @return one label per block
     */
    int[] minimize(double[] prior, MinimumCut cut) {
        int layers = prior.length - 1;
        int blocks = side * side;
        cut.clear(blocks * layers);
        for (int block = 0; block < blocks; block++) {
            for (int k = 0; k < layers; k++) {
                cut.addCost(block * layers + k, unary(block, k + 1, prior) - unary(block, k, prior));
                if (k > 0) {
                    cut.addPair(block * layers + k, block * layers + k - 1, Double.POSITIVE_INFINITY, 0);
                }
            }
        }
        forEachPair((u, v, weight) -> addPair(cut, layers, u, v, weight / (layers * layers)));
        cut.solve();
        int[] labels = new int[blocks];
        for (int node = 0; node < blocks * layers; node++) {
            labels[node / layers] += cut.isOne(node) ? 1 : 0;
        }
        return labels;
    }

    /**
     * Adds w (l − l')² = w Σ_k,k' c [x_k > x'_k'] over k ≥ k', and the same with l and l' exchanged: c is 1 for equal k and 2
     * otherwise. If l > l', there are l − l' − m such pairs with k = k' + m.
     */
    private static void addPair(MinimumCut cut, int layers, int u, int v, double weight) {
        for (int k = 0; k < layers; k++) {
            for (int other = 0; other < layers; other++) {
                double forward = k == other ? weight : k > other ? 2 * weight : 0;
                double backward = k == other ? weight : k < other ? 2 * weight : 0;
                cut.addPair(u * layers + k, v * layers + other, forward, backward);
            }
        }
    }

    private double unary(int block, int label, double[] prior) {
        double share = (double) label / (prior.length - 1);
        return (1 - share) * second[block] + share * first[block] + prior[label];
    }

    private interface Pair {
        void accept(int u, int v, double weight);
    }

    private void forEachPair(Pair pair) {
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                int block = row * side + column;
                if (column + 1 < side) {
                    pair.accept(block, block + 1, weight(right[row * (side - 1) + column]));
                }
                if (row + 1 < side) {
                    pair.accept(block, block + side, weight(down[block]));
                }
            }
        }
    }

    private double weight(double pairwise) {
        return Math.max(0, pairwise + smoothness);
    }
}
