package org.guidedmixup.dl4j;

import java.io.Serializable;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * The very first batch of a source, read before it is asked for so that it can be checked on the thread that starts
 * training. Deeplearning4j's asynchronous iterators drop an exception of their reading thread when the training thread
 * already waits for its batch.
 *
 * @param <D> DataSet or MultiDataSet
 */
final class FirstBatch<D> implements Serializable {
    private static final long serialVersionUID = 1L;

    private D waiting;
    private boolean passed;

    /** Reads and checks the batch if no batch has been read yet. A batch that fails is checked again the next time. */
    void readAndCheck(Iterator<? extends D> source, Consumer<D> check) {
        if (passed || (waiting == null && !source.hasNext())) {
            return;
        }
        if (waiting == null) {
            waiting = source.next();
        }
        check.accept(waiting);
        passed = true;
    }

    boolean isWaiting() {
        return waiting != null;
    }

    /** The batch that waits, or else the source's next. */
    D takeOr(Iterator<? extends D> source) {
        passed = true;
        D batch = waiting == null ? source.next() : waiting;
        waiting = null;
        return batch;
    }

    /** Gives up the early reading, for good. Returns whether a batch had been taken from the source. */
    boolean skip() {
        boolean taken = waiting != null;
        passed = true;
        waiting = null;
        return taken;
    }

    /** Forgets the batch because the source begins again. */
    void discard() {
        waiting = null;
    }
}
