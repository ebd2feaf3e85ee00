package org.guidedmixup.image;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The values of an array that mean black and white, per channel: needed to convert an array of floats to an 8-bit image.
 * Immutable.
 */
public final class ValueRange implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final float WHITE = 255;

    /** How far outside the range a value may be, for rounding: half an 8-bit level, as a share of the range. */
    private static final float TOLERANCE = 0.5f / WHITE;

    /** Black, one value per channel or one for all. */
    private final float[] low;

    /** White, likewise. */
    private final float[] high;

    private ValueRange(float[] low, float[] high) {
        this.low = low;
        this.high = high;
        for (int c = 0; c < low.length; c++) {
            if (!(low[c] < high[c]) || !Float.isFinite(high[c] - low[c])) {
                throw new IllegalArgumentException(
                        "range: expected finite numbers, the lower one first, got " + low[c] + " to " + high[c]);
            }
        }
    }

    /**
     * Returns one range for all channels, for example 0 to 1 or 0 to 255.
     *
     * @param low black
     * @param high white
     * @return the range
     * @throws IllegalArgumentException if low is not below high, or one is not finite
     */
    public static ValueRange of(double low, double high) {
        return new ValueRange(new float[] {(float) low}, new float[] {(float) high});
    }

    /**
     * Returns the range of images that were scaled to 0 to 1 and then standardised: value = (pixel − mean) / deviation.
     *
     * @param mean one per channel. Not modified.
     * @param deviation above 0, one per channel. Not modified.
     * @return the range
     * @throws IllegalArgumentException if the lengths differ or a number is out of range
     */
    public static ValueRange standardized(float[] mean, float[] deviation) {
        if (mean.length != deviation.length || mean.length == 0) {
            throw new IllegalArgumentException("mean of " + mean.length + " and deviation of " + deviation.length
                    + " channels: expected the same number for both, at least 1");
        }
        float[] low = new float[mean.length];
        float[] high = new float[mean.length];
        for (int c = 0; c < low.length; c++) {
            low[c] = (0 - mean[c]) / deviation[c];
            high[c] = (1 - mean[c]) / deviation[c];
        }
        return new ValueRange(low, high);
    }

    /**
     * Returns the standard deviation that images in [0, 1] were divided by if they now have this range.
     *
     * @return one value per channel, or one for all
     */
    public double[] standardDeviation() {
        double[] deviation = new double[low.length];
        for (int c = 0; c < low.length; c++) {
            deviation[c] = 1.0 / (high[c] - low[c]);
        }
        return deviation;
    }

    /**
     * Checks that the range was declared for this number of channels.
     *
     * @param channels C
     * @throws IllegalArgumentException if the range has another number of channels
     */
    public void requireChannels(int channels) {
        if (low.length != 1 && low.length != channels) {
            throw new IllegalArgumentException(
                    "range of " + low.length + " channels: expected " + channels + " channels, as the images have");
        }
    }

    /**
     * Checks the values of one channel.
     *
     * @param channel the channel
     * @param values the array that holds the values. Not modified.
     * @param start the index of the first value
     * @param stride the distance from one value to the next
     * @param count the number of values; NaN and infinity are ignored
     * @throws IllegalArgumentException if a value is outside the range by more than half an 8-bit level
     */
    public void requireInside(int channel, float[] values, int start, int stride, int count) {
        float tolerance = TOLERANCE * (high(channel) - low(channel));
        float least = low(channel) - tolerance;
        float most = high(channel) + tolerance;
        for (int p = 0; p < count; p++) {
            float value = values[start + p * stride];
            if ((value < least || value > most) && Float.isFinite(value)) {
                throw new IllegalArgumentException("images: expected values from " + low(channel) + " to "
                        + high(channel) + ", got " + value + "; set the range of the images with .range(...)");
            }
        }
    }

    /**
     * Converts the values of one channel to 8-bit levels, rounded. Values outside the range are clipped; NaN becomes black.
     *
     * @param channel the channel
     * @param values the array that holds the values. Not modified.
     * @param start the index of the first value
     * @param stride the distance from one value to the next
     * @param count the number of values
     * @param levels 0 to 255 as unsigned bytes, from position 0. Modified.
     */
    public void toLevels(int channel, float[] values, int start, int stride, int count, byte[] levels) {
        float black = low(channel);
        float scale = WHITE / (high(channel) - black);
        for (int p = 0; p < count; p++) {
            float level = (values[start + p * stride] - black) * scale;
            levels[p] = (byte) (Math.max(0, Math.min(WHITE, level)) + 0.5f);
        }
    }

    /**
     * Returns the value that each 8-bit level stands for.
     *
     * @param channel the channel
     * @return 256 values
     */
    public float[] values(int channel) {
        float[] values = new float[256];
        for (int level = 0; level < values.length; level++) {
            values[level] = low(channel) + level / WHITE * (high(channel) - low(channel));
        }
        return values;
    }

    private float low(int channel) {
        return low[channel % low.length];
    }

    private float high(int channel) {
        return high[channel % high.length];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValueRange range && Arrays.equals(low, range.low) && Arrays.equals(high, range.high);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(low) + Arrays.hashCode(high);
    }

    @Override
    public String toString() {
        return "ValueRange" + Arrays.toString(low) + " to " + Arrays.toString(high);
    }
}
