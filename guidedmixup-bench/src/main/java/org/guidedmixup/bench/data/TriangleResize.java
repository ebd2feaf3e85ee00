package org.guidedmixup.bench.data;

import java.util.Arrays;

/**
 * Resizes byte images with a triangle filter as wide as a source or a target pixel, whichever is larger: bilinear when
 * enlarging, free of aliasing when shrinking (what Pillow calls BILINEAR). Separable, O(C·H·W') + O(C·H'·W') filter
 * taps. Immutable.
 */
final class TriangleResize {
    private final Axis vertical;
    private final Axis horizontal;

    /** For each target position the first source position and the weights from there on, which sum to 1. */
    private static final class Axis {
        private final int source;
        private final int[] start;
        private final float[][] weights;

        private Axis(int source, int[] start, float[][] weights) {
            this.source = source;
            this.start = start;
            this.weights = weights;
        }

        static Axis between(int source, int target) {
            double scale = (double) source / target;
            double reach = Math.max(scale, 1);
            int[] start = new int[target];
            float[][] weights = new float[target][];
            for (int t = 0; t < target; t++) {
                double centre = (t + 0.5) * scale;
                int first = Math.max(0, (int) Math.floor(centre - reach + 0.5));
                int end = Math.min(source, (int) Math.floor(centre + reach + 0.5));
                start[t] = first;
                weights[t] = triangle(first, end, centre, reach);
            }
            return new Axis(source, start, weights);
        }

        private static float[] triangle(int first, int end, double centre, double reach) {
            double[] raw = new double[end - first];
            double sum = 0;
            for (int i = 0; i < raw.length; i++) {
                raw[i] = Math.max(0, 1 - Math.abs(first + i + 0.5 - centre) / reach);
                sum += raw[i];
            }
            float[] weights = new float[raw.length];
            for (int i = 0; i < raw.length; i++) {
                weights[i] = (float) (raw[i] / sum);
            }
            return weights;
        }

        int target() {
            return start.length;
        }
    }

    TriangleResize(int height, int width, int newHeight, int newWidth) {
        this.vertical = Axis.between(height, newHeight);
        this.horizontal = Axis.between(width, newWidth);
    }

    /**
     * {@return new, [C, H', W'] unsigned bytes, rounded}
     *
     * @param image [C, H, W] unsigned bytes. Not modified
     * @param channels C
     */
    byte[] apply(byte[] image, int channels) {
        int height = vertical.source;
        int newHeight = vertical.target();
        int newWidth = horizontal.target();
        float[] rows = new float[height * newWidth];
        byte[] result = new byte[channels * newHeight * newWidth];
        for (int c = 0; c < channels; c++) {
            alongRows(image, c * height * horizontal.source, rows);
            alongColumns(rows, result, c * newHeight * newWidth);
        }
        return result;
    }

    private void alongRows(byte[] image, int offset, float[] rows) {
        int newWidth = horizontal.target();
        for (int y = 0; y < vertical.source; y++) {
            int row = offset + y * horizontal.source;
            for (int x = 0; x < newWidth; x++) {
                float[] weights = horizontal.weights[x];
                int from = row + horizontal.start[x];
                float sum = 0;
                for (int i = 0; i < weights.length; i++) {
                    sum += weights[i] * (image[from + i] & 0xff);
                }
                rows[y * newWidth + x] = sum;
            }
        }
    }

    private void alongColumns(float[] rows, byte[] result, int offset) {
        int newWidth = horizontal.target();
        float[] sums = new float[newWidth];
        for (int y = 0; y < vertical.target(); y++) {
            float[] weights = vertical.weights[y];
            Arrays.fill(sums, 0);
            for (int i = 0; i < weights.length; i++) {
                int row = (vertical.start[y] + i) * newWidth;
                for (int x = 0; x < newWidth; x++) {
                    sums[x] += weights[i] * rows[row + x];
                }
            }
            for (int x = 0; x < newWidth; x++) {
                result[offset + y * newWidth + x] = (byte) Math.min(255, Math.max(0, Math.round(sums[x])));
            }
        }
    }
}
