package org.guidedmixup.method.augmix;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A geometric transformation of an image: the point (x, y) of the result shows the point (a x + b y + c, d x + e y + f) of the
 * original. Pixel (column, row) is the square whose centre is (column + ½, row + ½).
 *
 * <p>Equals Pillow's {@code Image.transform} (9.4) with AFFINE and BILINEAR: points outside the original are 0; values between
 * pixel centres are interpolated and rounded down.
 *
 * @param a how x depends on x
 * @param b how x depends on y
 * @param c added to x
 * @param d how y depends on x
 * @param e how y depends on y
 * @param f added to y
 */
public record AffineMap(double a, double b, double c, double d, double e, double f) implements PlaneOperation {

    /**
     * Rotates an image about its centre, as Pillow's {@code Image.rotate} does.
     *
     * @param degrees counter-clockwise
     * @param height the image's height in pixels
     * @param width the image's width in pixels
     * @return the map
     */
    public static AffineMap rotation(double degrees, int height, int width) {
        double cos = rounded(StrictMath.cos(-Math.toRadians(degrees)));
        double sin = rounded(StrictMath.sin(-Math.toRadians(degrees)));
        double x = width / 2.0;
        double y = height / 2.0;
        return new AffineMap(cos, sin, cos * -x + sin * -y + x, -sin, cos, -sin * -x + cos * -y + y);
    }

    /**
     * Rounds to 15 decimal places, as Pillow does: where a point falls exactly on a pixel, the last bit decides how its level
     * is rounded.
     */
    private static double rounded(double value) {
        return BigDecimal.valueOf(value).setScale(15, RoundingMode.HALF_EVEN).doubleValue();
    }

    /**
     * Moves every row sideways in proportion to its distance from the top.
     *
     * @param amount pixels per row
     * @return the map
     */
    public static AffineMap shearX(double amount) {
        return new AffineMap(1, amount, 0, 0, 1, 0);
    }

    /**
     * Moves every column up or down in proportion to its distance from the left.
     *
     * @param amount pixels per column
     * @return the map
     */
    public static AffineMap shearY(double amount) {
        return new AffineMap(1, 0, 0, amount, 1, 0);
    }

    /**
     * Moves an image.
     *
     * @param x to the left, in pixels
     * @param y upwards, in pixels
     * @return the map
     */
    public static AffineMap translation(double x, double y) {
        return new AffineMap(1, 0, x, 0, 1, y);
    }

    @Override
    public void apply(byte[] plane, int height, int width, byte[] output) {
        apply(new byte[][] {plane}, height, width, new byte[][] {output});
    }

    @Override
    public void apply(byte[][] planes, int height, int width, byte[][] outputs) {
        new AffineSampler(height, width).apply(this, planes, outputs);
    }

    /** Returns the x of the point that a pixel of the result shows. */
    double x(int row, int column) {
        return a * (column + 0.5) + b * (row + 0.5) + c;
    }

    /** Returns the y of the point that a pixel of the result shows. */
    double y(int row, int column) {
        return d * (column + 0.5) + e * (row + 0.5) + f;
    }

    /** Returns whether every pixel shows a point at its own height, so that nothing is interpolated between rows. */
    boolean keepsRows() {
        return d == 0 && e == 1 && f == 0;
    }

    /** Returns whether every pixel shows a point of its own column. */
    boolean keepsColumns() {
        return a == 1 && b == 0 && c == 0;
    }

    /** Returns whether the map moves an image by whole pixels, or not at all. */
    boolean isShift() {
        return a == 1 && b == 0 && c == Math.rint(c) && d == 0 && e == 1 && f == Math.rint(f);
    }

    /**
     * Returns the level that a pixel of the result shows; beyond the outermost centres, that of the border pixel.
     *
     * @param plane the original. Not modified.
     * @param height the number of rows
     * @param width the number of columns
     * @param row the row of a pixel that shows a point inside the original
     * @param column its column
     * @return 0 to 255
     */
    int interpolate(byte[] plane, int height, int width, int row, int column) {
        double x = x(row, column) - 0.5;
        double y = y(row, column) - 0.5;
        int left = (int) Math.floor(x);
        int upper = (int) Math.floor(y);
        double upperValue = interpolate(plane, Math.max(0, upper) * width, width, left, x - left);
        double lowerValue =
                upper + 1 < height ? interpolate(plane, (upper + 1) * width, width, left, x - left) : upperValue;
        return (int) (upperValue + (lowerValue - upperValue) * (y - upper));
    }

    /** Returns the value between a pixel of a row and the next one. */
    private static double interpolate(byte[] plane, int row, int width, int left, double fraction) {
        int first = plane[row + Math.max(0, left)] & 0xff;
        int second = plane[row + Math.min(width - 1, left + 1)] & 0xff;
        return first + (second - first) * fraction;
    }
}
