package org.guidedmixup.bench.io;

/** How much the JVM is trusted with at once. */
public final class Heap {
    private static final double MOST = 0.8;

    private Heap() {}

    /**
     * Whether something fits into the JVM, asked before memory is given to it.
     *
     * @param bytes that are needed at the same time
     * @return false if they are more than four fifths of what the JVM can have
     */
    public static boolean fits(long bytes) {
        return bytes <= most();
    }

    /**
     * What the JVM is trusted with at once.
     *
     * @return four fifths of what it can have, in bytes
     */
    public static long most() {
        return (long) (Runtime.getRuntime().maxMemory() * MOST);
    }

    /**
     * What the JVM can have.
     *
     * @return whole megabytes
     */
    public static long megabytes() {
        return Runtime.getRuntime().maxMemory() >> 20;
    }
}
