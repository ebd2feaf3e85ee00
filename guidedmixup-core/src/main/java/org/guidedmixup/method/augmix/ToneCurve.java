package org.guidedmixup.method.augmix;

import java.util.function.IntUnaryOperator;

/**
 * Operations that replace every level of a channel by another one, regardless of position: each equals the operation of the
 * same name in Pillow's {@code ImageOps} (9.4), channel by channel.
 */
public final class ToneCurve {
    private static final int LEVELS = 256;

    /** {@link #autocontrast(byte[], int, int, byte[])} as an operation. */
    static final ToneOperation AUTOCONTRAST = new ToneOperation(counts -> autocontrast(counts.get()));

    /** {@link #equalize(byte[], int, int, byte[])} as an operation. */
    static final ToneOperation EQUALIZE = new ToneOperation(counts -> equalize(counts.get()));

    private ToneCurve() {}

    /**
     * Stretches the levels so that the darkest becomes 0 and the lightest 255; a constant channel does not change.
     *
     * @param plane the channel. Not modified.
     * @param height the number of rows
     * @param width the number of columns
     * @param output the result. Modified.
     */
    public static void autocontrast(byte[] plane, int height, int width, byte[] output) {
        AUTOCONTRAST.apply(plane, height, width, output);
    }

    private static byte[] autocontrast(int[] counts) {
        int darkest = 0;
        while (counts[darkest] == 0) {
            darkest++;
        }
        int lightest = lightest(counts);
        byte[] curve = new byte[LEVELS];
        double scale = lightest > darkest ? 255.0 / (lightest - darkest) : 1;
        double offset = lightest > darkest ? -darkest * scale : 0;
        for (int level = 0; level < LEVELS; level++) {
            curve[level] = (byte) Math.max(0, Math.min(255, (int) (level * scale + offset)));
        }
        return curve;
    }

    private static int lightest(int[] counts) {
        int lightest = LEVELS - 1;
        while (counts[lightest] == 0) {
            lightest--;
        }
        return lightest;
    }

    /**
     * Spreads the levels so that all are about equally frequent. A channel with one level, or with too few pixels outside its
     * lightest level, does not change.
     *
     * @param plane the channel. Not modified.
     * @param height the number of rows
     * @param width the number of columns
     * @param output the result. Modified.
     */
    public static void equalize(byte[] plane, int height, int width, byte[] output) {
        EQUALIZE.apply(plane, height, width, output);
    }

    private static byte[] equalize(int[] counts) {
        int pixels = 0;
        for (int count : counts) {
            pixels += count;
        }
        int step = (pixels - counts[lightest(counts)]) / 255;
        byte[] curve = new byte[LEVELS];
        int below = step / 2;
        for (int level = 0; level < LEVELS; level++) {
            curve[level] = (byte) (step == 0 ? level : Math.min(255, below / step));
            below += counts[level];
        }
        return curve;
    }

    /**
     * Keeps the highest bits of every level.
     *
     * @param bits 0 to 8
     * @return the operation
     */
    public static PlaneOperation posterize(int bits) {
        if (bits < 0 || bits > 8) {
            throw new IllegalArgumentException("bits: expected 0 to 8, got " + bits);
        }
        return always(level -> level & -(1 << (8 - bits)));
    }

    /**
     * Inverts all levels at or above a threshold.
     *
     * @param threshold 0 to 256; with 256 nothing is inverted
     * @return the operation
     */
    public static PlaneOperation solarize(int threshold) {
        if (threshold < 0 || threshold > LEVELS) {
            throw new IllegalArgumentException("threshold: expected 0 to 256, got " + threshold);
        }
        return always(level -> level < threshold ? level : 255 - level);
    }

    /** Returns an operation whose curve is the same for all channels. */
    private static ToneOperation always(IntUnaryOperator newLevel) {
        byte[] curve = new byte[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            curve[level] = (byte) newLevel.applyAsInt(level);
        }
        return new ToneOperation(counts -> curve);
    }

    /** Counts how often each level occurs. */
    static int[] histogram(byte[] plane, int pixels) {
        // Four tables in turn: an increment of one number has to wait for the previous one.
        int[] counts = new int[LEVELS];
        int[] second = new int[LEVELS];
        int[] third = new int[LEVELS];
        int[] fourth = new int[LEVELS];
        int p = 0;
        for (; p + 3 < pixels; p += 4) {
            counts[plane[p] & 0xff]++;
            second[plane[p + 1] & 0xff]++;
            third[plane[p + 2] & 0xff]++;
            fourth[plane[p + 3] & 0xff]++;
        }
        for (; p < pixels; p++) {
            counts[plane[p] & 0xff]++;
        }
        for (int level = 0; level < LEVELS; level++) {
            counts[level] += second[level] + third[level] + fourth[level];
        }
        return counts;
    }

    /** Replaces every level by its value on a curve. */
    static void apply(byte[] curve, byte[] plane, int pixels, byte[] output) {
        for (int p = 0; p < pixels; p++) {
            output[p] = curve[plane[p] & 0xff];
        }
    }
}
