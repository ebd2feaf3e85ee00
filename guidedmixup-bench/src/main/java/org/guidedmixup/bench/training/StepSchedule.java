package org.guidedmixup.bench.training;

import java.util.List;

/**
 * A learning rate that falls to a tenth at given steps.
 *
 * @param initial the rate before the first of them, above 0
 * @param falls   the first steps with a lower rate, rising
 */
public record StepSchedule(double initial, List<Long> falls) implements LearningRate {

    private static final double FACTOR = 0.1;

    /** Checks the values. */
    public StepSchedule {
        falls = List.copyOf(falls);
        if (!(initial > 0)) {
            throw new IllegalArgumentException("learning rate " + initial + " must be above 0");
        }
        for (int i = 1; i < falls.size(); i++) {
            if (falls.get(i) <= falls.get(i - 1)) {
                throw new IllegalArgumentException("the rate falls at " + falls + ", expected rising steps");
            }
        }
    }

    @Override
    public double at(long step) {
        long passed = falls.stream().filter(fall -> fall <= step).count();
        return initial * Math.pow(FACTOR, (double) passed);
    }
}
