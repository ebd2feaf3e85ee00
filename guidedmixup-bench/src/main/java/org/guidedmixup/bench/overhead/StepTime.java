package org.guidedmixup.bench.overhead;

/**
 * The time of one training step.
 *
 * @param milliseconds the whole step
 * @param mixing the part of it in which no training could go on: mixing the batch or, where batches are mixed ahead,
 *     waiting for the next one; milliseconds
 */
public record StepTime(double milliseconds, double mixing) {

    static StepTime ofNanos(long total, long mixing) {
        return new StepTime(total * 1e-6, mixing * 1e-6);
    }
}
