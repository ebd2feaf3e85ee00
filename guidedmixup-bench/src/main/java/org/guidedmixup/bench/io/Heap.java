package org.guidedmixup.bench.io;

/** The share of the JVM's memory that may be used at once. */
public final class Heap {
    private static final double MOST = 0.8;

    private Heap() {}

    /**
     * Returns whether something fits into the JVM, before memory is allocated for it.
     *
     * @param bytes that are needed at the same time
     * @return false if they are more than four fifths of the JVM's maximum memory
     */
    public static boolean fits(long bytes) {
        return bytes <= most();
    }

    /**
     * Returns how much may be used at once.
     *
     * @return four fifths of the JVM's maximum memory, in bytes
     */
    public static long most() {
        return (long) (Runtime.getRuntime().maxMemory() * MOST);
    }

    /**
     * Returns the JVM's maximum memory.
     *
     * @return whole megabytes
     */
    public static long megabytes() {
        return Runtime.getRuntime().maxMemory() >> 20;
    }
}
