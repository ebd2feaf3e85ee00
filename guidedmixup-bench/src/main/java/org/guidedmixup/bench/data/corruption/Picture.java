package org.guidedmixup.bench.data.corruption;

import java.util.Arrays;
import org.guidedmixup.bench.data.Border;

/** One image as floats, usually in [0, 1], one plane per channel. */
final class Picture {
    private final int height;
    private final int width;
    private final float[][] planes;

    /**
     * Keeps the planes.
     *
     * @param height H
     * @param width  W
     * @param planes C planes of H W values in row-major order
     */
    Picture(int height, int width, float[]... planes) {
        this.height = height;
        this.width = width;
        this.planes = planes;
    }

    /** Converts the image from unsigned bytes [C, H, W], black to 0 and white to 1. */
    static Picture ofBytes(byte[] pixels, int channels, int height, int width) {
        float[][] planes = new float[channels][height * width];
        for (int c = 0; c < channels; c++) {
            for (int p = 0; p < height * width; p++) {
                planes[c][p] = (pixels[c * height * width + p] & 0xff) / 255f;
            }
        }
        return new Picture(height, width, planes);
    }

    /** Converts to unsigned bytes [C, H, W], clipped and rounded down as in CIFAR-C. */
    byte[] toBytes() {
        byte[] bytes = new byte[planes.length * height * width];
        for (int c = 0; c < planes.length; c++) {
            for (int p = 0; p < height * width; p++) {
                // An unchanged byte must not lose 1 to the rounding of floats.
                bytes[c * height * width + p] = (byte) (int) (clip(planes[c][p]) * 255 + 1e-3f);
            }
        }
        return bytes;
    }

    int channels() {
        return planes.length;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    /** Returns the row of pixel p. */
    int row(int p) {
        return p / width;
    }

    /** Returns the column of pixel p. */
    int column(int p) {
        return p % width;
    }

    /** Returns the live values of a channel. */
    float[] plane(int channel) {
        return planes[channel];
    }

    /** A function of the value at pixel p of channel c. */
    interface PixelFunction {
        double apply(double value, int channel, int pixel);
    }

    /** Returns a new picture of the same size. */
    Picture map(PixelFunction function) {
        float[][] mapped = new float[planes.length][height * width];
        for (int c = 0; c < planes.length; c++) {
            for (int p = 0; p < height * width; p++) {
                mapped[c][p] = (float) function.apply(planes[c][p], c, p);
            }
        }
        return new Picture(height, width, mapped);
    }

    Picture clipped() {
        return map((value, c, p) -> clip(value));
    }

    float largest() {
        float largest = Float.NEGATIVE_INFINITY;
        for (float[] plane : planes) {
            for (float value : plane) {
                largest = Math.max(largest, value);
            }
        }
        return largest;
    }

    /** Returns the mean of a channel. */
    double mean(int channel) {
        double sum = 0;
        for (float value : planes[channel]) {
            sum += value;
        }
        return sum / planes[channel].length;
    }

    /** Brightness of every pixel: BT.601 of three channels, else the channels' mean. */
    float[] grey() {
        float[] grey = new float[height * width];
        for (int p = 0; p < grey.length; p++) {
            double sum = 0;
            for (float[] plane : planes) {
                sum += plane[p];
            }
            grey[p] = planes.length == 3
                    ? 0.299f * planes[0][p] + 0.587f * planes[1][p] + 0.114f * planes[2][p]
                    : (float) (sum / planes.length);
        }
        return grey;
    }

    /** Interpolates bilinearly in one channel; outside, the border acts as a mirror or is repeated. */
    double at(int channel, double row, double column, Border border) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        double down = row - top;
        double right = column - left;
        return (1 - down)
                        * ((1 - right) * pixel(channel, top, left, border)
                                + right * pixel(channel, top, left + 1, border))
                + down
                        * ((1 - right) * pixel(channel, top + 1, left, border)
                                + right * pixel(channel, top + 1, left + 1, border));
    }

    /** Returns one pixel, also outside. */
    float pixel(int channel, int row, int column, Border border) {
        return planes[channel][border.inside(row, height) * width + border.inside(column, width)];
    }

    static double clip(double value) {
        return Math.min(1, Math.max(0, value));
    }

    private static float clip(float value) {
        return Math.min(1, Math.max(0, value));
    }

    @Override
    public String toString() {
        return "Picture" + Arrays.toString(new int[] {planes.length, height, width});
    }
}
