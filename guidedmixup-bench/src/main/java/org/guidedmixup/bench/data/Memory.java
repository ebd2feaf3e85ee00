package org.guidedmixup.bench.data;

/** What is refused before memory is given to it. */
final class Memory {
    private static final double MOST = 0.8;

    private Memory() {}

    /**
     * Refuses what does not fit into the JVM.
     *
     * @param bytes that are needed at the same time
     * @param what needs them, the subject of the message
     * @throws DataException if they are more than four fifths of what the JVM can have
     */
    static void require(long bytes, String what) {
        long available = Runtime.getRuntime().maxMemory();
        if (bytes > available * MOST) {
            throw new DataException(String.format(
                    "%s need %d MB, the JVM has %d: use --image-size, --classes, --per-class or java -Xmx",
                    what, bytes >> 20, available >> 20));
        }
    }
}
