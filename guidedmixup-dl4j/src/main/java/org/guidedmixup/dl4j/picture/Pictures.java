package org.guidedmixup.dl4j.picture;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.saliency.spectral.ChannelOrder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pictures of arrays. */
public final class Pictures {
    private static final ValueRange UNIT = ValueRange.of(0, 1);

    private Pictures() {}

    /**
     * A photograph of values from 0 to 1, three channels as red, green and blue.
     *
     * @param image [C, H, W], 0 to 1, any numeric type. Not modified.
     * @return a picture of W x H pixels; values outside 0 to 1 are cut off
     */
    public static BufferedImage photograph(INDArray image) {
        return photograph(image, UNIT, ChannelOrder.RGB);
    }

    /**
     * A photograph. Three channels are colours, four are red, green, blue and opacity, which is left out; otherwise the mean of the
     * channels is the brightness.
     *
     * @param image [C, H, W], any numeric type. Not modified.
     * @param range which values are black and white
     * @param order of three channels
     * @return a picture of W x H pixels; values outside the range are cut off, NaN is black
     * @throws IllegalArgumentException if the rank is another, or the range is for other channels
     */
    public static BufferedImage photograph(INDArray image, ValueRange range, ChannelOrder order) {
        requireRank(image, 3, "image");
        int channels = (int) image.size(0);
        int height = (int) image.size(1);
        int width = (int) image.size(2);
        range.requireChannels(channels);
        byte[][] levels = levels(floats(image), channels, height * width, range);
        int red = channels == 3 && order == ChannelOrder.BGR ? 2 : 0;
        boolean colors = channels == 3 || channels == 4;
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < height * width; p++) {
            int rgb = colors
                    ? (levels[red][p] & 0xFF) << 16 | (levels[1][p] & 0xFF) << 8 | (levels[2 - red][p] & 0xFF)
                    : mean(levels, p) * 0x010101;
            picture.setRGB(p % width, p / width, rgb);
        }
        return picture;
    }

    private static byte[][] levels(float[] values, int channels, int plane, ValueRange range) {
        byte[][] levels = new byte[channels][plane];
        for (int c = 0; c < channels; c++) {
            range.toLevels(c, values, c * plane, 1, plane, levels[c]);
        }
        return levels;
    }

    private static int mean(byte[][] levels, int pixel) {
        int sum = 0;
        for (byte[] channel : levels) {
            sum += channel[pixel] & 0xFF;
        }
        return Math.round((float) sum / levels.length);
    }

    /**
     * A saliency map, black where it is 0 and brightest at its maximum.
     *
     * @param map [H, W], not negative, any numeric type. Not modified.
     * @return a picture of W x H pixels
     */
    public static BufferedImage heatMap(INDArray map) {
        double max = map.maxNumber().doubleValue();
        return colored(map, ColorMap.HEAT, max > 0 ? 1 / max : 0);
    }

    /**
     * A mask, orange where the source keeps the pixel and blue where the target takes it.
     *
     * @param mask [H, W], 0 to 1, any numeric type. Not modified.
     * @return a picture of W x H pixels
     */
    public static BufferedImage mask(INDArray mask) {
        return colored(mask, ColorMap.SHARE, 1);
    }

    private static BufferedImage colored(INDArray map, ColorMap colors, double scale) {
        requireRank(map, 2, "map");
        int height = (int) map.size(0);
        int width = (int) map.size(1);
        float[] values = floats(map);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < values.length; p++) {
            picture.setRGB(p % width, p / width, colors.rgb(values[p] * scale));
        }
        return picture;
    }

    /**
     * A picture enlarged for viewing: every pixel becomes a square, so that nothing is smoothed that the network sees.
     *
     * @param picture the picture. Not modified.
     * @param side the wanted length of the longer side in pixels
     * @return the picture enlarged by the largest whole factor that does not exceed {@code side}; never made smaller
     */
    public static BufferedImage enlarge(BufferedImage picture, int side) {
        int factor = Math.max(1, side / Math.max(picture.getWidth(), picture.getHeight()));
        BufferedImage large = new BufferedImage(
                picture.getWidth() * factor, picture.getHeight() * factor, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < large.getHeight(); y++) {
            for (int x = 0; x < large.getWidth(); x++) {
                large.setRGB(x, y, picture.getRGB(x / factor, y / factor));
            }
        }
        return large;
    }

    /**
     * A picture made small enough to be shown: every square of pixels becomes one, their mean.
     *
     * @param picture the picture. Not modified.
     * @param side the most pixels that the longer side may have
     * @return the picture itself where it is small enough, otherwise made smaller by the least whole factor; what does not fill a
     *     square at the right and below is left out
     */
    public static BufferedImage reduce(BufferedImage picture, int side) {
        int longer = Math.max(picture.getWidth(), picture.getHeight());
        int factor = (longer + side - 1) / side;
        if (factor <= 1) {
            return picture;
        }
        BufferedImage small = new BufferedImage(
                Math.max(1, picture.getWidth() / factor),
                Math.max(1, picture.getHeight() / factor),
                BufferedImage.TYPE_INT_RGB);
        int columns = Math.min(factor, picture.getWidth());
        int rows = Math.min(factor, picture.getHeight());
        for (int y = 0; y < small.getHeight(); y++) {
            for (int x = 0; x < small.getWidth(); x++) {
                small.setRGB(x, y, mean(picture.getRGB(x * factor, y * factor, columns, rows, null, 0, columns)));
            }
        }
        return small;
    }

    private static int mean(int[] pixels) {
        int mean = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            long sum = 0;
            for (int rgb : pixels) {
                sum += (rgb >> shift) & 0xFF;
            }
            mean |= Math.round((float) sum / pixels.length) << shift;
        }
        return mean;
    }

    /**
     * The values of an array in 'c' order.
     *
     * @param array any numeric type. Not modified.
     * @return its values
     */
    public static float[] floats(INDArray array) {
        return array.castTo(DataType.FLOAT).dup('c').data().asFloat();
    }

    private static void requireRank(INDArray array, int rank, String name) {
        if (array.rank() != rank) {
            throw new IllegalArgumentException(
                    name + " " + Arrays.toString(array.shape()) + ": expected rank " + rank + ", got " + array.rank());
        }
    }
}
