package org.guidedmixup.method.puzzle;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.guidedmixup.plan.BatchShape;

/** The settings of {@link PuzzleMix}, named as in its builder. */
final class PuzzleSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Keeps the logarithm of the prior finite, as in the authors' code. */
    private static final double TINY = 1e-8;

    int[] blockCounts = {2, 4, 8, 16};
    int labels = 3;
    double smoothness = 1.2;
    double localSmoothness = 0.5;
    double priorWeight = 0.2;
    int neighbourhood = 4;
    double[] standardDeviation = {1};
    boolean transport = true;
    double transportCost = 0.8;
    int transportTile = 4;
    boolean emptyVacantPlaces;

    PuzzleSettings copy() {
        PuzzleSettings copy = new PuzzleSettings();
        copy.blockCounts = blockCounts.clone();
        copy.labels = labels;
        copy.smoothness = smoothness;
        copy.localSmoothness = localSmoothness;
        copy.priorWeight = priorWeight;
        copy.neighbourhood = neighbourhood;
        copy.standardDeviation = standardDeviation.clone();
        copy.transport = transport;
        copy.transportCost = transportCost;
        copy.transportTile = transportTile;
        copy.emptyVacantPlaces = emptyVacantPlaces;
        return copy;
    }

    /** Returns the block counts that divide the sides of the images; if none does, those not larger than the sides. */
    int[] fittingBlockCounts(BatchShape shape) {
        int[] even = blockCounts(count -> shape.height() % count == 0 && shape.width() % count == 0);
        if (even.length > 0) {
            return even;
        }
        int[] uneven = blockCounts(count -> count <= Math.min(shape.height(), shape.width()));
        if (uneven.length == 0) {
            throw new IllegalArgumentException("images of " + shape.height() + " x " + shape.width()
                    + " pixels: expected sides of at least the smallest of blockCounts " + Arrays.toString(blockCounts)
                    + "; set smaller blockCounts, or resize the images");
        }
        return uneven;
    }

    private int[] blockCounts(IntPredicate fits) {
        return Arrays.stream(blockCounts).filter(fits).toArray();
    }

    /** Returns the standard deviation of every channel. */
    double[] deviations(BatchShape shape) {
        double[] deviations = new double[shape.channels()];
        if (standardDeviation.length == 1) {
            Arrays.fill(deviations, standardDeviation[0]);
            return deviations;
        }
        if (standardDeviation.length != deviations.length) {
            throw new IllegalArgumentException("standardDeviation " + Arrays.toString(standardDeviation)
                    + ": expected one value, or one for each of the " + deviations.length + " channels of the images");
        }
        return standardDeviation.clone();
    }

    /** Returns β' = β / (16 b). */
    double blockSmoothness(int side) {
        return smoothness / (16.0 * side);
    }

    /**
     * Computes the prior cost of every label, η/b² · −ln of its binomial probability (n−1 over l) λ^(n−1−l) (1−λ)^l.
     *
     * @param lambda 0 to 1
     * @param side blocks along a side, b
     */
    double[] prior(double lambda, int side) {
        double[] prior = new double[labels];
        int last = labels - 1;
        for (int l = 0; l < labels; l++) {
            double probability = CombinatoricsUtils.binomialCoefficientDouble(last, l)
                    * Math.pow(lambda, last - l)
                    * Math.pow(1 - lambda, l);
            prior[l] = -priorWeight / (side * side) * Math.log(probability + TINY);
        }
        return prior;
    }
}
