package org.guidedmixup.dl4j;

import java.io.Serializable;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.AsyncMultiDataSetIterator;

/**
 * Carries exceptions from the reading thread of ND4J's asynchronous iterators to the thread that trains.
 *
 * <p>Left to that thread they are lost, and the training thread waits for its batch for ever. So the reading thread hands
 * over a batch that throws when it is looked into on another thread, which is the one that trains, and reads no further. On
 * any other thread exceptions take their usual way.
 *
 * <p>A training that ends with an exception leaves its reading thread alive. Once the source is reset for the next training,
 * that thread gets no more batches, which it would take away from the next one.
 */
final class ReadAhead implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What went wrong when the source was asked whether it has more. */
    private RuntimeException waiting;

    /** The last thread that read ahead. */
    private transient volatile Thread reader;

    /** The thread that reads no further: it handed over a failure, or read before the source was reset. */
    private transient volatile Thread retired;

    /** Whether the caller is the reading thread of one of ND4J's asynchronous iterators. */
    static boolean isReadingThread() {
        Class<?> owner = Thread.currentThread().getClass().getEnclosingClass();
        return owner == AsyncDataSetIterator.class || owner == AsyncMultiDataSetIterator.class;
    }

    /** Throws a failure, but on a reading thread, which looks into batches it hands over, returns {@code there}. */
    static <T> T fail(RuntimeException failure, T there) {
        if (isReadingThread()) {
            return there;
        }
        throw failure;
    }

    /** Refuses to read a batch whose mixing asks the network in training. */
    static void requireTrainingThread() {
        if (isReadingThread()) {
            throw new IllegalStateException(
                    "the mixer uses the network in training, and its batches were read ahead on "
                            + "another thread; give fit() the MixupDataSetIterator itself, without AsyncDataSetIterator around it");
        }
    }

    /** Whether there is a batch, or a failure to hand over. */
    boolean hasNext(BooleanSupplier source) {
        if (!isReadingThread()) {
            return source.getAsBoolean();
        }
        reader = Thread.currentThread();
        if (Thread.currentThread() == retired) {
            return false;
        }
        try {
            return source.getAsBoolean();
        } catch (RuntimeException | Error e) {
            waiting = runtime(e);
            return true;
        }
    }

    /** The next batch, or in its place {@code stand} of what went wrong. */
    <D> D next(Supplier<? extends D> source, Function<RuntimeException, ? extends D> stand) {
        if (!isReadingThread()) {
            return source.get();
        }
        if (Thread.currentThread() == retired) {
            return stand.apply(new IllegalStateException("the iterator was reset while this thread read ahead"));
        }
        if (waiting == null) {
            try {
                return source.get();
            } catch (RuntimeException | Error e) {
                waiting = runtime(e);
            }
        }
        RuntimeException failure = waiting;
        waiting = null;
        retired = Thread.currentThread();
        return stand.apply(failure);
    }

    private static RuntimeException runtime(Throwable failure) {
        return failure instanceof RuntimeException exception
                ? exception
                : new IllegalStateException("a batch could not be read ahead: " + failure, failure);
    }

    /** Forgets what went wrong because the source begins again, on another reading thread if this is none. */
    void reset() {
        waiting = null;
        if (!isReadingThread()) {
            retired = reader;
        }
    }
}
