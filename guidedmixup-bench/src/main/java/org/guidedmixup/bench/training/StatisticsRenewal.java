package org.guidedmixup.bench.training;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.guidedmixup.bench.model.BatchMoments;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.RunningStatistics;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Takes the running statistics of batch norm anew from unmixed images: those of a training on mixed images are of mixed
 * images.
 */
public final class StatisticsRenewal {
    private StatisticsRenewal() {}

    /**
     * Replaces the running statistics by the averages of the batches' means and unbiased variances, weighted by their
     * number of values per channel.
     *
     * @param model   its running statistics are modified, after the last batch
     * @param batches features [N, C, H, W], N H W at least 2 in every layer; shuffled, because a batch of one class has
     *     other statistics than those of training. Not modified.
     * @throws IllegalArgumentException if there is no batch
     */
    public static void renew(ImageModel model, Iterator<DataSet> batches) {
        try {
            average(model, batches);
        } finally {
            model.releaseMemory();
        }
    }

    private static void average(ImageModel model, Iterator<DataSet> batches) {
        Map<String, Average> averages = new LinkedHashMap<>();
        while (batches.hasNext()) {
            model.batchMoments(batches.next().getFeatures()).forEach((layer, moments) -> averages.computeIfAbsent(
                            layer, name -> new Average(moments.mean().length()))
                    .add(layer, moments));
        }
        if (averages.isEmpty() && !model.runningStatistics().isEmpty()) {
            throw new IllegalArgumentException("batches: expected at least one, got none");
        }
        averages.forEach(
                (layer, average) -> average.writeTo(model.runningStatistics().get(layer)));
    }

    private static final class Average {
        private final double[] means;
        private final double[] variances;
        private long samples;

        Average(long channels) {
            means = new double[Math.toIntExact(channels)];
            variances = new double[means.length];
        }

        void add(String layer, BatchMoments batch) {
            if (batch.samples() < 2) {
                throw new IllegalArgumentException("batches: expected more than one value per channel in " + layer
                        + ", got one; use larger batches, or leave the last one out");
            }
            samples += batch.samples();
            double weight = (double) batch.samples() / samples;
            double unbiased = (double) batch.samples() / (batch.samples() - 1);
            try (INDArray mean = batch.mean();
                    INDArray variance = batch.variance()) {
                for (int c = 0; c < means.length; c++) {
                    means[c] += weight * (mean.getDouble(c) - means[c]);
                    variances[c] += weight * (unbiased * variance.getDouble(c) - variances[c]);
                }
            }
        }

        void writeTo(RunningStatistics statistics) {
            for (int c = 0; c < means.length; c++) {
                statistics.mean().putScalar(c, means[c]);
                statistics.variance().putScalar(c, variances[c]);
            }
        }
    }
}
