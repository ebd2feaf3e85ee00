package org.guidedmixup.plan;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.guidedmixup.internal.Views;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sizes of a batch of images, read from arrays that have been checked.
 *
 * @param images M, the number of images
 * @param channels C
 * @param height H, in pixels
 * @param width W, in pixels
 * @param format where the channels stand in the arrays
 */
public record BatchShape(int images, int channels, int height, int width, DataFormat format) implements Serializable {
    /** The most channels that pictures have: red, green, blue and what is transparent. */
    private static final int PICTURE_CHANNELS = 4;

    /**
     * Reads the sizes of a batch and checks that images and labels make one.
     *
     * @param images [M, C, H, W] or, with NHWC, [M, H, W, C]. Not modified.
     * @param labels [M, K], or dense labels [M, K, H, W] or, with NHWC, [M, H, W, K]; not negative, finite. Not modified.
     * @param format where the channels stand
     * @return the sizes
     * @throws IllegalArgumentException if one is null, or rank, sizes, types or label values are not those of a batch
     */
    public static BatchShape of(INDArray images, INDArray labels, DataFormat format) {
        BatchShape shape = ofImages(images, format);
        LabelCheck.require(labels, shape);
        return shape;
    }

    /**
     * Reads the sizes of a batch of images.
     *
     * @param images [M, C, H, W] or, with NHWC, [M, H, W, C]. Not modified.
     * @param format where the channels stand
     * @return the sizes
     * @throws IllegalArgumentException if this is not a batch of images
     */
    public static BatchShape ofImages(INDArray images, DataFormat format) {
        String wanted =
                format == DataFormat.NCHW ? "[batch, channels, height, width]" : "[batch, height, width, channels]";
        if (images == null) {
            throw new IllegalArgumentException("images: expected " + wanted + ", got null");
        }
        if (images.rank() != 4) {
            String hint =
                    switch (images.rank()) {
                        case 2 ->
                            "; for images as rows, set imageShape(channels, height, width) on the mixer's builder";
                        case 3 ->
                            "; grey images have a channel axis of size 1, for example images.reshape("
                                    + (format == DataFormat.NCHW
                                            ? "batch, 1, height, width)"
                                            : "batch, height, width, 1)");
                        default -> "";
                    };
            throw new IllegalArgumentException("images " + Arrays.toString(images.shape()) + ": expected rank 4, "
                    + wanted + ", got rank " + images.rank() + hint);
        }
        if (images.isEmpty() || images.length() == 0) {
            throw new IllegalArgumentException(
                    "images " + Arrays.toString(images.shape()) + ": expected " + wanted + " with no size of 0");
        }
        if (!images.dataType().isNumerical()) {
            throw new IllegalArgumentException("images: expected a numeric type, got " + images.dataType());
        }
        boolean channelsFirst = format == DataFormat.NCHW;
        return new BatchShape(
                Math.toIntExact(images.size(0)),
                Math.toIntExact(images.size(channelsFirst ? 1 : 3)),
                Math.toIntExact(images.size(channelsFirst ? 2 : 1)),
                Math.toIntExact(images.size(channelsFirst ? 3 : 2)),
                format);
    }

    /**
     * Whether an array of rank 4 is more likely [M, H, W, C] than [M, C, H, W]: the last axis has the 1, 3 or 4 channels of
     * pictures, and both before it are larger than 4.
     *
     * @param images any array. Not modified.
     * @return true if so
     */
    public static boolean seemsChannelsLast(INDArray images) {
        long last = images.rank() == 4 ? images.size(3) : 0;
        boolean pictures = last == 1 || last == 3 || last == PICTURE_CHANNELS;
        return pictures && images.size(1) > PICTURE_CHANNELS && images.size(2) > PICTURE_CHANNELS;
    }

    /**
     * Checks that an array belongs to this batch pixel by pixel.
     *
     * @param array [M, C, H, W] or [M, H, W, C] with any C, or [M, H, W], or the images as rows [M, C H W]. Not modified.
     * @throws IllegalArgumentException if M, H or W differ
     */
    public void requireAligned(INDArray array) {
        if (!isAligned(array) && !isRows(array)) {
            throw new IllegalArgumentException("array " + Arrays.toString(array.shape()) + ": the plan was drawn for "
                    + withChannels("C") + " or [" + images + ", " + height + ", " + width + "]");
        }
    }

    /**
     * Mixes an array that belongs to this batch pixel by pixel.
     *
     * @param array as in {@link #requireAligned}. Not modified.
     * @param mix mixes what has axes of height and width, and gives a new array of the same shape
     * @return the mixed array in the shape of the array
     * @throws IllegalArgumentException if M, H or W differ
     */
    public INDArray mixAligned(INDArray array, UnaryOperator<INDArray> mix) {
        requireAligned(array);
        return isAligned(array) ? mix.apply(array) : mix.apply(fromRows(array)).reshape('c', array.shape());
    }

    private boolean isAligned(INDArray array) {
        boolean channelsFirst = format == DataFormat.NCHW;
        return array.rank() == 3
                ? Arrays.equals(array.shape(), new long[] {images, height, width})
                : array.rank() == 4
                        && array.size(0) == images
                        && array.size(channelsFirst ? 2 : 1) == height
                        && array.size(channelsFirst ? 3 : 2) == width;
    }

    /** Whether every image is there with all its values, but not with its axes. */
    private boolean isRows(INDArray array) {
        return array.rank() > 1
                && array.rank() != 4
                && array.size(0) == images
                && array.length() == (long) images * channels * height * width;
    }

    private INDArray fromRows(INDArray array) {
        return Views.toBeCut(array)
                .reshape(
                        'c',
                        format == DataFormat.NCHW
                                ? new long[] {images, channels, height, width}
                                : new long[] {images, height, width, channels});
    }

    /**
     * Whether labels are one row for every pixel instead of one for every image.
     *
     * @param labels any array. Not modified.
     * @return true if they are [M, K, H, W] or, with NHWC, [M, H, W, K]
     */
    public boolean isDense(INDArray labels) {
        return labels.rank() == 4 && isAligned(labels);
    }

    /**
     * Checks that labels belong to this batch.
     *
     * @param labels [M, K], or dense labels [M, K, H, W] or, with NHWC, [M, H, W, K]. Not modified.
     * @throws IllegalArgumentException if this is not one row for every image or every pixel
     */
    public void requireLabels(INDArray labels) {
        if (!isDense(labels) && (labels.rank() != 2 || labels.size(0) != images)) {
            throw new IllegalArgumentException("labels " + Arrays.toString(labels.shape())
                    + ": the plan was drawn for [" + images + ", classes] or dense labels " + withChannels("classes"));
        }
    }

    /**
     * Checks that there is one number for every image.
     *
     * @param weights [M, 1]. Not modified.
     * @throws IllegalArgumentException if this is another shape
     */
    public void requireWeights(INDArray weights) {
        if (weights.rank() != 2 || weights.size(0) != images || weights.size(1) != 1) {
            throw new IllegalArgumentException("weights " + Arrays.toString(weights.shape())
                    + ": the plan was drawn for " + images + " images, expected [" + images + ", 1]");
        }
    }

    /** Which axis of labels the classes are on. */
    int classAxis(INDArray labels) {
        return labels.rank() == 4 && format == DataFormat.NHWC ? 3 : 1;
    }

    /** A shape of this batch for a message. */
    String withChannels(String channelAxis) {
        return format == DataFormat.NCHW
                ? "[" + images + ", " + channelAxis + ", " + height + ", " + width + "]"
                : "[" + images + ", " + height + ", " + width + ", " + channelAxis + "]";
    }
}
