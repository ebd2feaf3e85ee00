package org.guidedmixup.method.augmix;

import java.util.random.RandomGenerator;

/**
 * The operations that AugMix chains, none of which is among the corruptions of CIFAR-C and ImageNet-C. The strength of an
 * operation depends on a level between 0.1 and the severity; the amounts are those of the released code.
 */
public enum AugMixOperation {
    /** Stretches the levels of every channel. */
    AUTOCONTRAST {
        @Override
        PlaneOperation with(double amount, int height, int width) {
            return ToneCurve.AUTOCONTRAST;
        }
    },
    /** Equalises the histogram of every channel. */
    EQUALIZE {
        @Override
        PlaneOperation with(double amount, int height, int width) {
            return ToneCurve.EQUALIZE;
        }
    },
    /** Keeps this number of bits. */
    POSTERIZE {
        @Override
        double draw(double severity, int height, int width, RandomGenerator random) {
            return 4 - (int) (level(severity, random) * 4 / MOST);
        }

        @Override
        PlaneOperation with(double amount, int height, int width) {
            return ToneCurve.posterize((int) amount);
        }
    },
    /** Rotates by this number of degrees counter-clockwise. */
    ROTATE {
        @Override
        double draw(double severity, int height, int width, RandomGenerator random) {
            return eitherWay((int) (level(severity, random) * 30 / MOST), random);
        }

        @Override
        PlaneOperation with(double amount, int height, int width) {
            return AffineMap.rotation(amount, height, width);
        }
    },
    /** Inverts all levels at or above this one. */
    SOLARIZE {
        @Override
        double draw(double severity, int height, int width, RandomGenerator random) {
            return 256 - (int) (level(severity, random) * 256 / MOST);
        }

        @Override
        PlaneOperation with(double amount, int height, int width) {
            return ToneCurve.solarize((int) amount);
        }
    },
    /** Shifts every row this many pixels further to the left than the row above. */
    SHEAR_X {
        @Override
        double draw(double severity, int height, int width, RandomGenerator random) {
            return eitherWay(level(severity, random) * 0.3 / MOST, random);
        }

        @Override
        PlaneOperation with(double amount, int height, int width) {
            return AffineMap.shearX(amount);
        }
    },
    /** Shifts every column this many pixels further up than the column to its left. */
    SHEAR_Y {
        @Override
        double draw(double severity, int height, int width, RandomGenerator random) {
            return eitherWay(level(severity, random) * 0.3 / MOST, random);
        }

        @Override
        PlaneOperation with(double amount, int height, int width) {
            return AffineMap.shearY(amount);
        }
    },
    /** Moves the image this many pixels to the left. */
    TRANSLATE_X {
        @Override
        double draw(double severity, int height, int width, RandomGenerator random) {
            return eitherWay((int) (level(severity, random) * (width / 3.0) / MOST), random);
        }

        @Override
        PlaneOperation with(double amount, int height, int width) {
            return AffineMap.translation(amount, 0);
        }
    },
    /** Moves the image this many pixels up. */
    TRANSLATE_Y {
        @Override
        double draw(double severity, int height, int width, RandomGenerator random) {
            return eitherWay((int) (level(severity, random) * (height / 3.0) / MOST), random);
        }

        @Override
        PlaneOperation with(double amount, int height, int width) {
            return AffineMap.translation(0, amount);
        }
    };

    /** The highest severity; amounts are proportional to level / MOST. */
    static final double MOST = 10;

    private static final double LOWEST_LEVEL = 0.1;

    /** Draws the strength of the operation, in its own unit; 0 if it has none. */
    double draw(double severity, int height, int width, RandomGenerator random) {
        return 0;
    }

    /** Returns the operation with this amount. */
    abstract PlaneOperation with(double amount, int height, int width);

    private static double level(double severity, RandomGenerator random) {
        return random.nextDouble(LOWEST_LEVEL, severity);
    }

    private static double eitherWay(double amount, RandomGenerator random) {
        return random.nextBoolean() ? amount : -amount;
    }
}
