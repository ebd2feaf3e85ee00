package org.guidedmixup.method.puzzle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.guidedmixup.internal.graphcut.MinimumCut;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PuzzleEnergyTest {

    /** Includes weights below −β', which count as 0 in the energy and in its minimum. */
    @ParameterizedTest
    @CsvSource({"2, 2", "2, 3", "2, 4", "2, 7", "3, 2", "3, 3"})
    void theCutFindsTheLeastEnergyOfAllLabellings(int side, int labels) {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            PuzzleEnergy energy = new PuzzleEnergy(
                    side,
                    draw(random, side * side, 0, 1),
                    draw(random, side * side, 0, 1),
                    draw(random, side * (side - 1), -0.3, 0.6),
                    draw(random, side * (side - 1), -0.3, 0.6),
                    0.2);
            double[] prior = draw(random, labels, 0, 0.3);
            double found = energy.of(energy.minimize(prior, new MinimumCut(0)), prior);
            assertEquals(least(energy, side * side, prior), found, 1e-12, "seed " + seed);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.1", "0.5", "0.9"})
    void withoutSaliencyTheSharesFollowLambda(double lambda) {
        PuzzleSettings settings = new PuzzleSettings();
        PuzzleEnergy flat = new PuzzleEnergy(2, new double[4], new double[4], new double[2], new double[2], 0.1);
        int[] labels = flat.minimize(settings.prior(lambda, 2), new MinimumCut(0));
        int expected = lambda < 0.3 ? 2 : lambda > 0.7 ? 0 : 1;
        for (int label : labels) {
            assertEquals(expected, label);
        }
    }

    private static double least(PuzzleEnergy energy, int blocks, double[] prior) {
        int[] labels = new int[blocks];
        double least = Double.POSITIVE_INFINITY;
        int total = (int) Math.pow(prior.length, blocks);
        assertTrue(total < 100_000);
        for (int code = 0; code < total; code++) {
            int rest = code;
            for (int block = 0; block < blocks; block++) {
                labels[block] = rest % prior.length;
                rest /= prior.length;
            }
            least = Math.min(least, energy.of(labels, prior));
        }
        return least;
    }

    private static double[] draw(SplittableRandom random, int count, double from, double to) {
        return random.doubles(count, from, to).toArray();
    }
}
