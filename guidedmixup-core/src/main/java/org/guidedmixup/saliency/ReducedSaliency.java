package org.guidedmixup.saliency;

import java.util.Arrays;
import org.guidedmixup.filter.BilinearResize;
import org.guidedmixup.filter.BlockMean;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Another detector's saliency, computed on smaller images: each block of scale x scale pixels becomes its mean, and the maps
 * are resized back to the images' size. For detectors whose time grows with the number of pixels, such as networks: scale 2
 * takes about a quarter of the time. Details smaller than a block are lost.
 */
public final class ReducedSaliency implements SaliencyDetector {
    private static final long serialVersionUID = 1L;

    /** Runs on the smaller images. */
    private final SaliencyDetector detector;
    /** Pixels along a side of a block. */
    private final int scale;
    /** Makes the smaller images. */
    private final BlockMean reduction;

    private ReducedSaliency(SaliencyDetector detector, int scale) {
        this.detector = detector;
        this.scale = scale;
        this.reduction = new BlockMean(scale);
    }

    /**
     * Wraps a detector so that it runs on smaller images.
     *
     * @param detector takes images of any size
     * @param scale pixels along each axis that become one pixel for the detector, at least 1
     * @return the wrapped detector, or the detector itself if the scale is 1
     * @throws IllegalArgumentException if the detector is null or the scale is below 1
     */
    public static SaliencyDetector of(SaliencyDetector detector, int scale) {
        if (detector == null) {
            throw new IllegalArgumentException("detector: expected a detector, got null");
        }
        if (scale < 1) {
            throw new IllegalArgumentException("saliencyScale: expected at least 1, got " + scale);
        }
        return scale == 1 ? detector : new ReducedSaliency(detector, scale);
    }

    /**
     * Computes saliency maps.
     *
     * @param images [M, C, H, W], or [M, H, W, C] with NHWC; any numeric type. Not modified.
     * @param labels [M, K], as the detector expects them. Not modified.
     * @param format the layout of the images
     * @return [M, H, W], FLOAT, not negative
     * @throws IllegalStateException if the detector refuses the smaller images; its own exception is the cause
     */
    @Override
    public INDArray detect(INDArray images, INDArray labels, DataFormat format) {
        boolean channelsFirst = format == DataFormat.NCHW;
        INDArray reduced = reduce(channelsFirst ? images : images.permute(0, 3, 1, 2));
        INDArray seen = channelsFirst ? reduced : reduced.permute(0, 2, 3, 1).dup('c');
        INDArray maps;
        try {
            maps = detector.detect(seen, labels, format);
        } catch (RuntimeException refused) {
            throw new IllegalStateException(
                    "saliencyScale " + scale + ", images " + Arrays.toString(seen.shape()) + ": "
                            + refused.getMessage(),
                    refused);
        }
        int height = Math.toIntExact(images.size(channelsFirst ? 2 : 1));
        int width = Math.toIntExact(images.size(channelsFirst ? 3 : 2));
        return new BilinearResize(height, width).apply(maps);
    }

    private INDArray reduce(INDArray images) {
        long count = images.size(0);
        long channels = images.size(1);
        INDArray planes =
                images.castTo(DataType.FLOAT).dup('c').reshape('c', count * channels, images.size(2), images.size(3));
        INDArray means = reduction.apply(planes);
        return means.reshape('c', count, channels, means.size(1), means.size(2));
    }

    @Override
    public boolean asyncSupported() {
        return detector.asyncSupported();
    }
}
