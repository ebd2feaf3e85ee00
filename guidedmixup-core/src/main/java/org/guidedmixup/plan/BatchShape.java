package org.guidedmixup.plan;

import java.io.Serializable;
import java.util.Arrays;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
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

    /**
     * Reads the sizes of a batch and checks that images and labels make one.
     *
     * @param images [M, C, H, W] or, with NHWC, [M, H, W, C]. Not modified.
     * @param labels [M, K], not negative. Not modified.
     * @param format where the channels stand
     * @return the sizes
     * @throws IllegalArgumentException if rank, sizes, types or label values are not those of a batch
     */
    public static BatchShape of(INDArray images, INDArray labels, DataFormat format) {
        BatchShape shape = ofImages(images, format);
        checkLabels(labels);
        if (labels.size(0) != shape.images) {
            throw new IllegalArgumentException("images " + Arrays.toString(images.shape()) + " and labels "
                    + Arrays.toString(labels.shape()) + ": batch sizes differ");
        }
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
        if (images.rank() != 4) {
            String hint =
                    images.rank() == 2 ? "; reshape flattened images first, for example to [batch, 1, 28, 28]" : "";
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
     * Checks that an array belongs to this batch pixel by pixel.
     *
     * @param array [M, C, H, W] or [M, H, W, C] with any C, or [M, H, W]. Not modified.
     * @throws IllegalArgumentException if M, H or W differ
     */
    public void requireAligned(INDArray array) {
        boolean channelsFirst = format == DataFormat.NCHW;
        boolean fits = array.rank() == 3
                ? Arrays.equals(array.shape(), new long[] {images, height, width})
                : array.rank() == 4
                        && array.size(0) == images
                        && array.size(channelsFirst ? 2 : 1) == height
                        && array.size(channelsFirst ? 3 : 2) == width;
        if (!fits) {
            String wanted = channelsFirst
                    ? "[" + images + ", C, " + height + ", " + width + "]"
                    : "[" + images + ", " + height + ", " + width + ", C]";
            throw new IllegalArgumentException("array " + Arrays.toString(array.shape()) + ": the plan was drawn for "
                    + wanted + " or [" + images + ", " + height + ", " + width + "]");
        }
    }

    /**
     * Checks that labels belong to this batch.
     *
     * @param labels [M, K]. Not modified.
     * @throws IllegalArgumentException if this is not one row for every image
     */
    public void requireLabels(INDArray labels) {
        if (labels.rank() != 2 || labels.size(0) != images) {
            throw new IllegalArgumentException(
                    "labels " + Arrays.toString(labels.shape()) + ": the plan was drawn for [" + images + ", classes]");
        }
    }

    /** Labels are [M, K] and not negative; a single column of class indices is not a distribution that can be mixed. */
    private static void checkLabels(INDArray labels) {
        String got = "labels " + Arrays.toString(labels.shape());
        if (labels.isEmpty() || labels.length() == 0) {
            throw new IllegalArgumentException(got + ": expected [batch, classes] with no size of 0");
        }
        float[] values = labels.castTo(DataType.FLOAT).dup('c').data().asFloat();
        boolean oneColumn = labels.rank() == 1 || (labels.rank() == 2 && labels.size(1) == 1);
        if (labels.rank() == 1 || (oneColumn && hasValueAboveOne(values))) {
            throw new IllegalArgumentException(got + ": class indices cannot be mixed, expected one-hot or soft labels "
                    + "[batch, classes]; convert them first: Nd4j.create(DataType.FLOAT, batch, classes), "
                    + "then putScalar(image, index, 1) for every image");
        }
        if (labels.rank() != 2) {
            throw new IllegalArgumentException(
                    got + ": expected one-hot or soft labels of rank 2, [batch, classes], got rank " + labels.rank());
        }
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0)) {
                throw new IllegalArgumentException(
                        got + ": expected values of at least 0, got " + values[i] + " for image " + i / labels.size(1));
            }
        }
    }

    private static boolean hasValueAboveOne(float[] values) {
        for (float value : values) {
            if (value > 1) {
                return true;
            }
        }
        return false;
    }
}
