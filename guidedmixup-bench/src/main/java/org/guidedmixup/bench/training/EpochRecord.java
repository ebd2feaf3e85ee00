package org.guidedmixup.bench.training;

import java.util.Optional;

/**
 * The result of one epoch.
 *
 * @param epoch     from 0
 * @param trainLoss mean loss of its training images, each at the step that trained on it
 * @param accuracy  accuracy on the test images after the epoch, if evaluated
 * @param seconds   wall-clock time of its training: batches, transform and steps, without evaluation and checkpoint
 */
public record EpochRecord(int epoch, double trainLoss, Optional<Accuracy> accuracy, double seconds) {
    /**
     * Returns whether the training diverged in this epoch or before it.
     *
     * @return true if the loss, or a score of the evaluation, is not a number
     */
    public boolean diverged() {
        return lostItsLoss()
                || accuracy.filter(measured -> measured.undefined() > 0).isPresent();
    }

    /** Returns whether the parameters are beyond repair. */
    boolean lostItsLoss() {
        return !Double.isFinite(trainLoss);
    }
}
