package org.guidedmixup.dl4j.opencv;

import java.util.Arrays;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.saliency.spectral.ChannelOrder;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Converts the images of a batch to OpenCV's format: unsigned bytes, with blue, green and red of each pixel together, or one
 * byte per pixel unless there are three channels.
 *
 * @param count M
 * @param channels C
 * @param height H
 * @param width W
 * @param format the image layout
 * @param range the values of black and white
 * @param order the order of three channels
 */
record EightBitImages(
        int count, int channels, int height, int width, DataFormat format, ValueRange range, ChannelOrder order) {
    private static final int COLOUR = 3;

    /**
     * Returns the conversion for a batch.
     *
     * @param range null for 0 to 1 for floating-point images and 0 to 255 for others
     * @throws IllegalArgumentException if images are not of rank 4 or the range was given for another number of channels
     */
    static EightBitImages of(INDArray images, DataFormat format, ValueRange range, ChannelOrder order) {
        if (images.rank() != 4) {
            throw new IllegalArgumentException("images: expected [M, C, H, W] or, with NHWC, [M, H, W, C], got "
                    + Arrays.toString(images.shape()));
        }
        ValueRange values = range == null ? ValueRange.of(0, images.dataType().isFPType() ? 1 : 255) : range;
        int[] shape = Arrays.stream(images.shape()).mapToInt(Math::toIntExact).toArray();
        EightBitImages layout = format == DataFormat.NCHW
                ? new EightBitImages(shape[0], shape[1], shape[2], shape[3], format, values, order)
                : new EightBitImages(shape[0], shape[3], shape[1], shape[2], format, values, order);
        values.requireChannels(layout.channels);
        return layout;
    }

    /** Returns H x W. */
    int pixels() {
        return height * width;
    }

    /** Returns the number of values per image. */
    int length() {
        return channels * pixels();
    }

    /**
     * Converts one image.
     *
     * @param image its values in the order of the batch. Not modified.
     * @return [H, W, 3] for three channels, otherwise [H, W]
     * @throws IllegalArgumentException if a value lies outside the range
     */
    byte[] levels(float[] image) {
        int[] sums = new int[channels == COLOUR ? 0 : pixels()];
        byte[] levels = new byte[channels == COLOUR ? length() : pixels()];
        byte[] plane = new byte[pixels()];
        for (int c = 0; c < channels; c++) {
            int start = format == DataFormat.NCHW ? c * pixels() : c;
            int stride = format == DataFormat.NCHW ? 1 : channels;
            range.requireInside(c, image, start, stride, pixels());
            range.toLevels(c, image, start, stride, pixels(), plane);
            if (channels == COLOUR) {
                scatter(plane, levels, order == ChannelOrder.RGB ? COLOUR - 1 - c : c);
            } else {
                add(plane, sums);
            }
        }
        for (int p = 0; p < sums.length; p++) {
            levels[p] = (byte) ((sums[p] + channels / 2) / channels);
        }
        return levels;
    }

    private static void scatter(byte[] plane, byte[] levels, int channel) {
        for (int p = 0; p < plane.length; p++) {
            levels[p * COLOUR + channel] = plane[p];
        }
    }

    private static void add(byte[] plane, int[] sums) {
        for (int p = 0; p < plane.length; p++) {
            sums[p] += Byte.toUnsignedInt(plane[p]);
        }
    }
}
