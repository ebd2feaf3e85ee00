package org.guidedmixup.plan;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.guidedmixup.internal.Views;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sizes of a batch of images, read from checked arrays.
 *
 * @param images M, the number of images
 * @param channels C
 * @param height H, in pixels
 * @param width W, in pixels
 * @param format the layout of the arrays
 * @serial exclude
 */
public record BatchShape(int images, int channels, int height, int width, DataFormat format) implements Serializable {
    /** The largest number of channels of usual images: red, green, blue and alpha. */
    private static final int PICTURE_CHANNELS = 4;

    /**
     * Checks that images and labels form a batch, and reads its sizes.
     *
     * @param images [M, C, H, W] or, with NHWC, [M, H, W, C]. Not modified.
     * @param labels [M, K], or dense labels [M, K, H, W] or, with NHWC, [M, H, W, K]; not negative, finite. Not modified.
     * @param format the layout
     * @return the sizes
     * @throws IllegalArgumentException if one is null, or its rank, sizes, type or values are not those of a batch
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
     * @param format the layout
     * @return the sizes
     * @throws IllegalArgumentException if the array is not a batch of images
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
     * Returns whether an array of rank 4 is more likely [M, H, W, C] than [M, C, H, W]: its last axis has size 1, 3 or 4, as
     * channels do, and the two axes before it are larger than 4.
     *
     * @param images any array. Not modified.
     * @return true if the channels seem to be last
     */
    public static boolean seemsChannelsLast(INDArray images) {
        long last = images.rank() == 4 ? images.size(3) : 0;
        boolean pictures = last == 1 || last == 3 || last == PICTURE_CHANNELS;
        return pictures && images.size(1) > PICTURE_CHANNELS && images.size(2) > PICTURE_CHANNELS;
    }

    /**
     * Checks that an array is aligned with this batch pixel by pixel.
     *
     * @param array [M, C, H, W] or [M, H, W, C] with any C, or [M, H, W], or the images as rows [M, C H W]. Not modified.
     * @throws IllegalArgumentException if M, H or W differ
     */
    public void requireAligned(INDArray array) {
        if (!isAligned(array) && !isRows(array)) {
            throw new IllegalArgumentException(
                    "array " + Arrays.toString(array.shape()) + ": expected " + withChannels("C") + " or [" + images
                            + ", " + height + ", " + width + "], the sizes that the plan was drawn for");
        }
    }

    /**
     * Mixes an array that is aligned with this batch pixel by pixel.
     *
     * @param array as in {@link #requireAligned}. Not modified.
     * @param mix mixes an array that has axes of height and width, and returns a new array of the same shape
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

    /** Returns whether an array holds the images as rows. */
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
     * Returns whether labels have one row per pixel instead of one per image.
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
     * @throws IllegalArgumentException if there is not one row per image or one per pixel
     */
    public void requireLabels(INDArray labels) {
        if (!isDense(labels) && (labels.rank() != 2 || labels.size(0) != images)) {
            throw new IllegalArgumentException("labels " + Arrays.toString(labels.shape()) + ": expected [" + images
                    + ", classes] or dense labels " + withChannels("classes") + ", as the plan was drawn");
        }
    }

    /**
     * Checks that there is one number per image.
     *
     * @param weights [M, 1]. Not modified.
     * @throws IllegalArgumentException if the shape is different
     */
    public void requireWeights(INDArray weights) {
        if (weights.rank() != 2 || weights.size(0) != images || weights.size(1) != 1) {
            throw new IllegalArgumentException("weights " + Arrays.toString(weights.shape()) + ": expected [" + images
                    + ", 1], one weight for each image of the plan's batch");
        }
    }

    /**
     * Returns the number of classes in labels of this batch.
     *
     * @param labels as in {@link #requireLabels}. Not modified.
     * @return K
     */
    public long classes(INDArray labels) {
        return labels.size(classAxis(labels));
    }

    /** Returns the axis of the classes in labels. */
    int classAxis(INDArray labels) {
        return labels.rank() == 4 && format == DataFormat.NHWC ? 3 : 1;
    }

    /** Returns the shape of an array of this batch, for messages. */
    String withChannels(String channelAxis) {
        return format == DataFormat.NCHW
                ? "[" + images + ", " + channelAxis + ", " + height + ", " + width + "]"
                : "[" + images + ", " + height + ", " + width + ", " + channelAxis + "]";
    }
}
