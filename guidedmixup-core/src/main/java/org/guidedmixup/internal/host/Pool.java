package org.guidedmixup.internal.host;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;

/**
 * Buffers that threads borrow: as many are made as are in use at once. Thread-safe.
 *
 * @param <T> the buffers
 */
public final class Pool<T> {
    private final ConcurrentLinkedDeque<T> idle = new ConcurrentLinkedDeque<>();
    private final Supplier<T> make;

    /**
     * Makes an empty pool.
     *
     * @param make allocates buffers
     */
    public Pool(Supplier<T> make) {
        this.make = make;
    }

    /**
     * Returns buffers for one thread, with whatever is in them.
     *
     * @return the buffers; to be given back
     */
    public T borrow() {
        T buffers = idle.poll();
        return buffers == null ? make.get() : buffers;
    }

    /**
     * Gives buffers back.
     *
     * @param buffers no longer in use
     */
    public void giveBack(T buffers) {
        idle.push(buffers);
    }
}
