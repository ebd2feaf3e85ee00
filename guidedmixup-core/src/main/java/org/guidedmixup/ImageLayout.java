package org.guidedmixup;

import java.io.Serializable;
import java.util.Arrays;
import org.guidedmixup.internal.Views;
import org.guidedmixup.plan.BatchShape;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How images come: where their channels stand, and what rows of pixels are images of. */
final class ImageLayout implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Where the channels stand. */
    private final DataFormat format;

    /** Whether somebody has said so. */
    private final boolean isChosen;

    /** C, H and W of images that come as rows; null if images have these axes. */
    private final int[] rowShape;

    /**
     * Notes how images come.
     *
     * @param chosen where the channels stand; null for the usual NCHW
     * @param rowShape C, H and W of images that come as rows; null if images have these axes. Not modified.
     */
    ImageLayout(DataFormat chosen, int[] rowShape) {
        isChosen = chosen != null;
        format = isChosen ? chosen : DataFormat.NCHW;
        this.rowShape = rowShape == null ? null : rowShape.clone();
    }

    /** Checks the shape of images that come as rows. */
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
     * Gives images their axes.
     *
     * @param images as they came. Not modified.
     * @param anyRank whether the method has no use for height and width, so that anything can be taken for one row of pixels
     * @return [M, C, H, W] or [M, H, W, C] where the images can be seen so, else what came
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
                            + rowShape[1] + ", " + rowShape[2] + ") says");
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

    /** Refuses what is an array of pictures with the channels last, unless somebody has said that it is not. */
    private void requireLikely(INDArray images) {
        if (!isChosen && BatchShape.seemsChannelsLast(images)) {
            throw new IllegalArgumentException("images " + Arrays.toString(images.shape())
                    + ": the channels seem to be last, and the mixer was built for [batch, channels, height, width]; add "
                    + ".dataFormat(DataFormat.NHWC) to its builder, or .dataFormat(DataFormat.NCHW) if these really are "
                    + images.size(1) + " channels of " + images.size(2) + " x " + images.size(3)
                    + " pixels");
        }
    }
}
