package org.guidedmixup.bench.training;

import org.nd4j.linalg.schedule.ISchedule;

/**
 * One-cycle learning rates (Smith and Topin 2018) as PyTorch's {@code OneCycleLR} anneals them: a half cosine from
 * {@code maximum / 25} up to the maximum over the first 30 % of the steps, and one down to {@code maximum / 25e4} over
 * the rest. Momentum is not cycled. ND4J's {@code CycleSchedule} differs: it rises and falls in straight lines.
 *
 * @param maximum the highest rate, above 0
 * @param steps   steps of the whole training, at least 1
 */
public record OneCycleSchedule(double maximum, long steps) implements ISchedule {

    private static final double RISING = 0.3;
    private static final double INITIAL_DIVISOR = 25;
    private static final double FINAL_DIVISOR = 1e4;

    /** Checks the values. */
    public OneCycleSchedule {
        if (!(maximum > 0) || steps < 1) {
            throw new IllegalArgumentException(
                    "maximum, steps: expected both above 0, got " + maximum + " and " + steps);
        }
    }

    /**
     * Returns the rate of a step; steps after the last keep its rate.
     *
     * @param step from 0, over all epochs
     * @param epoch not used
     */
    @Override
    public double valueAt(int step, int epoch) {
        double initial = maximum / INITIAL_DIVISOR;
        double peak = RISING * steps - 1;
        double last = steps - 1.0;
        double position = Math.min(step, last);
        if (position <= peak) {
            return anneal(initial, maximum, peak == 0 ? 1 : position / peak);
        }
        return anneal(maximum, initial / FINAL_DIVISOR, (position - peak) / (last - peak));
    }

    /** Returns this schedule, which does not change. */
    @Override
    @SuppressWarnings("MissingSuperCall") // a record has nothing to copy
    public ISchedule clone() {
        return this;
    }

    private static double anneal(double start, double end, double fraction) {
        return end + (start - end) / 2 * (1 + Math.cos(Math.PI * fraction));
    }
}
