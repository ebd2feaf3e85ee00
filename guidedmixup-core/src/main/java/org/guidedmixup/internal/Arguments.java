package org.guidedmixup.internal;

/** Checks of numbers that users pass to builders. Each check returns the number it was given. */
public final class Arguments {
    private Arguments() {}

    /**
     * Checks a whole number.
     *
     * @param name of the argument
     * @param least the smallest value allowed
     * @param value its value
     * @return the value
     * @throws IllegalArgumentException if it is below {@code least}
     */
    public static int atLeast(String name, int least, int value) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": expected at least " + least + ", got " + value);
        }
        return value;
    }

    /**
     * Checks a number that must be finite and not negative.
     *
     * @param name of the argument
     * @param value its value
     * @return the value
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public static double atLeastZero(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + ": expected a finite number of at least 0, got " + value);
        }
        return value;
    }

    /**
     * Checks a share or probability.
     *
     * @param name of the argument
     * @param value its value
     * @return the value
     * @throws IllegalArgumentException if it is outside [0, 1]
     */
    public static double unitInterval(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + ": expected a number from 0 to 1, got " + value);
        }
        return value;
    }
}
