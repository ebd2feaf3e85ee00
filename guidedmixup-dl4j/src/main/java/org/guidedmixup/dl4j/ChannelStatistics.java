package org.guidedmixup.dl4j;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Means and variances of the channels that enter one batch normalisation, averaged over batches. */
final class ChannelStatistics {
    private static final double SMALLEST_VARIANCE = 1e-30;
    private static final double SMALLEST_HALF_VARIANCE = 1e-7;

    private final String name;
    private final BatchNormalization layer;
    private double[] means = {};
    private double[] variances = {};

    /** How many values of each channel there have been. */
    private long samples;

    /**
     * Starts without batches.
     *
     * @param name what errors call the layer
     * @param layer the layer, which only {@link #write} modifies
     */
    ChannelStatistics(String name, BatchNormalization layer) {
        this.name = name;
        this.layer = layer;
    }

    /**
     * Adds a batch.
     *
     * @param input [M, C], [M, C, H, W] or, if the layer says so, [M, H, W, C]. Not modified.
     */
    void add(INDArray input) {
        int[] others = otherAxes(input);
        long channels = input.length();
        for (int axis : others) {
            channels /= input.size(axis);
        }
        long size = input.length() / channels;
        if (size < 2) {
            throw new IllegalArgumentException("unmixed: expected more than one value per channel in " + name
                    + ", got a batch of one example of shape " + Arrays.toString(input.shape())
                    + "; use larger batches, or leave the last one out");
        }
        if (input.dataType() == DataType.DOUBLE) {
            average(size, input, others);
            return;
        }
        try (INDArray values = input.castTo(DataType.DOUBLE)) { // float sums of a million pixels are wrong by percents
            average(size, values, others);
        }
    }

    private void average(long size, INDArray input, int... others) {
        double[] batchMeans = input.mean(others).data().asDouble();
        double[] batchVariances = input.var(true, others).data().asDouble();
        if (samples == 0) {
            means = new double[batchMeans.length];
            variances = new double[batchMeans.length];
        }
        samples += size;
        double weight = (double) size / samples;
        for (int c = 0; c < means.length; c++) {
            means[c] += weight * (batchMeans[c] - means[c]);
            variances[c] += weight * (batchVariances[c] - variances[c]);
        }
    }

    private int[] otherAxes(INDArray input) {
        if (input.rank() == 2) {
            return new int[] {0};
        }
        if (input.rank() == 4) {
            return layer.layerConf().getCnn2DFormat() == CNN2DFormat.NHWC ? new int[] {0, 1, 2} : new int[] {0, 2, 3};
        }
        throw new IllegalArgumentException(
                "network: expected batch normalisation of rows or images, got an input of shape "
                        + Arrays.toString(input.shape()) + " in " + name);
    }

    /** Throws if there was no batch or a statistic is not finite. */
    void check() {
        if (samples == 0) {
            throw new IllegalArgumentException(
                    "unmixed: expected at least one batch, got none; " + "reset the iterator, or make a new one");
        }
        double[] storedMeans = row(means).data().asDouble();
        double[] storedVariances = row(spreads()).data().asDouble();
        for (int c = 0; c < means.length; c++) {
            if (!Double.isFinite(storedMeans[c]) || !Double.isFinite(storedVariances[c])) {
                throw new IllegalArgumentException("network: expected finite activations whose statistics fit "
                        + layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN)
                                .dataType()
                        + ", got mean " + means[c] + " and variance " + variances[c] + " in channel " + c + " of "
                        + name
                        + "; look at the images, and at whether the training diverged");
            }
        }
    }

    /** Writes the averages into the layer. */
    void write() {
        layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN).assign(row(means));
        layer.getParam(
                        layer.layerConf().isUseLogStd()
                                ? BatchNormalizationParamInitializer.GLOBAL_LOG_STD
                                : BatchNormalizationParamInitializer.GLOBAL_VAR)
                .assign(row(spreads()));
    }

    /** Returns what the layer stores: variances, or logarithms to base 10 of standard deviations. */
    private double[] spreads() {
        if (!layer.layerConf().isUseLogStd()) {
            return variances;
        }
        DataType type =
                layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN).dataType();
        // Training divides by the variance, so it must not be 0, nor become 0 in the layer's type.
        double smallest = type == DataType.FLOAT16 ? SMALLEST_HALF_VARIANCE : SMALLEST_VARIANCE;
        return Arrays.stream(variances)
                .map(variance -> 0.5 * Math.log10(Math.max(variance, smallest)))
                .toArray();
    }

    private INDArray row(double... values) {
        INDArray mean = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN);
        return Nd4j.createFromArray(values).castTo(mean.dataType()).reshape(mean.shape());
    }
}
