package org.guidedmixup.bench.report;

import java.util.List;

/**
 * One training from the first epoch to the last.
 *
 * @param method the name of the mixup method
 * @param seed the seed of the run
 * @param history every epoch, in order; may be empty
 * @param top1 the share of test images whose class came first at the end, 0 to 1
 * @param top5 the share of test images whose class was among the first five at the end, 0 to 1
 * @param secondsPerEpoch the time of a training epoch without evaluation
 */
public record TrainingRun(
        String method, long seed, List<Epoch> history, double top1, double top5, double secondsPerEpoch) {

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
     * One epoch.
     *
     * @param epoch from 1
     * @param trainLoss the mean loss of its batches
     * @param testTop1 the share of test images whose class came first after it, 0 to 1; NaN where it was not measured
     * @param seconds the time of its training, without evaluation
     */
    public record Epoch(int epoch, double trainLoss, double testTop1, double seconds) {}
}
