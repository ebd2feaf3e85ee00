package org.guidedmixup.saliency.spectral;

import org.guidedmixup.internal.Views;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The brightness of images: 0.2989 R + 0.587 G + 0.114 B for three channels in any order, the mean of the channels otherwise.
 */
final class Grey {
    private static final double[] LUMA = {0.2989, 0.587, 0.114};

    private Grey() {}

    /**
     * Computes the brightness.
     *
     * @param images [M, C, H, W], or [M, H, W, C] with NHWC; any numeric type. Not modified.
     * @param format the layout
     * @param order the order of three channels
     * @return a new array [M, H, W], FLOAT, 'c' order
     */
    static INDArray of(INDArray images, DataFormat format, ChannelOrder order) {
        boolean channelsFirst = format == DataFormat.NCHW;
        long channels = images.size(channelsFirst ? 1 : 3);
        INDArray whole = Views.toBeCut(images);
        INDArray sum = null;
        for (long c = 0; c < channels; c++) {
            INDArray channel = channelsFirst
                    ? whole.get(NDArrayIndex.all(), NDArrayIndex.point(c), NDArrayIndex.all(), NDArrayIndex.all())
                    : whole.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(c));
            INDArray weighted = channel.dup('c').castTo(DataType.FLOAT).muli(weight(c, channels, order));
            sum = sum == null ? weighted : sum.addi(weighted);
        }
        return sum;
    }

    /** Returns the weight of each channel. */
    static float[] weights(long channels, ChannelOrder order) {
        float[] weights = new float[Math.toIntExact(channels)];
        for (int c = 0; c < weights.length; c++) {
            weights[c] = (float) weight(c, channels, order);
        }
        return weights;
    }

    private static double weight(long channel, long channels, ChannelOrder order) {
        if (channels != 3) {
            return 1.0 / channels;
        }
        return LUMA[(int) (order == ChannelOrder.BGR ? 2 - channel : channel)];
    }
}
