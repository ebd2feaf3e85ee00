package org.guidedmixup.bench.overhead;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.guidedmixup.bench.training.BatchIterator;
import org.nd4j.linalg.dataset.DataSet;

/** Batches that one thread hands over and another reads; the reader waits if there are none yet. Cannot be reset. */
final class HandedOverBatches extends BatchIterator {
    private static final long serialVersionUID = 1L;

    /** Empty at the end. */
    private final transient BlockingQueue<Optional<DataSet>> queue = new LinkedBlockingQueue<>();

    private transient Optional<DataSet> waiting; // null if the next one has not been taken

    void handOver(DataSet batch) {
        queue.add(Optional.of(batch));
    }

    /** Marks the end: no batches come after those handed over. */
    void end() {
        queue.add(Optional.empty());
    }

    @Override
    public boolean hasNext() {
        if (waiting == null) {
            waiting = takeOrEnd();
        }
        return waiting.isPresent();
    }

    private Optional<DataSet> takeOrEnd() {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public DataSet next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no batch left, all were handed over");
        }
        DataSet batch = waiting.orElseThrow();
        waiting = null;
        return batch;
    }

    @Override
    public boolean resetSupported() {
        return false;
    }

    @Override
    public void reset() {
        throw new UnsupportedOperationException("reset: batches that are handed over come only once");
    }
}
