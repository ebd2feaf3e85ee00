package org.guidedmixup.method.augmix;

import java.util.Arrays;

/**
 * The image of a chain of operations: planes of levels, and for every channel a tone curve that is still to be applied. Tone
 * operations change only the curve, so a pixel is touched only where an operation moves it. Not thread-safe.
 */
final class ChainImage {
    private static final int LEVELS = 256;

    private final int height;
    private final int width;

    /** The planes of the image that every chain starts with. */
    private final byte[][] original;

    /** The planes now: the original or one of the two buffers. */
    private byte[][] current;

    private final byte[][] buffer;
    private final byte[][] otherBuffer;

    /** Planes with their curve applied, for an operation that moves pixels. */
    private final byte[][] settled;

    /** What every level of a plane has become, [channels][256]. */
    private final byte[][] curves;

    private final boolean[] curved;

    /** How often each level occurs in the original and in the current planes; null if not counted yet. */
    private final int[][] originalCounts;

    private final int[][] currentCounts;

    /**
     * Makes room for images of one size.
     *
     * @param original [channels][height * width]. Kept: the levels of every image are written here before {@link #renew}.
     * @param height the number of rows
     * @param width the number of columns
     */
    ChainImage(byte[][] original, int height, int width) {
        int channels = original.length;
        this.original = original;
        this.height = height;
        this.width = width;
        current = original;
        buffer = new byte[channels][height * width];
        otherBuffer = new byte[channels][height * width];
        settled = new byte[channels][height * width];
        curves = new byte[channels][LEVELS];
        curved = new boolean[channels];
        originalCounts = new int[channels][];
        currentCounts = new int[channels][];
        restart();
    }

    /** Forgets what is known of the previous image. */
    void renew() {
        Arrays.fill(originalCounts, null);
        restart();
    }

    /** Goes back to the original, for the next chain. */
    void restart() {
        replaceBy(original);
    }

    private void replaceBy(byte[][] planes) {
        current = planes;
        Arrays.fill(currentCounts, null);
        Arrays.fill(curved, false);
        for (byte[] curve : curves) {
            for (int level = 0; level < LEVELS; level++) {
                curve[level] = (byte) level;
            }
        }
    }

    /** Applies an operation to all channels. */
    @SuppressWarnings("ReferenceEquality") // the array itself
    void apply(PlaneOperation operation) {
        if (operation instanceof ToneOperation tone) {
            for (int c = 0; c < curves.length; c++) {
                bend(c, tone);
            }
            return;
        }
        byte[][] moved = current == buffer ? otherBuffer : buffer;
        operation.apply(settled(), height, width, moved);
        replaceBy(moved);
    }

    private void bend(int channel, ToneOperation tone) {
        byte[] change = tone.curve(() -> counts(channel));
        byte[] curve = curves[channel];
        for (int level = 0; level < LEVELS; level++) {
            curve[level] = change[curve[level] & 0xff];
        }
        curved[channel] = true;
    }

    /** Returns how often each level occurs in a channel after its curve. */
    private int[] counts(int channel) {
        int[] before = planeCounts(channel);
        int[] after = new int[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            after[curves[channel][level] & 0xff] += before[level];
        }
        return after;
    }

    @SuppressWarnings("ReferenceEquality") // the array itself
    private int[] planeCounts(int channel) {
        int[][] known = current == original ? originalCounts : currentCounts;
        if (known[channel] == null) {
            known[channel] = ToneCurve.histogram(current[channel], height * width);
        }
        return known[channel];
    }

    private byte[][] settled() {
        byte[][] planes = current.clone();
        for (int c = 0; c < planes.length; c++) {
            if (curved[c]) {
                ToneCurve.apply(curves[c], planes[c], height * width, settled[c]);
                planes[c] = settled[c];
            }
        }
        return planes;
    }

    /** Returns a channel's plane, whose levels {@link #curve} replaces; do not modify. */
    byte[] plane(int channel) {
        return current[channel];
    }

    /** Returns what every level of a channel's plane has become, [256]; do not modify. */
    byte[] curve(int channel) {
        return curves[channel];
    }
}
