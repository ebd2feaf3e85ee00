package org.guidedmixup.bench.training;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The batches of one epoch, made on a separate thread while the network trains, at most {@value #AHEAD} ahead. Their
 * order and content do not depend on it; an error there is rethrown by {@link #next()}. For one thread, which closes
 * it; after that the other thread has ended.
 */
final class BatchesAhead implements Iterator<DataSet>, AutoCloseable {
    private static final int AHEAD = 2;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "training batches");
        made.setDaemon(true);
        worker = made;
        return made;
    });

    private volatile Thread worker; // null before the first batch is requested

    private final Queue<Future<Optional<DataSet>>> pending = new ArrayDeque<>();
    private final Iterator<DataSet> batches; // used on the other thread

    /**
     * Starts making batches.
     *
     * @param batches used only on the other thread
     */
    BatchesAhead(Iterator<DataSet> batches) {
        this.batches = batches;
        for (int i = 0; i < AHEAD; i++) {
            pending.add(thread.submit(this::make));
        }
    }

    private Optional<DataSet> make() {
        return batches.hasNext() ? Optional.of(batches.next()) : Optional.empty();
    }

    @Override
    public boolean hasNext() {
        return made(pending.element()).isPresent();
    }

    @Override
    public DataSet next() {
        DataSet batch = made(pending.remove()).orElseThrow(() -> new NoSuchElementException("no batch is left"));
        pending.add(thread.submit(this::make));
        return batch;
    }

    private static Optional<DataSet> made(Future<Optional<DataSet>> batch) {
        try {
            return batch.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a batch", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("a batch takes more than a minute to make");
            }
            if (worker != null) {
                worker.join(); // the executor reports termination slightly before its thread exits
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
