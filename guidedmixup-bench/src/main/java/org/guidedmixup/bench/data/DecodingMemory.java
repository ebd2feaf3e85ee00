package org.guidedmixup.bench.data;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Keeps images that are being decoded, on however many threads, within the memory of the JVM: a large one waits for others.
 * Thread-safe.
 */
final class DecodingMemory {
    /** What a pixel takes meanwhile: up to 8 bytes as the reader gives it, 3 as planes, and what resizing adds. */
    private static final int BYTES_A_PIXEL = 12;

    private static final int UNIT = 1 << 10;

    private final int most;
    private final Semaphore units;

    /**
     * A budget.
     *
     * @param bytes for all images that are being decoded at once
     */
    DecodingMemory(long bytes) {
        most = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
        units = new Semaphore(most, true);
    }

    /** Memory that one image holds. For one thread. */
    final class Share implements AutoCloseable {
        private int held;

        private Share() {}

        /**
         * Waits until an image of a size can be decoded.
         *
         * @param size of the image
         * @throws IOException if that will never be
         */
        void take(ImageFile.Size size) throws IOException {
            long wanted = 1 + size.pixels() * BYTES_A_PIXEL / UNIT;
            if (wanted > most) {
                throw new IOException(size + " pixels need " + (wanted >> 10) + " MB to decode, the JVM has "
                        + (most >> 10) + " left: use java -Xmx");
            }
            units.acquireUninterruptibly((int) wanted);
            held = (int) wanted;
        }

        @Override
        public void close() {
            units.release(held);
            held = 0;
        }
    }

    /** {@return memory for an image, none yet} */
    Share share() {
        return new Share();
    }
}
