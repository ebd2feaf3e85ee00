package org.guidedmixup.bench.training;

import java.util.List;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * The settings of a training. {@link #of} has the defaults; the with-methods change the rest.
 *
 * @param epochs        number of epochs, at least 1
 * @param stepsPerEpoch batches of every epoch, at least 1
 * @param learningRate  the highest rate
 * @param rateFalls     epochs at which the rate falls to a tenth; empty for the one-cycle schedule
 * @param momentum      of {@link NesterovSgd}
 * @param weightDecay   of {@link NesterovSgd}
 * @param evaluateEvery evaluate after every this many epochs and after the last; 0 for only after the last
 */
public record TrainerSettings(
        int epochs,
        int stepsPerEpoch,
        double learningRate,
        List<Integer> rateFalls,
        double momentum,
        double weightDecay,
        int evaluateEvery) {

    private static final double RATE_FALL = 0.1;

    /** Checks the numbers. */
    public TrainerSettings {
        rateFalls = List.copyOf(rateFalls);
        if (epochs < 1 || stepsPerEpoch < 1 || evaluateEvery < 0) {
            throw new IllegalArgumentException(
                    "epochs, stepsPerEpoch, evaluateEvery: expected at least 1, 1 and 0, got " + epochs + ", "
                            + stepsPerEpoch + " and " + evaluateEvery);
        }
        if (!(learningRate > 0)) {
            throw new IllegalArgumentException("learningRate: expected above 0, got " + learningRate);
        }
        int before = 0;
        for (int fall : rateFalls) {
            if (fall <= before) {
                throw new IllegalArgumentException("rateFalls: expected ascending epochs from 1 on, got " + rateFalls);
            }
            before = fall;
        }
    }

    /**
     * Returns settings with highest rate 0.1, momentum 0.9, weight decay 5e-4 and evaluation after the last epoch.
     *
     * @param epochs        number of epochs
     * @param stepsPerEpoch batches of every epoch
     * @return the settings
     */
    public static TrainerSettings of(int epochs, int stepsPerEpoch) {
        return new TrainerSettings(epochs, stepsPerEpoch, 0.1, List.of(), 0.9, 5e-4, 0);
    }

    /** Returns the same with another highest learning rate. */
    public TrainerSettings withLearningRate(double value) {
        return new TrainerSettings(epochs, stepsPerEpoch, value, rateFalls, momentum, weightDecay, evaluateEvery);
    }

    /** Returns the same with another weight decay. */
    public TrainerSettings withWeightDecay(double value) {
        return new TrainerSettings(epochs, stepsPerEpoch, learningRate, rateFalls, momentum, value, evaluateEvery);
    }

    /** Returns the same with evaluation after every this many epochs. */
    public TrainerSettings withEvaluateEvery(int value) {
        return new TrainerSettings(epochs, stepsPerEpoch, learningRate, rateFalls, momentum, weightDecay, value);
    }

    /** Returns the same with a rate that falls to a tenth at the beginning of these epochs. */
    public TrainerSettings withRateFalls(List<Integer> value) {
        return new TrainerSettings(epochs, stepsPerEpoch, learningRate, value, momentum, weightDecay, evaluateEvery);
    }

    /** Returns the rate by step, counted over all epochs, and epoch. */
    ISchedule schedule() {
        if (rateFalls.isEmpty()) {
            return new OneCycleSchedule(learningRate, (long) epochs * stepsPerEpoch);
        }
        MapSchedule.Builder steps = new MapSchedule.Builder(ScheduleType.EPOCH).add(0, learningRate);
        for (int i = 0; i < rateFalls.size(); i++) {
            steps.add(rateFalls.get(i), learningRate * Math.pow(RATE_FALL, i + 1));
        }
        return steps.build();
    }

    boolean evaluatesAfter(int epoch) {
        boolean last = epoch == epochs - 1;
        return last || (evaluateEvery > 0 && (epoch + 1) % evaluateEvery == 0);
    }
}
