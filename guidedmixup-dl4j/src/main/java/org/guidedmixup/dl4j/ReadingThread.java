package org.guidedmixup.dl4j;

import java.lang.reflect.Field;
import java.util.concurrent.BlockingQueue;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.AsyncMultiDataSetIterator;

/**
 * The threads on which ND4J's asynchronous iterators read ahead. They hold exceptions back, and the training thread waits for
 * its batch forever. A failure on one is therefore put into its queue as the last batch, which throws when it is read, and the
 * thread ends. The failure bypasses other iterators between that thread and ours, which would read the batch themselves or
 * merge it away.
 */
final class ReadingThread {
    private ReadingThread() {}

    /** The error that ends a reading thread, which catches exceptions but not errors. */
    private static final class Ended extends Error {
        private static final long serialVersionUID = 1L;

        Ended() {
            super("the failure was handed over to the training thread", null, false, false);
        }
    }

    /** Returns whether the calling thread is one. */
    static boolean isCurrent() {
        return reads(AsyncDataSetIterator.class) || reads(AsyncMultiDataSetIterator.class);
    }

    private static boolean reads(Class<?> owner) {
        return Thread.currentThread().getClass().getEnclosingClass() == owner;
    }

    /**
     * Puts a failure into the queue of the calling thread and ends the thread.
     *
     * @return the failure, if the caller is not a reading thread or ND4J's have changed; otherwise never returns
     */
    @SuppressWarnings("unchecked")
    static RuntimeException handOver(Throwable thrown) {
        RuntimeException failure = thrown instanceof RuntimeException exception
                ? exception
                : new IllegalStateException("a batch could not be read ahead: " + thrown, thrown);
        if (thrown instanceof Ended ended) {
            throw ended;
        }
        if (!isCurrent()) {
            return failure;
        }
        Thread reader = Thread.currentThread();
        BlockingQueue<Object> queue;
        Object terminator;
        try {
            queue = (BlockingQueue<Object>) field("queue").get(reader);
            terminator = field("terminator").get(reader);
        } catch (ReflectiveOperationException | RuntimeException changed) {
            return failure;
        }
        try {
            queue.put(
                    reads(AsyncMultiDataSetIterator.class)
                            ? new FailedMultiDataSet(failure)
                            : new FailedDataSet(failure));
            queue.put(terminator);
        } catch (InterruptedException reset) {
            reader.interrupt();
        }
        throw end();
    }

    /**
     * Ends the calling thread without printing a stack trace.
     *
     * @return never
     */
    static Error end() {
        Thread.currentThread().setUncaughtExceptionHandler((thread, ended) -> {});
        throw new Ended();
    }

    /** Runs work, and hands over its failure on a reading thread. */
    static void run(Runnable work) {
        if (!isCurrent()) {
            work.run();
            return;
        }
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            throw handOver(e);
        }
    }

    private static Field field(String name) throws ReflectiveOperationException {
        Field field = Thread.currentThread().getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** Throws the failure of a batch, or hands it over to the training thread if the caller is a reading thread. */
    static <T> T fail(RuntimeException failure, T there) {
        handOver(failure);
        if (isCurrent()) {
            return there;
        }
        throw failure;
    }

    /** Refuses to read ahead a batch whose mixing uses the network in training. */
    static void refuse() {
        if (isCurrent()) {
            throw new IllegalStateException(
                    "the mixer uses the network in training, and its batches were read ahead on "
                            + "another thread; give fit() the MixupDataSetIterator itself, without AsyncDataSetIterator around it");
        }
    }
}
