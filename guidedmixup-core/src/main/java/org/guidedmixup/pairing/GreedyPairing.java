package org.guidedmixup.pairing;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pairs images whose salient regions lie far apart, by one greedy walk through the whole batch.
 *
 * <p>The walk starts with the largest distance of all. Every partner becomes the next source and takes the farthest image
 * that has not been a source yet; the last partner closes the cycle. Ties go to the lowest index.
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
        DistanceMatrix w = new DistanceMatrix(distance);
        int[] partners = new int[w.size()];
        if (w.size() > 1) {
            walk(w, partners);
        }
        return Pairing.of(partners);
    }

    private static void walk(DistanceMatrix w, int[] partners) {
        boolean[] wasSource = new boolean[w.size()];
        int first = rowOfLargest(w);
        int source = first;
        for (int step = 1; step < w.size(); step++) {
            wasSource[source] = true;
            int partner = farthest(w, source, wasSource);
            partners[source] = partner;
            source = partner;
        }
        partners[source] = first;
    }

    /** The first row, in row-major order, that holds the largest distance between two different images. */
    private static int rowOfLargest(DistanceMatrix w) {
        int row = 0;
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < w.size(); i++) {
            for (int j = 0; j < w.size(); j++) {
                if (i != j && w.between(i, j) > largest) {
                    largest = w.between(i, j);
                    row = i;
                }
            }
        }
        return row;
    }

    private static int farthest(DistanceMatrix w, int source, boolean[] wasSource) {
        int farthest = -1;
        for (int j = 0; j < w.size(); j++) {
            if (!wasSource[j] && (farthest < 0 || w.between(source, j) > w.between(source, farthest))) {
                farthest = j;
            }
        }
        return farthest;
    }
}
