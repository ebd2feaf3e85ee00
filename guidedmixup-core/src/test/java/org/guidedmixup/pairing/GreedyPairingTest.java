package org.guidedmixup.pairing;

import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GreedyPairingTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16, 65})
    void walksAsThePaperDescribes(int size) {
        for (int seed = 0; seed < 20; seed++) {
            // Every third matrix has only a few different values, so that there are ties.
            double[][] w = symmetric(seed, size, seed % 3 == 0 ? 4 : 1_000_000);
            Pairing pairing = new GreedyPairing().pair(Nd4j.create(w).castTo(DataType.FLOAT));
            assertArrayEquals(byDeletingColumns(w), pairing.partners(), "seed " + seed);
            assertTrue(pairing.isSingleCycle());
        }
    }

    /** Runs Algorithm 1 with the column of each source set to minus infinity. */
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

    /** Compares with partners found by sorting, drawn with the same numbers. */
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 1", "2, 3", "3, 2", "7, 1", "7, 3", "16, 2", "16, 40", "65, 5"})
    void drawsItsStartAndItsPartnersAmongTheFarthest(int size, int k) {
        for (int seed = 0; seed < 20; seed++) {
            double[][] w = symmetric(seed, size, seed % 3 == 0 ? 4 : 1_000_000);
            INDArray distance = Nd4j.create(w).castTo(DataType.FLOAT);
            GreedyPairing drawing =
                    GreedyPairing.builder().drawnStart().farthest(k).build();
            Pairing pairing = drawing.pair(size, () -> distance, new SplittableRandom(seed));
            assertTrue(pairing.isSingleCycle());
            assertArrayEquals(bySorting(w, k, new SplittableRandom(seed)), pairing.partners(), "seed " + seed);
            assertEquals(pairing, drawing.pair(size, () -> distance, new SplittableRandom(seed)));
            assertEquals(
                    new GreedyPairing().pair(distance),
                    GreedyPairing.builder().farthest(1).build().pair(distance));
        }
    }

    private static int[] bySorting(double[][] w, int k, SplittableRandom random) {
        int[] partners = new int[w.length];
        List<Integer> left = new ArrayList<>();
        for (int j = 0; j < w.length; j++) {
            left.add(j);
        }
        if (w.length == 1) {
            return partners;
        }
        int first = random.nextInt(w.length);
        int source = first;
        left.remove((Integer) first);
        while (!left.isEmpty()) {
            double[] row = w[source];
            List<Integer> sorted = new ArrayList<>(left);
            sorted.sort(Comparator.comparingDouble(j -> -row[j]));
            int partner = sorted.get(k == 1 ? 0 : random.nextInt(Math.min(k, sorted.size())));
            partners[source] = partner;
            source = partner;
            left.remove((Integer) partner);
        }
        partners[source] = first;
        return partners;
    }

    @Test
    void aDrawnStartIsAnyImageAndTheFarthestOfAllAreAnyCycle() {
        INDArray distance = Nd4j.create(symmetric(1, 4, 1000)).castTo(DataType.FLOAT);
        SplittableRandom random = new SplittableRandom(1);
        Set<Pairing> cycles = new HashSet<>();
        Set<Pairing> walks = new HashSet<>();
        for (int draw = 0; draw < 200; draw++) {
            cycles.add(GreedyPairing.builder().farthest(3).build().pair(4, () -> distance, random));
            walks.add(GreedyPairing.builder().drawnStart().build().pair(4, () -> distance, random));
        }
        assertEquals(6, cycles.size());
        assertTrue(walks.size() > 1 && walks.size() <= 4, walks.toString());
    }

    @Test
    void whatDrawsNeedsAGenerator() {
        assertFalse(new GreedyPairing().varies());
        for (GreedyPairing drawing : List.of(
                GreedyPairing.builder().drawnStart().build(),
                GreedyPairing.builder().farthest(2).build())) {
            assertTrue(drawing.varies());
            assertThrows(IllegalStateException.class, () -> drawing.pair(Nd4j.zeros(DataType.FLOAT, 2, 2)));
        }
        assertIllegalArgument(() -> GreedyPairing.builder().farthest(0), "farthest", "at least 1");
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
