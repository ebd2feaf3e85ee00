package org.guidedmixup.bench.report;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The mean of a measurement over seeds and how far the seeds lie apart.
 *
 * @param mean the mean; NaN without values
 * @param sd the sample standard deviation (n − 1); NaN with fewer than two values
 * @param count the number of values
 */
public record Spread(double mean, double sd, int count) {

    /**
     * Measures the spread.
     *
     * @param values the measurements; those that are not finite are left out. Not modified.
     * @return mean and standard deviation of the others
     */
    public static Spread of(double... values) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        double sd = finite.length < 2 ? Double.NaN : Math.sqrt(StatUtils.variance(finite));
        return new Spread(finite.length == 0 ? Double.NaN : StatUtils.mean(finite), sd, finite.length);
    }

    /**
     * Formats the spread.
     *
     * @param decimals the number of digits after the point
     * @return for example {@code 63.99 ± 0.21}; without ± for one value, a dash for none
     */
    public String text(int decimals) {
        if (count == 0) {
            return "–";
        }
        String format = "%." + decimals + "f";
        return String.format(Locale.ROOT, format, mean)
                + (count < 2 ? "" : " ± " + String.format(Locale.ROOT, format, sd));
    }
}
