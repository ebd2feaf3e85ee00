package org.guidedmixup.bench.data;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Keeps the images being decoded, on any number of threads, within the JVM's memory: a large one waits for others.
 * Thread-safe.
 */
final class DecodingMemory {
    /** Memory per pixel while decoding: up to 8 bytes from the reader, 3 as planes, and what resizing adds. */
    private static final int BYTES_A_PIXEL = 12;

    private static final int UNIT = 1 << 10;

    private final int most;
    private final Semaphore units;

    /**
     * Sets the budget.
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
         * @throws IOException if it never can be
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

    /** {@return a share for one image, holding nothing yet} */
    Share share() {
        return new Share();
    }
}
