package org.guidedmixup.dl4j.picture;

import java.awt.image.BufferedImage;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.saliency.spectral.ChannelOrder;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What the numbers of a batch of images mean.
 *
 * @param layout where the channels stand
 * @param range which values are black and white
 * @param order of three channels; four are red, green, blue and opacity, which is not shown
 */
public record PixelFormat(DataFormat layout, ValueRange range, ChannelOrder order) {

    /** [M, C, H, W] with values from 0 to 1, three channels as red, green and blue. */
    public static final PixelFormat UNIT_RGB = new PixelFormat(DataFormat.NCHW, ValueRange.of(0, 1), ChannelOrder.RGB);

    /**
     * A photograph of one image.
     *
     * @param images the batch in this layout, any numeric type, no part of a larger array. Not modified.
     * @param image which one, from 0
     * @return a picture of W x H pixels; values outside the range are cut off
     */
    public BufferedImage photograph(INDArray images, int image) {
        INDArray one = images.slice(image);
        return Pictures.photograph(layout == DataFormat.NCHW ? one : one.permute(2, 0, 1), range, order);
    }

    /**
     * What is shown of the channels, in words.
     *
     * @param channels C
     * @return for example {@code channels blue, green, red}
     */
    public String describe(int channels) {
        return switch (channels) {
            case 1 -> "one channel";
            case 3 -> order == ChannelOrder.RGB ? "channels red, green, blue" : "channels blue, green, red";
            case 4 -> "channels red, green, blue, and a fourth that is not shown";
            default -> "the mean of " + channels + " channels";
        };
    }
}
