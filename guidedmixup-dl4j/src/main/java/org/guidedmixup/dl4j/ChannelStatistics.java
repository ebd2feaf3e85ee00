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
    private final String name;
    private final BatchNormalization layer;
    private double[] means = {};
    private double[] variances = {};
    private long examples;

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
        if (input.length() / channels < 2) {
            throw new IllegalArgumentException("unmixed: expected more than one value per channel in " + name
                    + ", got a batch of one example of shape " + Arrays.toString(input.shape())
                    + "; use larger batches, or leave the last one out");
        }
        INDArray values = input.dataType() == DataType.DOUBLE ? input : input.castTo(DataType.FLOAT);
        double[] batchMeans = values.mean(others).data().asDouble();
        double[] batchVariances = values.var(true, others).data().asDouble();
        if (examples == 0) {
            means = new double[batchMeans.length];
            variances = new double[batchMeans.length];
        }
        long size = input.size(0);
        examples += size;
        double weight = (double) size / examples;
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
        if (examples == 0) {
            throw new IllegalArgumentException(
                    "unmixed: expected at least one batch, got none; " + "reset the iterator, or make a new one");
        }
        for (int c = 0; c < means.length; c++) {
            if (!Double.isFinite(means[c]) || !Double.isFinite(variances[c])) {
                throw new IllegalArgumentException("network: expected finite activations, got mean " + means[c]
                        + " and variance " + variances[c] + " in channel " + c + " of " + name
                        + "; look at the images, and at whether the training diverged");
            }
        }
    }

    /** Writes the averages into the layer. */
    void write() {
        layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN).assign(row(means));
        if (layer.layerConf().isUseLogStd()) {
            double smallest = layer.layerConf().getEps();
            double[] logarithms = Arrays.stream(variances)
                    .map(variance -> 0.5 * Math.log10(Math.max(variance, smallest)))
                    .toArray();
            layer.getParam(BatchNormalizationParamInitializer.GLOBAL_LOG_STD).assign(row(logarithms));
        } else {
            layer.getParam(BatchNormalizationParamInitializer.GLOBAL_VAR).assign(row(variances));
        }
    }

    private INDArray row(double... values) {
        INDArray mean = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN);
        return Nd4j.createFromArray(values).castTo(mean.dataType()).reshape(mean.shape());
    }
}
