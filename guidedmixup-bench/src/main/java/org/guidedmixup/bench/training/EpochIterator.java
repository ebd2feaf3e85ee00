package org.guidedmixup.bench.training;

import java.util.Iterator;
import org.nd4j.linalg.dataset.DataSet;

/** The batches of one epoch after another: {@link #reset()} begins the next epoch. For one thread at a time. */
final class EpochIterator extends BatchIterator implements AutoCloseable {
    private static final long serialVersionUID = 1L;

    private final transient EpochSource source;
    private final boolean ahead;
    private int epoch;

    private transient Iterator<DataSet> batches; // null until one of the epoch is requested
    private transient BatchesAhead thread; // null if batches are not made ahead

    /**
     * Creates the iterator; makes no batch yet.
     *
     * @param source the batches
     * @param epoch the first epoch
     * @param ahead whether batches are made ahead on another thread
     */
    EpochIterator(EpochSource source, int epoch, boolean ahead) {
        this.source = source;
        this.epoch = epoch;
        this.ahead = ahead;
    }

    @Override
    public boolean hasNext() {
        return batches().hasNext();
    }

    @Override
    public DataSet next() {
        return batches().next();
    }

    private Iterator<DataSet> batches() {
        if (batches == null && ahead) {
            thread = new BatchesAhead(source.epoch(epoch));
            batches = thread;
        } else if (batches == null) {
            batches = source.epoch(epoch);
        }
        return batches;
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public void reset() {
        close();
        batches = null;
        epoch++;
    }

    /** Ends the other thread, if there is one. */
    @Override
    public void close() {
        if (thread != null) {
            thread.close();
            thread = null;
        }
    }
}
