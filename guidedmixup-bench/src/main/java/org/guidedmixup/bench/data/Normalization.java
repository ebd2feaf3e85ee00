package org.guidedmixup.bench.data;

import java.util.Arrays;
import org.guidedmixup.image.ValueRange;

/**
 * How bytes become floats: (value / 255 - mean) / standard deviation, with one mean and deviation per channel.
 * Immutable.
 */
public final class Normalization {
    private static final int BYTE_VALUES = 256;

    private final float[] mean;
    private final float[] std;

    private Normalization(float[] mean, float[] std) {
        this.mean = mean;
        this.std = std;
    }

    /**
     * {@return mean 0 and deviation 1: values in [0, 1], for viewing}
     *
     * @param channels C
     */
    public static Normalization none(int channels) {
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        return new Normalization(new float[channels], ones);
    }

    /**
     * {@return mean and (population) deviation over all pixels of each channel; the deviation of a constant channel is
     * taken as 1}
     *
     * @param images the training images, at least one
     */
    public static Normalization of(ImageSet images) {
        if (images.size() == 0) {
            throw new IllegalArgumentException("images: expected at least one, got none");
        }
        float[] mean = new float[images.channels()];
        float[] std = new float[images.channels()];
        double pixels = (double) images.size() * images.height() * images.width();
        for (int c = 0; c < images.channels(); c++) {
            long[] counts = histogram(images, c);
            double sum = 0;
            double squares = 0;
            for (int value = 0; value < BYTE_VALUES; value++) {
                double unit = value / 255.0;
                sum += counts[value] * unit;
                squares += counts[value] * unit * unit;
            }
            double variance = squares / pixels - (sum / pixels) * (sum / pixels);
            mean[c] = (float) (sum / pixels);
            std[c] = variance < 1e-10 ? 1 : (float) Math.sqrt(variance);
        }
        return new Normalization(mean, std);
    }

    private static long[] histogram(ImageSet images, int channel) {
        long[] counts = new long[BYTE_VALUES];
        int plane = images.height() * images.width();
        for (int i = 0; i < images.size(); i++) {
            byte[] pixels = images.pixels(i);
            for (int p = channel * plane; p < (channel + 1) * plane; p++) {
                counts[pixels[p] & 0xff]++;
            }
        }
        return counts;
    }

    /** {@return number of channels C} */
    public int channels() {
        return mean.length;
    }

    /**
     * {@return its mean, in [0, 1]}
     *
     * @param channel 0 to C - 1
     */
    public float mean(int channel) {
        return mean[channel];
    }

    /**
     * {@return its standard deviation, positive}
     *
     * @param channel 0 to C - 1
     */
    public float std(int channel) {
        return std[channel];
    }

    /** {@return the floats for black and white in each channel} */
    public ValueRange range() {
        return ValueRange.standardized(mean, std);
    }

    /** {@return [C, 256]: the float of every byte} */
    float[][] table() {
        float[][] table = new float[channels()][BYTE_VALUES];
        for (int c = 0; c < channels(); c++) {
            for (int value = 0; value < BYTE_VALUES; value++) {
                table[c][value] = (value / 255f - mean[c]) / std[c];
            }
        }
        return table;
    }
}
