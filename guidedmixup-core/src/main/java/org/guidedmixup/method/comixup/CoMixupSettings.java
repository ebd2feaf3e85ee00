package org.guidedmixup.method.comixup;

import java.io.Serializable;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.guidedmixup.tile.TileSaliency;

/** The settings of {@link CoMixup}, named as in its builder, and the problems they derive from saliency. */
final class CoMixupSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Keeps the logarithm of the prior finite, as in the authors' code. */
    private static final double TINY = 1e-8;

    double alpha = 2;
    int blocks = 4;
    double smoothness = 0.32;
    double exclusivity = 1;
    double priorWeight = 0.05;
    double threshold = 0.83;
    double locationWeight = 0.001;
    int sweeps = 4;
    int partSize = 20;

    CoMixupSettings copy() {
        CoMixupSettings copy = new CoMixupSettings();
        copy.alpha = alpha;
        copy.blocks = blocks;
        copy.smoothness = smoothness;
        copy.exclusivity = exclusivity;
        copy.priorWeight = priorWeight;
        copy.threshold = threshold;
        copy.locationWeight = locationWeight;
        copy.sweeps = sweeps;
        copy.partSize = partSize;
        return copy;
    }

    /** Returns the problem of images {@code first} to before {@code last}. */
    CoMixupProblem problem(TileSaliency saliency, int first, int last, RandomGenerator random) {
        int size = last - first;
        int tiles = blocks * blocks;
        double[] prior = dirichlet(size, random);
        double[][] cost = new double[size][tiles];
        for (int k = 0; k < size; k++) {
            double[] shares = saliency.of(first + k);
            double ofInput = priorWeight / tiles * Math.log(prior[k] + TINY);
            for (int tile = 0; tile < tiles; tile++) {
                cost[k][tile] = -shares[tile] - ofInput;
            }
        }
        return new CoMixupProblem(
                blocks,
                cost,
                similarity(saliency, first, size),
                smoothness / tiles,
                exclusivity / tiles,
                threshold * tiles);
    }

    /** Draws from Dirichlet(α): gamma variables over their sum, each by inversion of one uniform number. */
    private double[] dirichlet(int size, RandomGenerator random) {
        GammaDistribution gamma = new GammaDistribution(null, alpha, 1);
        double[] sample =
                random.doubles(size).map(gamma::inverseCumulativeProbability).toArray();
        double sum = Arrays.stream(sample).sum();
        return Arrays.stream(sample)
                .map(value -> sum > 0 ? value / sum : 1.0 / size)
                .toArray();
    }

    /** Computes A = (1 − ω) I + ω D with D the distances between the most salient blocks, scaled to a sum of {@code size}. */
    private double[][] similarity(TileSaliency saliency, int first, int size) {
        int[] peak = new int[size];
        for (int k = 0; k < size; k++) {
            double[] shares = saliency.of(first + k);
            for (int tile = 1; tile < shares.length; tile++) {
                peak[k] = shares[tile] > shares[peak[k]] ? tile : peak[k];
            }
        }
        double[][] similarity = new double[size][size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                int rows = Math.abs(peak[i] / blocks - peak[j] / blocks);
                int columns = Math.abs(peak[i] % blocks - peak[j] % blocks);
                similarity[i][j] = rows + columns;
                sum += similarity[i][j];
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double apart = sum > 0 ? similarity[i][j] * size / sum : 0;
                similarity[i][j] = locationWeight * apart + (i == j ? 1 - locationWeight : 0);
            }
        }
        return similarity;
    }
}
