package org.guidedmixup.bench.training;

/** Told how a training goes, on the training thread. Every method does nothing unless overridden. */
public interface ProgressListener {

    /** A listener that does nothing. */
    ProgressListener SILENT = new ProgressListener() {};

    /**
     * A step is done.
     *
     * @param epoch from 0
     * @param step  from 0 within the epoch
     * @param steps steps of an epoch
     * @param loss  mean loss of the batch
     */
    default void stepDone(int epoch, int step, int steps, double loss) {}

    /**
     * An epoch is done, evaluated where it was to be, and in the checkpoint.
     *
     * @param epochRecord what it did
     * @param epochs number of epochs
     */
    default void epochDone(EpochRecord epochRecord, int epochs) {}
}
