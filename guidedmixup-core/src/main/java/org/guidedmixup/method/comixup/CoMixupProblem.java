package org.guidedmixup.method.comixup;

/**
 * What it costs to put M outputs together from the blocks of M inputs. With z_o the shares of inputs in the blocks of output o
 * and n_o their sums over its blocks,
 *
 * <p>E = Σ_o [Σ_blocks c · z_o + β Σ_neighbours ½ |z − z'|²] + γ Σ_o Σ_k n_ok a_ok [a_ok &gt; τ],  a_o = A Σ_{o' ≠ o} n_o':
 *
 * <p>salient blocks, smooth outputs, and no input that the other outputs already use for more than τ blocks.
 */
final class CoMixupProblem {
    private final int side;
    private final double[][] cost;
    private final double[][] similarity;
    private final double smoothness;
    private final double exclusivity;
    private final double threshold;

    /**
     * A problem.
     *
     * @param side blocks along a side
     * @param cost c, [inputs][blocks]; kept, not modified
     * @param similarity A, [inputs][inputs]; kept, not modified
     * @param smoothness β, for each border between blocks
     * @param exclusivity γ, for each block
     * @param threshold τ, in blocks
     */
    CoMixupProblem(
            int side, double[][] cost, double[][] similarity, double smoothness, double exclusivity, double threshold) {
        this.side = side;
        this.cost = cost;
        this.similarity = similarity;
        this.smoothness = smoothness;
        this.exclusivity = exclusivity;
        this.threshold = threshold;
    }

    int side() {
        return side;
    }

    int inputs() {
        return cost.length;
    }

    int blocks() {
        return side * side;
    }

    double cost(int input, int block) {
        return cost[input][block];
    }

    double smoothness() {
        return smoothness;
    }

    double exclusivity() {
        return exclusivity;
    }

    /** a · [a > τ] for what the other outputs use of each input. */
    double[] crowding(double[] usedByOthers) {
        double[] crowding = new double[cost.length];
        for (int k = 0; k < crowding.length; k++) {
            double used = 0;
            for (int other = 0; other < crowding.length; other++) {
                used += similarity[k][other] * usedByOthers[other];
            }
            crowding[k] = used > threshold ? used : 0;
        }
        return crowding;
    }

    /**
     * The objective.
     *
     * @param shares z, [outputs][blocks][inputs]. Not modified.
     */
    double objective(double[][][] shares) {
        double[] total = new double[inputs()];
        double[][] used = new double[shares.length][inputs()];
        double energy = 0;
        for (int o = 0; o < shares.length; o++) {
            for (int block = 0; block < blocks(); block++) {
                for (int k = 0; k < inputs(); k++) {
                    double share = shares[o][block][k];
                    energy += share * cost[k][block];
                    used[o][k] += share;
                    total[k] += share;
                }
            }
            energy += smoothness * roughness(shares[o]);
        }
        for (double[] own : used) {
            double[] others = new double[inputs()];
            for (int k = 0; k < others.length; k++) {
                others[k] = total[k] - own[k];
            }
            double[] crowding = crowding(others);
            for (int k = 0; k < others.length; k++) {
                energy += exclusivity * own[k] * crowding[k];
            }
        }
        return energy;
    }

    private double roughness(double[][] shares) {
        double sum = 0;
        for (int block = 0; block < blocks(); block++) {
            if (block % side + 1 < side) {
                sum += halfSquare(shares[block], shares[block + 1]);
            }
            if (block + side < blocks()) {
                sum += halfSquare(shares[block], shares[block + side]);
            }
        }
        return sum;
    }

    private static double halfSquare(double[] some, double[] others) {
        double sum = 0;
        for (int k = 0; k < some.length; k++) {
            sum += (some[k] - others[k]) * (some[k] - others[k]);
        }
        return sum / 2;
    }
}
