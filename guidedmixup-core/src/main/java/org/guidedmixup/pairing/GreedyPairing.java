package org.guidedmixup.pairing;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pairs images whose salient regions lie far apart, by one greedy walk through the whole batch.
 *
 * <p>The walk starts with the largest distance of all. Every target becomes the next source and takes the farthest image
 * that has not been a source yet; the last target closes the cycle. Ties go to the lowest index.
 *
 * <p>O(M²) time, O(M) extra memory. Returns a single cycle, so for M ≥ 2 nobody is paired with itself and for M ≥ 3 no
 * pair is symmetric. Kang and Kim 2023, Algorithm 1, where a source's column is closed once it has been one.
 */
public final class GreedyPairing implements PairingStrategy {
    private static final long serialVersionUID = 1L;

    /** Pairs by Algorithm 1. */
    public GreedyPairing() {}

    @Override
    public Pairing pair(int size, Supplier<INDArray> distance, RandomGenerator random) {
        return pair(distance.get());
    }

    /**
     * Pairs a batch.
     *
     * @param distance [M, M], finite. Not modified.
     * @return a single cycle through the batch
     * @throws IllegalArgumentException if the distances are not square or not finite
     */
    public Pairing pair(INDArray distance) {
        if (distance.rank() != 2 || distance.size(0) != distance.size(1) || distance.length() == 0) {
            throw new IllegalArgumentException(
                    "distance " + Arrays.toString(distance.shape()) + ": expected a square matrix [batch, batch]");
        }
        int size = Math.toIntExact(distance.size(0));
        float[] w = distance.castTo(DataType.FLOAT).dup('c').data().asFloat();
        int[] targets = new int[size];
        if (size > 1) {
            walk(w, size, targets);
        }
        return Pairing.of(targets);
    }

    private static void walk(float[] w, int size, int[] targets) {
        boolean[] wasSource = new boolean[size];
        int first = rowOfLargest(w, size);
        int source = first;
        for (int step = 1; step < size; step++) {
            wasSource[source] = true;
            int target = farthest(w, size, source, wasSource);
            targets[source] = target;
            source = target;
        }
        targets[source] = first;
    }

    /** The first row, in row-major order, that holds the largest distance between two different images. */
    private static int rowOfLargest(float[] w, int size) {
        int row = 0;
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                float distance = w[i * size + j];
                if (!Float.isFinite(distance)) {
                    throw new IllegalArgumentException(
                            "distance: expected finite values, got " + distance + " at [" + i + ", " + j + "]");
                }
                if (i != j && distance > largest) {
                    largest = distance;
                    row = i;
                }
            }
        }
        return row;
    }

    private static int farthest(float[] w, int size, int source, boolean[] wasSource) {
        int farthest = -1;
        for (int j = 0; j < size; j++) {
            if (!wasSource[j] && (farthest < 0 || w[source * size + j] > w[source * size + farthest])) {
                farthest = j;
            }
        }
        return farthest;
    }
}
