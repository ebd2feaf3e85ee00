package org.guidedmixup.method.comixup;

/**
 * The cost of assembling M outputs from the blocks of M inputs. With z_o the shares of inputs in the blocks of output o and n_o
 * their sums over its blocks,
 *
 * <p>E = Σ_o [Σ_blocks c · z_o + β Σ_neighbours ½ |z − z'|²] + γ max(0, Σ_{o ≠ o'} n_oᵀ A n_o' − τ Σ_o |n_o|):
 *
 * <p>salient blocks, smooth outputs, and outputs that do not all use the same inputs. The last sum counts, for every block, the
 * blocks of other outputs that use its input; τ is the number that is free on average (Kim et al. 2021, Eq. 1, with max{τ, ·}
 * shifted to 0).
 */
final class CoMixupProblem {
    private final int side;
    private final double[][] cost;
    private final double[][] similarity;
    private final double smoothness;
    private final double exclusivity;
    private final double threshold;

    /**
     * Makes a problem.
     *
     * @param side blocks along a side
     * @param cost c, [inputs][blocks]. Kept. Not modified.
     * @param similarity A, [inputs][inputs]. Kept. Not modified.
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

    /**
     * Returns the cost of each input for one output, given its use by the others: a [a > τ] with a = A n. A threshold on the
     * whole batch would couple the outputs; one threshold per input lets them be improved one by one, as in the authors' code.
     *
     * @param usedByOthers n, in blocks, [inputs]. Not modified.
     */
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
     * Computes the objective.
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
        return energy + exclusivity * Math.max(0, overlap(used, total) - threshold * shares.length * blocks());
    }

    /** Computes Σ_{o ≠ o'} n_oᵀ A n_o'. */
    private double overlap(double[][] used, double[] total) {
        double sum = 0;
        for (double[] own : used) {
            for (int k = 0; k < own.length; k++) {
                for (int other = 0; other < own.length; other++) {
                    sum += own[k] * similarity[k][other] * (total[other] - own[other]);
                }
            }
        }
        return sum;
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
