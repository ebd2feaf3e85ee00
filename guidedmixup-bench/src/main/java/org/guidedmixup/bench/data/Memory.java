package org.guidedmixup.bench.data;

import java.util.Locale;
import org.guidedmixup.bench.io.Heap;

/** Checks of memory needs before memory is allocated. */
final class Memory {
    private Memory() {}

    /**
     * Rejects what does not fit into the JVM.
     *
     * @param bytes that are needed at the same time
     * @param what needs them, the subject of the message
     * @throws DataException if they are more than four fifths of what the JVM can have
     */
    static void require(long bytes, String what) {
        if (!Heap.fits(bytes)) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s need %d MB, the JVM has %d: use --image-size, --classes, --per-class or java -Xmx",
                    what,
                    bytes >> 20,
                    Heap.megabytes()));
        }
    }

    /**
     * {@return how many bytes are left of the same four fifths}
     *
     * @param bytes that are already in use
     */
    static long left(long bytes) {
        return Heap.most() - bytes;
    }
}
