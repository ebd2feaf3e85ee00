package org.guidedmixup;

import java.util.SplittableRandom;

/** The randomness of a batch. */
final class BatchRandom {
    private BatchRandom() {}

    /**
     * Returns a generator for one batch. Each of the three numbers is scrambled separately, so that neighbouring batches have
     * unrelated generators.
     *
     * @param seed any number
     * @param epoch from 0
     * @param batch from 0
     * @return a new generator; equal arguments give equal generators
     */
    static SplittableRandom of(long seed, int epoch, long batch) {
        long ofEpoch = new SplittableRandom(seed).nextLong() + epoch;
        long ofBatch = new SplittableRandom(ofEpoch).nextLong() + batch;
        return new SplittableRandom(new SplittableRandom(ofBatch).nextLong());
    }
}
