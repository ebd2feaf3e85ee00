package org.guidedmixup.bench.overhead;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The measured steps of one method.
 *
 * @param method the name of the method, with {@code (async)} where batches are mixed ahead
 * @param steps  one per round, at least one
 */
public record MethodTimes(String method, List<StepTime> steps) {

    /** Copies the steps. */
    public MethodTimes {
        steps = List.copyOf(steps);
    }

    /** Returns the whole steps, milliseconds. */
    public Quartiles step() {
        return Quartiles.of(values(StepTime::milliseconds));
    }

    /** Returns the part of the steps in which the batch was mixed or waited for, milliseconds. */
    public Quartiles mixing() {
        return Quartiles.of(values(StepTime::mixing));
    }

    /**
     * Returns the extra time over another method: for every round the difference of its two steps, in per cent of the
     * other's median step. A machine that gets slower from round to round changes both steps of a difference.
     *
     * @param vanilla the other method, measured in the same rounds
     * @return per cent
     */
    public Quartiles overheadPercent(MethodTimes vanilla) {
        if (vanilla.steps.size() != steps.size()) {
            throw new IllegalArgumentException(
                    "vanilla: expected " + steps.size() + " steps as in " + method + ", got " + vanilla.steps.size());
        }
        double base = vanilla.step().median();
        double[] own = values(StepTime::milliseconds);
        double[] others = vanilla.values(StepTime::milliseconds);
        double[] percent = new double[own.length];
        for (int round = 0; round < own.length; round++) {
            percent[round] = 100 * (own[round] - others[round]) / base;
        }
        return Quartiles.of(percent);
    }

    /**
     * Returns the difference of the median steps in per cent of the other's: what {@link #overheadPercent} would be if
     * steps were not paired.
     *
     * @param vanilla the other method
     * @return per cent
     */
    public double overheadOfMediansPercent(MethodTimes vanilla) {
        double base = vanilla.step().median();
        return 100 * (step().median() - base) / base;
    }

    /**
     * Returns the median {@link #mixing} in per cent of the other's median step. Timed separately, it distinguishes
     * methods that cost less than steps vary. It does not include what mixing does to the training beside or after it.
     *
     * @param vanilla the other method
     * @return per cent
     */
    public double mixingPercent(MethodTimes vanilla) {
        return 100 * mixing().median() / vanilla.step().median();
    }

    private double[] values(ToDoubleFunction<StepTime> value) {
        return steps.stream().mapToDouble(value).toArray();
    }
}
