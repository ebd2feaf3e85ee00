package org.guidedmixup.pairing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GreedyPairingTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16, 65})
    void walksAsThePaperDescribes(int size) {
        for (int seed = 0; seed < 20; seed++) {
            // Every third matrix holds a few values only, so that there are ties.
            double[][] w = symmetric(seed, size, seed % 3 == 0 ? 4 : 1_000_000);
            Pairing pairing = new GreedyPairing().pair(Nd4j.create(w).castTo(DataType.FLOAT));
            assertArrayEquals(byDeletingColumns(w), pairing.partners(), "seed " + seed);
            assertTrue(pairing.isSingleCycle());
        }
    }

    /** Algorithm 1 with the column of each source set to minus infinity. */
    private static int[] byDeletingColumns(double[][] distances) {
        int size = distances.length;
        int[] targets = new int[size];
        if (size == 1) {
            return targets;
        }
        double[][] w = new double[size][];
        int[] start = {0, 1};
        for (int i = 0; i < size; i++) {
            w[i] = distances[i].clone();
            for (int j = 0; j < size; j++) {
                if (i != j && w[i][j] > distances[start[0]][start[1]]) {
                    start = new int[] {i, j};
                }
            }
        }
        for (int i = 0; i < size; i++) {
            w[i][i] = Double.NEGATIVE_INFINITY;
        }
        int source = start[0];
        int target = start[1];
        for (int step = 0; step < size - 1; step++) {
            targets[source] = target;
            for (double[] row : w) {
                row[source] = Double.NEGATIVE_INFINITY;
            }
            source = target;
            target = 0;
            for (int j = 1; j < size; j++) {
                if (w[source][j] > w[source][target]) {
                    target = j;
                }
            }
        }
        targets[source] = start[0];
        return targets;
    }

    private static double[][] symmetric(long seed, int size, int values) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] w = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                w[i][j] = random.nextInt(values) / (float) values;
                w[j][i] = w[i][j];
            }
        }
        return w;
    }

    @Test
    void equalDistancesVisitTheBatchInOrder() {
        INDArray zeros = Nd4j.zeros(DataType.FLOAT, 4, 4);
        assertEquals(Pairing.of(1, 2, 3, 0), new GreedyPairing().pair(zeros));
    }

    @Test
    void badDistancesAreNamed() {
        INDArray infinite = Nd4j.zeros(DataType.FLOAT, 3, 3);
        infinite.putScalar(1, 2, Float.NaN);
        assertMessage("finite", infinite);
        assertMessage("[2, 3]", Nd4j.zeros(DataType.FLOAT, 2, 3));
    }

    private static void assertMessage(String part, INDArray distance) {
        String message = assertThrows(IllegalArgumentException.class, () -> new GreedyPairing().pair(distance))
                .getMessage();
        assertTrue(message.contains(part), message);
    }
}
