package org.guidedmixup.bench.overhead;

import java.util.Locale;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Where the middle half of a measurement's values lies: neither a slow first run nor a disturbed one moves it much.
 *
 * @param lower a quarter of the values is below
 * @param median half of the values are below
 * @param upper a quarter of the values is above
 */
public record Quartiles(double lower, double median, double upper) {

    /**
     * Computes the quartiles of values, interpolated where they fall between two.
     *
     * @param values the measurements, at least one. Not modified.
     * @return the quartiles
     */
    public static Quartiles of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values: expected at least one");
        }
        return new Quartiles(
                StatUtils.percentile(values, 25), StatUtils.percentile(values, 50), StatUtils.percentile(values, 75));
    }

    /** Formats the median. */
    String medianText() {
        return text(median);
    }

    /** Formats the middle half. */
    String rangeText() {
        return text(lower) + " to " + text(upper);
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
