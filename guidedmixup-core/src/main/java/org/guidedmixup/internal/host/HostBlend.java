package org.guidedmixup.internal.host;

import java.util.Arrays;

/** Blends images with their partners. */
public final class HostBlend {
    /**
     * The most pixels at a time. JDK 17 copies 4096 bytes and more in steps of 64 bytes, each of which crosses a cache line
     * where the memory is not aligned, and ND4J's is not: that takes nearly twice as long.
     */
    private static final int LONGEST_RUN = 1023;

    private HostBlend() {}

    /** The share of every pixel that an image keeps. */
    @FunctionalInterface
    public interface Shares extends AutoCloseable {
        /**
         * Returns these shares for reading by one thread.
         *
         * @return the shares themselves unless reading needs buffers; to be closed
         */
        default Shares ofThread() {
            return this;
        }

        /**
         * Reads the shares of a run of pixels.
         *
         * @param image the image
         * @param start the run's first pixel
         * @param target receives the shares from position 0. Modified.
         * @param spare a buffer of the same length. Modified.
         * @param count the number of pixels
         */
        void read(int image, int start, float[] target, float[] spare, int count);

        /** Makes the buffers free for others. */
        @Override
        default void close() {}

        /**
         * Returns one share for all pixels of an image.
         *
         * @param ratio the share of every image. Not modified.
         * @return the shares
         */
        static Shares constant(float[] ratio) {
            return (image, start, target, spare, count) -> Arrays.fill(target, 0, count, ratio[image]);
        }
    }

    /**
     * Computes x̂ᵢ = m ⊙ xᵢ + (1 − m) ⊙ x_p(i), with the same mask for all channels.
     *
     * @param images [M, C, H, W]. Not modified.
     * @param partners the partner of every image. Not modified.
     * @param channels C
     * @param shares m
     * @param output of the same shape; must be another array. Modified.
     * @return the mean of the shares of every image
     */
    public static float[] apply(HostArray images, int[] partners, int channels, Shares shares, HostArray output) {
        int pixels = (int) (images.length() / partners.length / channels);
        int[] order = alongCycles(partners);
        float[] means = new float[partners.length];
        Chunks.forEach(partners.length, (from, to) -> {
            Planes planes = new Planes(pixels);
            try (Shares ownShares = shares.ofThread()) {
                for (int position = from; position < to; position++) {
                    int i = order[position];
                    means[i] = planes.read(ownShares, i);
                    for (int c = 0; c < channels; c++) {
                        planes.blend(images, (long) i * channels + c, (long) partners[i] * channels + c, output);
                    }
                }
            }
        });
        return means;
    }

    /**
     * Returns the mean of the shares of every image without blending: exactly what {@link #apply} returns.
     *
     * @param partners the partner of every image. Not modified.
     * @param pixels the number of pixels of an image
     * @param shares m
     * @return the means
     */
    public static float[] means(int[] partners, int pixels, Shares shares) {
        int[] order = alongCycles(partners);
        float[] means = new float[partners.length];
        Chunks.forEach(partners.length, (from, to) -> {
            Planes planes = new Planes(pixels);
            try (Shares ownShares = shares.ofThread()) {
                for (int position = from; position < to; position++) {
                    means[order[position]] = planes.read(ownShares, order[position]);
                }
            }
        });
        return means;
    }

    /**
     * The shares of one image, and the buffers of a run. A channel is finished before the next one is begun: fewer places of
     * memory are read at once.
     */
    private static final class Planes {
        private final int pixels;
        private final int run;
        /** The shares, run by run. */
        private final float[][] share;

        private final float[] own;
        private final float[] partner;
        private final float[] sums;

        Planes(int pixels) {
            this.pixels = pixels;
            int runs = (pixels + LONGEST_RUN - 1) / LONGEST_RUN;
            run = (pixels + runs - 1) / runs;
            share = new float[runs][run];
            own = new float[run];
            partner = new float[run];
            sums = new float[run];
        }

        /** Reads all shares of an image and returns their mean. */
        float read(Shares shares, int image) {
            Arrays.fill(sums, 0);
            for (int k = 0; k < share.length; k++) {
                shares.read(image, k * run, share[k], partner, length(k));
                add(share[k], sums, length(k));
            }
            double sum = 0;
            for (float part : sums) {
                sum += part;
            }
            return (float) (sum / pixels);
        }

        private static void add(float[] shares, float[] sums, int count) {
            for (int l = 0; l < count; l++) {
                sums[l] += shares[l];
            }
        }

        /** Blends a plane of {@code images} with another one. */
        void blend(HostArray images, long plane, long partnerPlane, HostArray output) {
            for (int k = 0; k < share.length; k++) {
                int start = k * run;
                int length = length(k);
                images.read(plane * pixels + start, own, length);
                images.read(partnerPlane * pixels + start, partner, length);
                mix(own, partner, share[k], length);
                output.write(plane * pixels + start, own, length);
            }
        }

        private int length(int k) {
            return Math.max(0, Math.min(run, pixels - k * run));
        }

        private static void mix(float[] own, float[] partner, float[] share, int length) {
            for (int l = 0; l < length; l++) {
                own[l] = share[l] * own[l] + (1 - share[l]) * partner[l];
            }
        }
    }

    /**
     * Returns all images in an order in which each is followed by its partner, whose pixels are then still in the cache.
     *
     * @param partners the partner of every image. Not modified.
     * @return the images in that order
     */
    public static int[] alongCycles(int[] partners) {
        int[] order = new int[partners.length];
        boolean[] seen = new boolean[partners.length];
        int position = 0;
        for (int first = 0; first < partners.length; first++) {
            for (int i = first; !seen[i]; i = partners[i]) {
                seen[i] = true;
                order[position++] = i;
            }
        }
        return order;
    }
}
