package org.guidedmixup.dl4j;

import java.io.Serializable;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Carries exceptions from a {@link ReadingThread} to the thread that trains. On any other thread exceptions take their usual
 * way.
 *
 * <p>A training that ends with an exception leaves its reading thread alive. Once the source is reset for the next training,
 * that thread gets no more batches, which it would take away from the next one.
 */
final class ReadAhead implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What went wrong, where ND4J's reading threads are not what they were and it could not be handed over. */
    private RuntimeException waiting;

    /** The last thread that read ahead. */
    private transient volatile Thread reader;

    /** The thread that reads no further: it handed over a failure, or read before the source was reset. */
    private transient volatile Thread retired;

    /** Whether there is a batch, or a failure to hand over. */
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

    /** The next batch, or in its place {@code stand} of what went wrong. */
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

    /** Resets the source, and forgets what went wrong, because it begins again, on another reading thread if this is none. */
    void reset(Runnable source) {
        ReadingThread.run(source);
        waiting = null;
        if (!ReadingThread.isCurrent()) {
            retired = reader;
        }
    }
}
