package org.guidedmixup.method.augmix;

import java.util.Arrays;

/**
 * Moves the pixels of all channels of an image by an {@link AffineMap}, row by row: where a pixel comes from is computed once
 * for all channels. Not thread-safe.
 *
 * <p>The points of a row lie on a line, so those inside the image are neighbours, and so are those whose four surrounding pixels
 * are. Only the few others need care at the border.
 */
final class AffineSampler {
    private final int height;
    private final int width;

    /** For every column of a row, the first of the pixels to interpolate between. */
    private final int[] at;

    /** The share of the pixel to the right. */
    private final double[] right;

    /** The share of the pixel below. */
    private final double[] below;

    AffineSampler(int height, int width) {
        this.height = height;
        this.width = width;
        at = new int[width];
        right = new double[width];
        below = new double[width];
    }

    /**
     * Moves the pixels of all channels.
     *
     * @param map where they come from
     * @param planes [channels][height * width], unsigned bytes. Not modified.
     * @param outputs receive the result; other arrays of at least that length. Modified.
     */
    void apply(AffineMap map, byte[][] planes, byte[][] outputs) {
        if (map.isShift()) {
            shift((int) map.c(), (int) map.f(), planes, outputs);
            return;
        }
        for (int row = 0; row < height; row++) {
            row(map, row, planes, outputs);
        }
    }

    /** Copies rows: whole pixels need no interpolation. */
    private void shift(int left, int up, byte[][] planes, byte[][] outputs) {
        int from = Math.min(width, Math.max(0, -left));
        int to = Math.max(from, Math.min(width, width - left));
        for (int c = 0; c < planes.length; c++) {
            Arrays.fill(outputs[c], 0, height * width, (byte) 0);
            for (int row = Math.max(0, -up); row < Math.min(height, height - up); row++) {
                if (from < to) {
                    System.arraycopy(
                            planes[c], (row + up) * width + from + left, outputs[c], row * width + from, to - from);
                }
            }
        }
    }

    private void row(AffineMap map, int row, byte[][] planes, byte[][] outputs) {
        int first = 0;
        while (first < width && !isInside(map, row, first)) {
            first++;
        }
        int last = width;
        while (last > first && !isInside(map, row, last - 1)) {
            last--;
        }
        int from = first;
        while (from < last && !isSurrounded(map, row, from)) {
            from++;
        }
        int to = last;
        while (to > from && !isSurrounded(map, row, to - 1)) {
            to--;
        }
        locate(map, row, from, to);
        for (int c = 0; c < planes.length; c++) {
            byte[] output = outputs[c];
            int start = row * width;
            Arrays.fill(output, start, start + first, (byte) 0);
            Arrays.fill(output, start + last, start + width, (byte) 0);
            atBorder(map, row, first, from, planes[c], output);
            atBorder(map, row, to, last, planes[c], output);
            if (map.keepsRows()) {
                between(planes[c], 1, right, from, to, output, start);
            } else if (map.keepsColumns()) {
                between(planes[c], width, below, from, to, output, start);
            } else {
                amongFour(planes[c], from, to, output, start);
            }
        }
    }

    private boolean isInside(AffineMap map, int row, int column) {
        double x = map.x(row, column);
        double y = map.y(row, column);
        return x >= 0 && x < width && y >= 0 && y < height;
    }

    /** Returns whether a point inside the image lies between the centres of four pixels, or of two where that is enough. */
    private boolean isSurrounded(AffineMap map, int row, int column) {
        double x = map.x(row, column) - 0.5;
        double y = map.y(row, column) - 0.5;
        return x >= 0
                && y >= 0
                && (map.keepsColumns() || (int) x + 1 < width)
                && (map.keepsRows() || (int) y + 1 < height);
    }

    private void locate(AffineMap map, int row, int from, int to) {
        for (int column = from; column < to; column++) {
            double x = map.x(row, column) - 0.5;
            double y = map.y(row, column) - 0.5;
            int left = (int) x;
            int upper = (int) y;
            at[column] = upper * width + left;
            right[column] = x - left;
            below[column] = y - upper;
        }
    }

    private void atBorder(AffineMap map, int row, int from, int to, byte[] plane, byte[] output) {
        for (int column = from; column < to; column++) {
            output[row * width + column] = (byte) map.interpolate(plane, height, width, row, column);
        }
    }

    /** Interpolates between two pixels that are {@code step} apart; the share of the other two is 0. */
    private void between(byte[] plane, int step, double[] share, int from, int to, byte[] output, int start) {
        for (int column = from; column < to; column++) {
            int near = plane[at[column]] & 0xff;
            int far = plane[at[column] + step] & 0xff;
            output[start + column] = (byte) (int) (near + (far - near) * share[column]);
        }
    }

    private void amongFour(byte[] plane, int from, int to, byte[] output, int start) {
        for (int column = from; column < to; column++) {
            int near = at[column];
            double share = right[column];
            int upperLeft = plane[near] & 0xff;
            int upperRight = plane[near + 1] & 0xff;
            int lowerLeft = plane[near + width] & 0xff;
            int lowerRight = plane[near + width + 1] & 0xff;
            double upper = upperLeft + (upperRight - upperLeft) * share;
            double lower = lowerLeft + (lowerRight - lowerLeft) * share;
            output[start + column] = (byte) (int) (upper + (lower - upper) * below[column]);
        }
    }
}
