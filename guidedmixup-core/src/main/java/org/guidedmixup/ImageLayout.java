package org.guidedmixup;

import java.io.Serializable;
import java.util.Arrays;
import org.guidedmixup.internal.Views;
import org.guidedmixup.plan.BatchShape;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The layout of the images that a mixer receives: the position of the channel axis, and the image shape behind rows of pixels.
 */
final class ImageLayout implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The position of the channel axis. */
    private final DataFormat format;

    /** Whether the user set the format. */
    private final boolean isChosen;

    /** C, H and W of images that are passed as rows; null if images have these axes. */
    private final int[] rowShape;

    /**
     * Makes a layout.
     *
     * @param chosen the position of the channel axis; null for the default, NCHW
     * @param rowShape C, H and W of images that are passed as rows; null if images have these axes. Not modified.
     */
    ImageLayout(DataFormat chosen, int[] rowShape) {
        isChosen = chosen != null;
        format = isChosen ? chosen : DataFormat.NCHW;
        this.rowShape = rowShape == null ? null : rowShape.clone();
    }

    /** Checks the shape of images that are passed as rows. */
    static int[] rowShape(int channels, int height, int width) {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("imageShape: expected channels, height and width of at least 1, got "
                    + channels + ", " + height + ", " + width);
        }
        return new int[] {channels, height, width};
    }

    DataFormat format() {
        return format;
    }

    /**
     * Restores the axes of images.
     *
     * @param images as they were passed. Not modified.
     * @param anyRank whether the method ignores height and width, so that any array can be treated as one row of pixels
     * @return [M, C, H, W] or [M, H, W, C] if the images have or can be given these axes, otherwise the argument
     */
    INDArray images(INDArray images, boolean anyRank) {
        if (images == null || images.length() == 0 || images.rank() < 2) {
            return images;
        }
        if (rowShape != null) {
            return withAxes(images);
        }
        if (images.rank() == 4) {
            requireLikely(images);
            return images;
        }
        return anyRank ? withAxes(images, 1, 1, Math.toIntExact(images.length() / images.size(0))) : images;
    }

    private INDArray withAxes(INDArray images) {
        long perImage = images.length() / images.size(0);
        long wanted = (long) rowShape[0] * rowShape[1] * rowShape[2];
        boolean fits =
                images.rank() == 4 ? Arrays.equals(axes(images.size(0), rowShape), images.shape()) : perImage == wanted;
        if (!fits) {
            throw new IllegalArgumentException(
                    "images " + Arrays.toString(images.shape()) + ": expected [batch, " + wanted
                            + "] or " + Arrays.toString(axes(images.size(0), rowShape)) + ", as imageShape("
                            + rowShape[0] + ", "
                            + rowShape[1] + ", " + rowShape[2] + ") declares");
        }
        return images.rank() == 4 ? images : withAxes(images, rowShape);
    }

    private INDArray withAxes(INDArray images, int... channelsHeightWidth) {
        return Views.toBeCut(images).reshape('c', axes(images.size(0), channelsHeightWidth));
    }

    private long[] axes(long count, int... channelsHeightWidth) {
        int c = channelsHeightWidth[0];
        int h = channelsHeightWidth[1];
        int w = channelsHeightWidth[2];
        return format == DataFormat.NCHW ? new long[] {count, c, h, w} : new long[] {count, h, w, c};
    }

    /** Refuses images that seem to be channels last, unless the user set the format. */
    private void requireLikely(INDArray images) {
        if (!isChosen && BatchShape.seemsChannelsLast(images)) {
            throw new IllegalArgumentException("images " + Arrays.toString(images.shape())
                    + ": expected [batch, channels, height, width], but the channels seem to be last; add "
                    + ".dataFormat(DataFormat.NHWC) to the mixer's builder, or .dataFormat(DataFormat.NCHW) if these really are "
                    + images.size(1) + " channels of " + images.size(2) + " x " + images.size(3)
                    + " pixels");
        }
    }
}
