package org.guidedmixup.bench.overhead;

import java.util.function.Consumer;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Trains on the previous batch while the next one is mixed on the reading thread of an {@link AsyncDataSetIterator}, as
 * {@code fit} does. Exactly one batch is mixed per step, so steps of other methods neither pay for it nor give it time.
 * A step is over when its training is done and the next batch is ready.
 */
final class MixAhead implements MeasuredStep {
    private final String name;
    private final Consumer<DataSet> training;
    private final HandedOverBatches source = new HandedOverBatches();
    private final AsyncDataSetIterator mixed;
    private DataSet next; // null before the first step

    /**
     * Starts the reading thread.
     *
     * @param name the name of the row
     * @param mixer one that may run beside training
     * @param training trains on a mixed batch
     */
    MixAhead(String name, BatchMixer mixer, Consumer<DataSet> training) {
        this.name = name;
        this.training = training;
        mixed = new AsyncDataSetIterator(new MixupDataSetIterator(source, mixer));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public StepTime run(DataSet batch, int round) {
        if (next == null) {
            source.handOver(batch);
            next = take();
        }
        long start = System.nanoTime();
        source.handOver(batch);
        training.accept(next);
        long trainedAt = System.nanoTime();
        next = take();
        long end = System.nanoTime();
        return StepTime.ofNanos(end - start, end - trainedAt);
    }

    private DataSet take() {
        if (!mixed.hasNext()) {
            throw new IllegalStateException("the reading thread ended early");
        }
        return mixed.next();
    }

    /** Ends the reading thread. */
    @Override
    public void close() {
        source.end();
        mixed.shutdown();
    }
}
