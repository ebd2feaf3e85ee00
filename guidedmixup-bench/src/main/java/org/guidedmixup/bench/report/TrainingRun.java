package org.guidedmixup.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;
import org.guidedmixup.bench.training.Accuracy;
import org.guidedmixup.bench.training.EpochRecord;

/**
 * One training from the first epoch to the last.
 *
 * @param method the name of the mixup method
 * @param seed the seed of the run
 * @param history every epoch, in order; may be empty
 */
public record TrainingRun(String method, long seed, List<EpochRecord> history) {

    /**
     * Copies the history.
     *
     * @throws IllegalArgumentException if the method has no name
     */
    public TrainingRun {
        if (method.isBlank()) {
            throw new IllegalArgumentException("method: expected a name");
        }
        history = List.copyOf(history);
    }

    /**
     * Returns the epoch in which the training diverged.
     *
     * @return from 1; empty if losses and scores are numbers
     */
    public OptionalInt divergedIn() {
        return history.stream()
                .filter(EpochRecord::diverged)
                .mapToInt(epoch -> epoch.epoch() + 1)
                .findFirst();
    }

    /**
     * Describes a training that diverged.
     *
     * @return such as {@code vanilla, seed 1, in epoch 3}; empty if it did not
     */
    public Optional<String> divergence() {
        return divergedIn().stream()
                .mapToObj(epoch -> method + ", seed " + seed + ", in epoch " + epoch)
                .findFirst();
    }

    /**
     * Returns the share of test images whose class came first when they were last evaluated.
     *
     * @return 0 to 1; NaN if they never were, or if the training diverged
     */
    public double top1() {
        return lastAccuracy(Accuracy::top1);
    }

    /**
     * Returns the share of test images whose class was among the first five when they were last evaluated.
     *
     * @return 0 to 1; NaN if they never were, or if the training diverged
     */
    public double top5() {
        return lastAccuracy(Accuracy::top5);
    }

    /**
     * Returns the time of an epoch: the median, so that neither the first epoch, in which the JVM compiles, nor a busy
     * minute of the machine matters.
     *
     * @return seconds of training without evaluation; NaN without epochs
     */
    public double secondsPerEpoch() {
        return StatUtils.percentile(
                history.stream().mapToDouble(EpochRecord::seconds).toArray(), 50);
    }

    private double lastAccuracy(ToDoubleFunction<Accuracy> share) {
        if (divergedIn().isPresent()) {
            return Double.NaN;
        }
        return history.stream()
                .map(EpochRecord::accuracy)
                .flatMap(Optional::stream)
                .reduce((earlier, later) -> later)
                .map(accuracy -> share.applyAsDouble(accuracy))
                .orElse(Double.NaN);
    }
}
