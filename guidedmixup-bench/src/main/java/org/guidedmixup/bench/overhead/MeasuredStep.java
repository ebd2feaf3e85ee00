package org.guidedmixup.bench.overhead;

import java.time.Duration;
import org.nd4j.linalg.dataset.DataSet;

/** A training step that is timed, with the mixing of one method. */
interface MeasuredStep extends AutoCloseable {

    /** Returns the name of its row. */
    String name();

    /**
     * Mixes a batch and trains.
     *
     * @param batch features [N, C, H, W] and labels [N, K], not modified
     * @param round from 0, one more every time; random numbers depend on it
     * @return the time it took
     */
    StepTime run(DataSet batch, int round);

    /**
     * Mixes a batch again and again without training.
     *
     * @param batch as in {@link #run}
     * @param time for how long
     */
    default void warmUp(DataSet batch, Duration time) {}

    @Override
    default void close() {}
}
