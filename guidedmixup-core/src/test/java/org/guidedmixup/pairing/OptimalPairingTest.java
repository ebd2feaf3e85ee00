package org.guidedmixup.pairing;

import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OptimalPairingTest {
    private final OptimalPairing optimal = new OptimalPairing();

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7})
    void equalsExhaustiveSearch(int size) {
        for (int seed = 0; seed < 25; seed++) {
            float[][] w = symmetric(seed, size);
            Pairing pairing = optimal.pair(Nd4j.createFromArray(w));
            assertValid(pairing);
            assertEquals(largest(w, new int[size], 0, 0), sum(w, pairing), 1e-8, "seed " + seed);
        }
    }

    /** Finds the largest sum over all permutations without fixed points and swaps, given the first {@code depth} targets. */
    private static double largest(float[][] w, int[] targets, int depth, int taken) {
        if (depth == targets.length) {
            return 0;
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int target = 0; target < targets.length; target++) {
            boolean swap = target < depth && targets[target] == depth;
            if (target != depth && !swap && (taken >> target & 1) == 0) {
                targets[depth] = target;
                best = Math.max(best, w[depth][target] + largest(w, targets, depth + 1, taken | 1 << target));
            }
        }
        return best;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 8, 15, 24})
    void isNeverBelowTheGreedyWalkOnRealDistances(int size) {
        for (int seed = 0; seed < 4; seed++) {
            INDArray images = RandomImages.nchw(seed, size, 3, 24, 20);
            INDArray saliency = new GaussianBlur(7, 3).apply(new SpectralResidual().detect(images, DataFormat.NCHW));
            INDArray distance =
                    SaliencyDistance.between(NormalizedSaliency.of(saliency).maps());
            float[][] w = distance.toFloatMatrix();
            Pairing best = optimal.pair(distance);
            assertValid(best);
            double greedy = sum(w, new GreedyPairing().pair(distance));
            assertTrue(sum(w, best) >= greedy * (1 - 1e-6), "seed " + seed);
        }
    }

    @Test
    void equalDistancesAndTinyBatches() {
        assertValid(optimal.pair(Nd4j.zeros(9, 9)));
        assertEquals(Pairing.of(1, 0), optimal.pair(Nd4j.ones(2, 2)));
        assertEquals(Pairing.of(0), optimal.pair(Nd4j.ones(1, 1)));
        assertEquals(Pairing.of(1, 2, 0), optimal.pair(Nd4j.ones(3, 3)));
    }

    @Test
    void refusesWhatIsNoDistance() {
        assertIllegalArgument(() -> optimal.pair(Nd4j.ones(2, 3)), "[2, 3]", "square");
        INDArray w = Nd4j.ones(3, 3);
        w.putScalar(0, 2, Float.NaN);
        assertIllegalArgument(() -> optimal.pair(w), "NaN", "[0, 2]");
        w.putScalar(0, 2, 3);
        assertIllegalArgument(() -> optimal.pair(w), "symmetric", "2.0");
    }

    private static void assertValid(Pairing pairing) {
        for (int i = 0; i < pairing.size(); i++) {
            assertTrue(pairing.partner(i) != i, pairing::toString);
            assertTrue(pairing.partner(pairing.partner(i)) != i, pairing::toString);
        }
    }

    private static double sum(float[][] w, Pairing pairing) {
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
            sum += w[i][pairing.partner(i)];
        }
        return sum;
    }

    private static float[][] symmetric(long seed, int size) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] w = new float[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                // Of the order of magnitude of saliency distances.
                w[i][j] = (float) (1e-2 * random.nextDouble());
                w[j][i] = w[i][j];
            }
        }
        return w;
    }
}
