package org.guidedmixup.host;

import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/** Work on the images of a batch, split among the threads of the common pool. */
public final class Chunks {
    /** More chunks than threads, so that a thread that is held up does not hold up the batch. */
    private static final int CHUNKS_PER_THREAD = 4;

    private Chunks() {}

    /** Work on images {@code from} to before {@code to}. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does the work.
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
     * @param work called once a chunk, from several threads
     */
    public static void forEach(int images, Work work) {
        int threads = ForkJoinPool.getCommonPoolParallelism() + 1;
        int chunks = Math.min(images, threads * CHUNKS_PER_THREAD);
        IntStream.range(0, chunks).parallel().forEach(chunk -> {
            work.accept((int) ((long) images * chunk / chunks), (int) ((long) images * (chunk + 1) / chunks));
        });
    }
}
