package org.guidedmixup.internal.host;

import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/** Splits the work on the images of a batch among the threads of the common pool. */
public final class Chunks {
    /** More chunks than threads, so that one slow thread does not delay the batch. */
    private static final int CHUNKS_PER_THREAD = 4;

    private Chunks() {}

    /** Work on images {@code from} to before {@code to}. */
    @FunctionalInterface
    public interface Work {
        /**
         * Processes some images.
         *
         * @param from the first image
         * @param to the image after the last
         */
        void accept(int from, int to);
    }

    /**
     * Runs the work on all images and waits for it.
     *
     * @param images the number of images
     * @param work called once per chunk, from several threads
     */
    public static void forEach(int images, Work work) {
        forEach(images, 1, work);
    }

    /**
     * Like {@link #forEach(int, Work)}, with chunks of at least {@code smallest} images if the batch has that many.
     *
     * @param images the number of images
     * @param smallest the fewest images of a chunk
     * @param work called once per chunk, from several threads; its exceptions are rethrown here, the one of the first images if
     *     there are several
     */
    public static void forEach(int images, int smallest, Work work) {
        int chunks = Math.max(1, Math.min(images / smallest, threads() * CHUNKS_PER_THREAD));
        Throwable[] failures = new Throwable[chunks];
        IntStream.range(0, chunks).parallel().forEach(chunk -> {
            try {
                work.accept((int) ((long) images * chunk / chunks), (int) ((long) images * (chunk + 1) / chunks));
            } catch (RuntimeException | Error failure) {
                failures[chunk] = failure;
            }
        });
        throwFirst(failures);
    }

    /**
     * Returns how many chunks can be processed at once.
     *
     * @return at least 1
     */
    public static int threads() {
        return ForkJoinPool.getCommonPoolParallelism() + 1;
    }

    /** Rethrows the original exception: the pool would throw a copy whose message begins with a class name. */
    private static void throwFirst(Throwable[] failures) {
        for (Throwable failure : failures) {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }
}
