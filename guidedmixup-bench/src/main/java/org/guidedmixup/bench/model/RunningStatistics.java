package org.guidedmixup.bench.model;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The moving averages that one batch norm layer uses for inference.
 *
 * @param mean     [C]
 * @param variance unbiased, [C]
 */
public record RunningStatistics(INDArray mean, INDArray variance) {

    /** The weight of a new batch, as PyTorch's default. */
    public static final double MOMENTUM = 0.1;

    /**
     * Moves both averages towards a batch: {@code running = 0.9 running + 0.1 batch}, the variance made unbiased first,
     * as PyTorch does. Modifies both arrays.
     *
     * @param batchMean     mean of the batch, C elements, not modified
     * @param batchVariance biased variance of the batch, C elements, not modified
     * @param samples       N H W, the number of values behind each mean
     */
    public void update(INDArray batchMean, INDArray batchVariance, long samples) {
        if (samples < 2) {
            throw new IllegalArgumentException(
                    "samples: expected more than one value per channel to train batch normalization, got " + samples);
        }
        double unbiased = (double) samples / (samples - 1);
        for (long channel = 0; channel < mean.length(); channel++) {
            mean.putScalar(channel, move(mean.getDouble(channel), batchMean.getDouble(channel)));
            variance.putScalar(channel, move(variance.getDouble(channel), unbiased * batchVariance.getDouble(channel)));
        }
    }

    private static double move(double running, double batch) {
        return (1 - MOMENTUM) * running + MOMENTUM * batch;
    }
}
