package org.guidedmixup.bench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RunningStatisticsTest {

    @Test
    void movesAsPyTorchDoes() {
        RunningStatistics running = new RunningStatistics(Nd4j.createFromArray(0f, 2f), Nd4j.createFromArray(1f, 4f));
        float[][] samples = {{1, 2, 4, 9}, {0, -3, 1, 1}};
        INDArray mean = Nd4j.createFromArray(mean(samples[0]), mean(samples[1]));
        INDArray biased = Nd4j.createFromArray(squares(samples[0]) / 4, squares(samples[1]) / 4);
        running.update(mean, biased, 4);
        float[] means = {0.1f * mean(samples[0]), 0.9f * 2 + 0.1f * mean(samples[1])};
        float[] variances = {0.9f + 0.1f * squares(samples[0]) / 3, 0.9f * 4 + 0.1f * squares(samples[1]) / 3};
        assertArrayEquals(means, running.mean().toFloatVector(), 1e-6f);
        assertArrayEquals(variances, running.variance().toFloatVector(), 1e-6f);
    }

    @Test
    void oneSampleHasNoVariance() {
        INDArray one = Nd4j.createFromArray(1f);
        RunningStatistics running = new RunningStatistics(one.dup(), one.dup());
        assertThrows(IllegalArgumentException.class, () -> running.update(one, one, 1));
    }

    private static float mean(float... values) {
        float sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Returns the sum of squared deviations. */
    private static float squares(float... values) {
        float mean = mean(values);
        float sum = 0;
        for (float value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum;
    }
}
