package org.guidedmixup.image;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Which values of an array mean black and white, for every channel: what is needed to see an array of floats as an 8-bit image.
 * Immutable.
 */
public final class ValueRange implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final float WHITE = 255;

    /** A value may lie outside by half of what 8 bits tell apart, for rounding. */
    private static final float TOLERANCE = 0.5f / WHITE;

    /** Black, one value a channel or one for all. */
    private final float[] low;

    /** White. */
    private final float[] high;

    private ValueRange(float[] low, float[] high) {
        this.low = low;
        this.high = high;
        for (int c = 0; c < low.length; c++) {
            if (!(low[c] < high[c]) || !Float.isFinite(high[c] - low[c])) {
                throw new IllegalArgumentException(
                        "range: expected finite numbers with the lower one first, got " + low[c] + " to " + high[c]);
            }
        }
    }

    /**
     * One range for all channels, for example 0 to 1 or 0 to 255.
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
     * The range of images that were scaled to 0 to 1 and then standardised: value = (pixel − mean) / deviation.
     *
     * @param mean one for every channel. Not modified.
     * @param deviation above 0, one for every channel. Not modified.
     * @return the range
     * @throws IllegalArgumentException if the lengths differ or a number is out of range
     */
    public static ValueRange standardized(float[] mean, float[] deviation) {
        if (mean.length != deviation.length || mean.length == 0) {
            throw new IllegalArgumentException("mean of " + mean.length + " and deviation of " + deviation.length
                    + " channels: expected as many of both, at least 1");
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
     * What the channels of images within [0, 1] must have been divided by to have this range.
     *
     * @return one value a channel, or one for all
     */
    public double[] standardDeviation() {
        double[] deviation = new double[low.length];
        for (int c = 0; c < low.length; c++) {
            deviation[c] = 1.0 / (high[c] - low[c]);
        }
        return deviation;
    }

    /**
     * Checks that the range was given for images of so many channels.
     *
     * @param channels C
     * @throws IllegalArgumentException if it has another number of channels
     */
    public void requireChannels(int channels) {
        if (low.length != 1 && low.length != channels) {
            throw new IllegalArgumentException(
                    "range of " + low.length + " channels: the images have " + channels + " channels");
        }
    }

    /**
     * Checks the values of one channel.
     *
     * @param channel the channel
     * @param values where the values are. Not modified.
     * @param start the first one
     * @param stride from one to the next
     * @param count how many there are; NaN and infinity are no value
     * @throws IllegalArgumentException if one is outside the range by more than half an 8-bit level
     */
    public void requireInside(int channel, float[] values, int start, int stride, int count) {
        float tolerance = TOLERANCE * (high(channel) - low(channel));
        float least = low(channel) - tolerance;
        float most = high(channel) + tolerance;
        for (int p = 0; p < count; p++) {
            float value = values[start + p * stride];
            if ((value < least || value > most) && Float.isFinite(value)) {
                throw new IllegalArgumentException("images: expected values from " + low(channel) + " to "
                        + high(channel) + ", got " + value + "; declare the range that the images have");
            }
        }
    }

    /**
     * The 8-bit levels of the values of one channel, rounded. What lies outside the range is cut off, NaN is black.
     *
     * @param channel the channel
     * @param values where the values are. Not modified.
     * @param start the first one
     * @param stride from one to the next
     * @param count how many there are
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
     * The value of every 8-bit level.
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
