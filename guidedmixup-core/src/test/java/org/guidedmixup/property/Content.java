package org.guidedmixup.property;

import java.util.SplittableRandom;

/** The kinds of pixel values of an image. */
enum Content {
    NOISE,
    BLACK,
    CONSTANT,
    /** Values between 0 and 1.4e-44, which single precision stores in one or two bits. */
    DENORMAL,
    /** Values that single precision can store but whose squares overflow. */
    HUGE,
    NAN,
    INFINITE,
    /** The pixels of the image before it. */
    SAME_AS_BEFORE;

    /** Fills one image. */
    void fill(double[] values, int from, int count, boolean integer, SplittableRandom random) {
        double constant = random.nextInt(128);
        for (int i = from; i < from + count; i++) {
            double noise = integer ? random.nextInt(128) : random.nextDouble() * 2 - 0.5;
            values[i] = switch (this) {
                case NOISE -> noise;
                case BLACK -> 0;
                case CONSTANT -> constant;
                case DENORMAL -> integer ? 1 : random.nextDouble() * 1.4e-44;
                case HUGE -> integer ? 127 : (random.nextDouble() - 0.5) * 6e38;
                case NAN -> integer || random.nextInt(4) > 0 ? noise : Double.NaN;
                case INFINITE -> integer || random.nextInt(4) > 0 ? noise : infinity(random);
                case SAME_AS_BEFORE -> from < count ? noise : values[i - count];
            };
        }
    }

    private static double infinity(SplittableRandom random) {
        return random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
}
