package org.guidedmixup.dl4j;

/**
 * A time in which batches are read that must not be mixed. It covers the thread that opens it and the threads started meanwhile,
 * such as those of asynchronous iterators, which hide the iterators and preprocessors inside them.
 */
final class UnmixedReading implements AutoCloseable {
    private static final InheritableThreadLocal<UnmixedReading> CURRENT = new InheritableThreadLocal<>();

    /** Threads started meanwhile may outlive the reading and keep this object. */
    private volatile boolean isOpen = true;

    private UnmixedReading() {}

    static UnmixedReading open() {
        UnmixedReading reading = new UnmixedReading();
        CURRENT.set(reading);
        return reading;
    }

    /** Throws if the calling thread reads batches that must not be mixed. */
    static void refuseMixing() {
        UnmixedReading reading = CURRENT.get();
        if (reading != null && reading.isOpen) {
            throw mixes();
        }
    }

    /** Returns the exception for an iterator that mixes. */
    static IllegalArgumentException mixes() {
        return new IllegalArgumentException(
                "unmixed: expected an iterator that does not mix, got one that does; pass the training data without mixup, "
                        + "and without a preprocessor that mixes");
    }

    @Override
    public void close() {
        isOpen = false;
        CURRENT.remove();
    }
}
