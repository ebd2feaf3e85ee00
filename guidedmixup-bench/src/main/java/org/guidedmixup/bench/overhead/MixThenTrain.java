package org.guidedmixup.bench.overhead;

import java.time.Duration;
import java.util.function.Consumer;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.plan.MixedBatch;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Mixes and trains on the same thread, one after the other.
 *
 * @param name the name of its row
 * @param mixing what happens to the batch first
 * @param training trains on the result
 */
record MixThenTrain(String name, Mixing mixing, Consumer<DataSet> training) implements MeasuredStep {

    /** What happens to a batch before it is trained on. */
    @FunctionalInterface
    interface Mixing {
        /** Returns the batch to train on; the arrays of the given one are not modified. */
        DataSet mix(DataSet batch, int round);

        /** Returns the mixing by a mixer. */
        static Mixing by(BatchMixer mixer) {
            return (batch, round) -> {
                MixedBatch mixed = mixer.mix(batch.getFeatures(), batch.getLabels(), 0, round)
                        .mixed();
                return new DataSet(mixed.images(), mixed.labels());
            };
        }
    }

    @Override
    public StepTime run(DataSet batch, int round) {
        long start = System.nanoTime();
        DataSet mixed = mixing.mix(batch, round);
        long mixedAt = System.nanoTime();
        training.accept(mixed);
        return StepTime.ofNanos(System.nanoTime() - start, mixedAt - start);
    }

    @Override
    public void warmUp(DataSet batch, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (int iteration = 0; System.nanoTime() < end; iteration++) {
            mixing.mix(batch, iteration);
        }
    }
}
