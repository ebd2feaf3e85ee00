package org.guidedmixup.pairing;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pairs images with distant salient regions, by one greedy walk through the whole batch.
 *
 * <p>The walk starts with the largest distance of all. Every partner becomes the next source and takes the farthest image that
 * has not been a source yet; the last partner closes the cycle. Ties go to the lowest index. Equal distances therefore give
 * equal pairings, and equal batches are mixed equally in every epoch, unless the {@link #builder} is set to draw the start of
 * the walk or partners among the farthest few.
 *
 * <p>O(M²) time, O(M) extra memory; k times that with partners among the k farthest. Returns a single cycle, so for M ≥ 2 no
 * image is paired with itself and for M ≥ 3 no pair is symmetric. Kang and Kim 2023, Algorithm 1, with the column of a source
 * closed after its turn.
 */
public final class GreedyPairing implements PairingStrategy {
    private static final long serialVersionUID = 1L;

    /** Whether the start of the walk is drawn. */
    private final boolean drawnStart;

    /** The number of farthest images among which a partner is drawn. */
    private final int farthest;

    /** Pairs by Algorithm 1. */
    public GreedyPairing() {
        this(builder());
    }

    private GreedyPairing(Builder builder) {
        drawnStart = builder.drawnStart;
        farthest = builder.farthest;
    }

    /**
     * Starts a builder with Algorithm 1: a walk from the largest distance, always to the farthest image.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Pairing pair(int size, Supplier<INDArray> distance, RandomGenerator random) {
        return pair(distance.get(), random);
    }

    @Override
    public boolean varies() {
        return drawnStart || farthest > 1;
    }

    /**
     * Pairs a batch by Algorithm 1.
     *
     * @param distance [M, M], finite. Not modified.
     * @return a single cycle through the batch
     * @throws IllegalArgumentException if the distances are not square or not finite
     * @throws IllegalStateException if this pairing is random
     */
    public Pairing pair(INDArray distance) {
        if (varies()) {
            throw new IllegalStateException("pairing: it is random; expected a call of pair(size, distance, random)");
        }
        return pair(distance, new SplittableRandom(0));
    }

    private Pairing pair(INDArray distance, RandomGenerator random) {
        DistanceMatrix w = new DistanceMatrix(distance);
        int[] partners = new int[w.size()];
        if (w.size() > 1) {
            walk(w, partners, random);
        }
        return Pairing.of(partners);
    }

    private void walk(DistanceMatrix w, int[] partners, RandomGenerator random) {
        boolean[] wasSource = new boolean[w.size()];
        int first = drawnStart ? random.nextInt(w.size()) : rowOfLargest(w);
        int source = first;
        for (int step = 1; step < w.size(); step++) {
            wasSource[source] = true;
            int partner = farthest == 1
                    ? farthest(w, source, wasSource)
                    : oneOfTheFarthest(w, source, wasSource, w.size() - step, random);
            partners[source] = partner;
            source = partner;
        }
        partners[source] = first;
    }

    /** Returns the first row, in row-major order, that holds the largest distance between two different images. */
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

    /** Draws one of the k farthest images uniformly, or one of all if fewer are left. */
    private int oneOfTheFarthest(DistanceMatrix w, int source, boolean[] wasSource, int left, RandomGenerator random) {
        int[] best = new int[Math.min(farthest, left)];
        int count = 0;
        for (int j = 0; j < w.size(); j++) {
            boolean full = count == best.length;
            if (wasSource[j] || (full && w.between(source, j) <= w.between(source, best[count - 1]))) {
                continue;
            }
            int place = full ? count - 1 : count++;
            for (; place > 0 && w.between(source, j) > w.between(source, best[place - 1]); place--) {
                best[place] = best[place - 1];
            }
            best[place] = j;
        }
        return best[random.nextInt(count)];
    }

    /** The builder of {@link GreedyPairing}. What it draws comes from the generator of the batch. */
    public static final class Builder {
        private boolean drawnStart;
        private int farthest = 1;

        private Builder() {}

        /**
         * Starts the walk at an image drawn uniformly, instead of at the largest distance.
         *
         * @return this builder
         */
        public Builder drawnStart() {
            drawnStart = true;
            return this;
        }

        /**
         * Draws each partner uniformly among the k farthest images that have not been a source yet; default 1, the farthest.
         *
         * @param k at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder farthest(int k) {
            if (k < 1) {
                throw new IllegalArgumentException("farthest: expected at least 1, got " + k);
            }
            farthest = k;
            return this;
        }

        /**
         * Makes the pairing.
         *
         * @return the pairing
         */
        public GreedyPairing build() {
            return new GreedyPairing(this);
        }
    }
}
