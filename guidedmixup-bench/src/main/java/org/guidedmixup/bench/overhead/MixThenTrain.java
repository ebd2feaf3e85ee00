package org.guidedmixup.bench.overhead;

import java.time.Duration;
import java.util.function.Consumer;
import org.guidedmixup.bench.training.BatchTransform;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Mixes and trains on the same thread, one after the other.
 *
 * @param name the name of its row
 * @param mixing what happens to the batch first
 * @param training trains on what comes of it
 */
record MixThenTrain(String name, BatchTransform mixing, Consumer<DataSet> training) implements MeasuredStep {

    @Override
    public StepTime run(DataSet batch, int round) {
        long start = System.nanoTime();
        DataSet mixed = mixing.apply(batch, 0, round);
        long mixedAt = System.nanoTime();
        training.accept(mixed);
        return StepTime.ofNanos(System.nanoTime() - start, mixedAt - start);
    }

    @Override
    public void warmUp(DataSet batch, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (int iteration = 0; System.nanoTime() < end; iteration++) {
            mixing.apply(batch, 0, iteration);
        }
    }
}
