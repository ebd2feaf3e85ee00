package org.guidedmixup.dl4j;

import java.io.Serializable;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Carries exceptions from a {@link ReadingThread} to the thread that trains. On any other thread exceptions propagate as usual.
 *
 * <p>A training run that ends with an exception leaves its reading thread alive. Once the source is reset for the next run,
 * that thread gets no more batches, because it would take them away from that run.
 */
final class ReadAhead implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A failure that could not be handed over because ND4J's reading threads have changed. */
    private RuntimeException waiting;

    /** The last thread that read ahead. */
    private transient volatile Thread reader;

    /** The thread that must read no further: it handed over a failure, or read before the source was reset. */
    private transient volatile Thread retired;

    /** Returns whether there is a batch, or a failure to hand over. */
    boolean hasNext(BooleanSupplier source) {
        if (!ReadingThread.isCurrent()) {
            return source.getAsBoolean();
        }
        reader = Thread.currentThread();
        if (Thread.currentThread() == retired) {
            return false;
        }
        try {
            return source.getAsBoolean();
        } catch (RuntimeException | Error e) {
            waiting = ReadingThread.handOver(e);
            return true;
        }
    }

    /** Returns the next batch, or in its place {@code stand} applied to the failure. */
    <D> D next(Supplier<? extends D> source, Function<RuntimeException, ? extends D> stand) {
        if (!ReadingThread.isCurrent()) {
            return source.get();
        }
        if (Thread.currentThread() == retired) {
            throw ReadingThread.end();
        }
        if (waiting == null) {
            try {
                return source.get();
            } catch (RuntimeException | Error e) {
                waiting = ReadingThread.handOver(e);
            }
        }
        RuntimeException failure = waiting;
        waiting = null;
        retired = Thread.currentThread();
        return stand.apply(failure);
    }

    /**
     * Resets the source and drops a waiting failure. Retires the last reading thread, unless the caller is a reading thread.
     */
    void reset(Runnable source) {
        ReadingThread.run(source);
        waiting = null;
        if (!ReadingThread.isCurrent()) {
            retired = reader;
        }
    }
}
