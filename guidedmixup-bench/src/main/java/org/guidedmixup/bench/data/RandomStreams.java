package org.guidedmixup.bench.data;

import java.util.SplittableRandom;

/** Independent generators from one seed: the same seed and path give the same numbers on every machine. */
public final class RandomStreams {
    private RandomStreams() {}

    /**
     * {@return a new generator}
     *
     * @param seed of everything
     * @param path what the numbers are for, such as an epoch, or a split, a class and an image
     */
    public static SplittableRandom of(long seed, long... path) {
        long state = scramble(seed);
        for (long step : path) {
            state = scramble(state + 0x9E3779B97F4A7C15L + step);
        }
        return new SplittableRandom(state);
    }

    /** Applies the finaliser of MurmurHash3: neighbouring seeds and steps end up far apart. */
    private static long scramble(long value) {
        long z = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }

    /** Shuffles by Fisher and Yates: every order is equally likely. Modified: {@code values}. */
    static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
