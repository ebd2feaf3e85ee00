package org.guidedmixup.testing;

import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;

/** Numerical derivatives, for tests of gradients. */
public final class CentralDifference {
    private CentralDifference() {}

    /**
     * Computes the slope of {@code function} in one of its inputs, which is moved up and down by {@code step} and then
     * restored.
     *
     * @param input sets the input
     * @param at the input's value
     */
    public static double slope(DoubleConsumer input, double at, double step, DoubleSupplier function) {
        input.accept(at + step);
        double above = function.getAsDouble();
        input.accept(at - step);
        double below = function.getAsDouble();
        input.accept(at);
        return (above - below) / (2 * step);
    }
}
