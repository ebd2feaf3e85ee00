package org.guidedmixup.internal.host;

import java.util.Arrays;

/** Blends images with their partners; computes mask and mix in one pass over the pixels. */
public final class HostBlend {
    /** Pixels at a time: small enough for the L1 cache. */
    private static final int RUN = 2048;

    private HostBlend() {}

    /** The share of every pixel that an image keeps. */
    @FunctionalInterface
    public interface Shares {
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
     */
    public static void apply(HostArray images, int[] partners, int channels, Shares shares, HostArray output) {
        int pixels = (int) (images.length() / partners.length / channels);
        int[] order = alongCycles(partners);
        Chunks.forEach(partners.length, (from, to) -> {
            int run = Math.min(pixels, RUN);
            float[] own = new float[run];
            float[] partner = new float[run];
            float[] share = new float[run];
            for (int position = from; position < to; position++) {
                int i = order[position];
                for (int start = 0; start < pixels; start += run) {
                    int length = Math.min(run, pixels - start);
                    shares.read(i, start, share, partner, length);
                    for (int c = 0; c < channels; c++) {
                        long at = ((long) i * channels + c) * pixels + start;
                        images.read(at, own, length);
                        images.read(((long) partners[i] * channels + c) * pixels + start, partner, length);
                        blend(own, partner, share, length);
                        output.write(at, own, length);
                    }
                }
            }
        });
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

    private static void blend(float[] own, float[] partner, float[] share, int length) {
        for (int l = 0; l < length; l++) {
            own[l] = share[l] * own[l] + (1 - share[l]) * partner[l];
        }
    }
}
