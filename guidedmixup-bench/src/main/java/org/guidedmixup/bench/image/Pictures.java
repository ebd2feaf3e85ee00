package org.guidedmixup.bench.image;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pictures of arrays. */
public final class Pictures {
    private Pictures() {}

    /**
     * A photograph.
     *
     * @param image [C, H, W], 0 to 1, any numeric type: three channels are red, green and blue, otherwise the mean of the
     *     channels is the brightness. Not modified.
     * @return a picture of W x H pixels; values outside 0 to 1 are cut off
     */
    public static BufferedImage photograph(INDArray image) {
        requireRank(image, 3, "image");
        int channels = (int) image.size(0);
        int height = (int) image.size(1);
        int width = (int) image.size(2);
        int plane = height * width;
        float[] values = floats(image);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < plane; p++) {
            int rgb;
            if (channels == 3) {
                rgb = level(values[p]) << 16 | level(values[plane + p]) << 8 | level(values[2 * plane + p]);
            } else {
                float sum = 0;
                for (int c = 0; c < channels; c++) {
                    sum += values[c * plane + p];
                }
                rgb = level(sum / channels) * 0x010101;
            }
            picture.setRGB(p % width, p / width, rgb);
        }
        return picture;
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

    private static int level(float value) {
        return Math.round(255 * Math.max(0, Math.min(1, value)));
    }

    private static float[] floats(INDArray array) {
        return array.castTo(DataType.FLOAT).dup('c').data().asFloat();
    }

    private static void requireRank(INDArray array, int rank, String name) {
        if (array.rank() != rank) {
            throw new IllegalArgumentException(
                    name + " " + Arrays.toString(array.shape()) + ": expected rank " + rank + ", got " + array.rank());
        }
    }
}
