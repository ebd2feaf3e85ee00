package org.guidedmixup.method.augmix;

/**
 * Operations that replace every level of a channel by another one, regardless of position: each equals the operation of the
 * same name in Pillow's {@code ImageOps} (9.4), channel by channel.
 */
public final class ToneCurve {
    private static final int LEVELS = 256;

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
        int[] counts = histogram(plane, height * width);
        int darkest = 0;
        while (counts[darkest] == 0) {
            darkest++;
        }
        int lightest = LEVELS - 1;
        while (counts[lightest] == 0) {
            lightest--;
        }
        byte[] curve = new byte[LEVELS];
        double scale = lightest > darkest ? 255.0 / (lightest - darkest) : 1;
        double offset = lightest > darkest ? -darkest * scale : 0;
        for (int level = 0; level < LEVELS; level++) {
            curve[level] = (byte) Math.max(0, Math.min(255, (int) (level * scale + offset)));
        }
        apply(curve, plane, height * width, output);
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
        int[] counts = histogram(plane, height * width);
        int lightest = LEVELS - 1;
        while (counts[lightest] == 0) {
            lightest--;
        }
        int step = (height * width - counts[lightest]) / 255;
        byte[] curve = new byte[LEVELS];
        int below = step / 2;
        for (int level = 0; level < LEVELS; level++) {
            curve[level] = (byte) (step == 0 ? level : Math.min(255, below / step));
            below += counts[level];
        }
        apply(curve, plane, height * width, output);
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
        byte[] curve = new byte[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            curve[level] = (byte) (level & -(1 << (8 - bits)));
        }
        return (plane, height, width, output) -> apply(curve, plane, height * width, output);
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
        byte[] curve = new byte[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            curve[level] = (byte) (level < threshold ? level : 255 - level);
        }
        return (plane, height, width, output) -> apply(curve, plane, height * width, output);
    }

    private static int[] histogram(byte[] plane, int pixels) {
        int[] counts = new int[LEVELS];
        for (int p = 0; p < pixels; p++) {
            counts[plane[p] & 0xff]++;
        }
        return counts;
    }

    private static void apply(byte[] curve, byte[] plane, int pixels, byte[] output) {
        for (int p = 0; p < pixels; p++) {
            output[p] = curve[plane[p] & 0xff];
        }
    }
}
