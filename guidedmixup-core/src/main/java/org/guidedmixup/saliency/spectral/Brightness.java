package org.guidedmixup.saliency.spectral;

import java.util.Arrays;
import org.guidedmixup.internal.host.HostArray;

/**
 * Reads the brightness of images, the sum of their channels weighted by luma.
 *
 * <p>Not thread-safe: an instance holds its buffers.
 */
final class Brightness {
    /** Copies of 4096 bytes and more are slower, see {@code HostBlend}. */
    private static final int LONGEST_RUN = 1023;

    private final int height;
    private final int width;
    private final float[] red;
    private final float[] green;
    private final float[] blue;

    /**
     * Allocates the buffers.
     *
     * @param height H
     * @param width W
     */
    Brightness(int height, int width) {
        this.height = height;
        this.width = width;
        int longest = Math.max(width, Math.min(LONGEST_RUN, height * width));
        red = new float[longest];
        green = new float[longest];
        blue = new float[longest];
    }

    /** Allocates room for an image in runs of as many whole rows as are copied fast at a time. */
    float[][] runs() {
        int rows = Math.min(height, Math.max(1, LONGEST_RUN / width));
        return new float[(height + rows - 1) / rows][rows * width];
    }

    /**
     * Reads an image.
     *
     * @param images [M, C, H, W]. Not modified.
     * @param image its number
     * @param luma the weight of each of the C channels. Not modified.
     * @param runs receive its brightness, all of the same length, the last one perhaps in part. Modified.
     */
    void read(HostArray images, int image, float[] luma, float[][] runs) {
        int pixels = height * width;
        int length = runs[0].length;
        for (int k = 0; k < runs.length; k++) {
            int count = Math.min(length, pixels - k * length);
            long from = (long) image * luma.length * pixels + (long) k * length;
            if (luma.length == 3) {
                images.read(from, red, count);
                images.read(from + pixels, green, count);
                images.read(from + 2L * pixels, blue, count);
                sum(red, luma[0], green, luma[1], blue, luma[2], runs[k], count);
            } else {
                for (int c = 0; c < luma.length; c++) {
                    images.read(from + (long) c * pixels, red, count);
                    if (c == 0) {
                        Arrays.fill(runs[k], 0, count, 0);
                    }
                    add(red, luma[c], runs[k], count);
                }
            }
        }
    }

    private static void sum(float[] a, float wa, float[] b, float wb, float[] c, float wc, float[] grey, int count) {
        for (int l = 0; l < count; l++) {
            grey[l] = a[l] * wa + b[l] * wb + c[l] * wc;
        }
    }

    private static void add(float[] a, float weight, float[] grey, int count) {
        for (int l = 0; l < count; l++) {
            grey[l] += a[l] * weight;
        }
    }

    /**
     * Copies columns of an image to rows.
     *
     * @param runs the image, as {@link #runs}. Not modified.
     * @param columns one row per column x. Modified.
     * @param from where pixel 0 of every column is copied to
     */
    void transpose(float[][] runs, float[][] columns, int from) {
        int rows = runs[0].length / width;
        for (int k = 0; k < runs.length; k++) {
            int first = k * rows;
            int count = Math.min(rows, height - first);
            for (int x = 0; x < width; x++) {
                transpose(runs[k], x, count, columns[x], from + first);
            }
        }
    }

    private void transpose(float[] run, int x, int count, float[] column, int from) {
        for (int y = 0; y < count; y++) {
            column[from + y] = run[y * width + x];
        }
    }
}
