package org.guidedmixup.bench.training;

/**
 * A listener for the progress of a training, called on the training thread. Every method does nothing unless
 * overridden.
 */
public interface ProgressListener {

    /** A listener that does nothing. */
    ProgressListener SILENT = new ProgressListener() {};

    /**
     * Called after a step.
     *
     * @param epoch from 0
     * @param step  from 0 within the epoch
     * @param steps steps of an epoch
     * @param loss  mean loss of the batch
     */
    default void stepDone(int epoch, int step, int steps, double loss) {}

    /**
     * Called after an epoch, when it is evaluated, if due, and in the checkpoint.
     *
     * @param epochRecord the epoch's result
     * @param epochs number of epochs
     */
    default void epochDone(EpochRecord epochRecord, int epochs) {}
}
