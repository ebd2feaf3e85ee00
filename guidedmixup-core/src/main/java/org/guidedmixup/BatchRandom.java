package org.guidedmixup;

import java.util.SplittableRandom;

/** The randomness of a batch. */
final class BatchRandom {
    private BatchRandom() {}

    /**
     * A generator for one batch. Each of the three numbers goes through a mixing step of its own, so that neighbours share
     * nothing.
     *
     * @param seed any number
     * @param epoch from 0
     * @param batch from 0
     * @return a new generator, equal for equal numbers
     */
    static SplittableRandom of(long seed, int epoch, long batch) {
        long ofEpoch = new SplittableRandom(seed).nextLong() + epoch;
        long ofBatch = new SplittableRandom(ofEpoch).nextLong() + batch;
        return new SplittableRandom(new SplittableRandom(ofBatch).nextLong());
    }
}
