package org.guidedmixup.bench.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The parameters and running statistics of a model by name, drawn on the first request. Later requests, as for a second
 * graph, return the same arrays.
 *
 * <p>Numbers are drawn in the order of the requests from one {@code java.util} generator, so that a seed means the same
 * on every backend.
 */
final class ParameterSource {

    private final Random random;
    private final Initialization initialization;
    private final Map<String, INDArray> parameters = new LinkedHashMap<>();
    private final Map<String, INDArray> runningMeans = new LinkedHashMap<>();
    private final Map<String, INDArray> runningVariances = new LinkedHashMap<>();

    ParameterSource(long seed, Initialization initialization) {
        random = new Random(seed);
        this.initialization = initialization;
    }

    /** Draws the weights of a convolution. */
    INDArray convolution(String name, int fanIn, long... shape) {
        return parameters.computeIfAbsent(name, n -> draw(() -> initialization.draw(random, fanIn), shape));
    }

    /** Draws weights or bias of a fully connected layer. */
    INDArray linear(String name, int fanIn, long... shape) {
        return parameters.computeIfAbsent(name, n -> draw(() -> Initialization.uniform(random, fanIn), shape));
    }

    INDArray constant(String name, double value, long... shape) {
        return parameters.computeIfAbsent(name, n -> draw(() -> value, shape));
    }

    INDArray runningMean(String layer, int channels) {
        return runningMeans.computeIfAbsent(layer, n -> draw(() -> 0, channels));
    }

    INDArray runningVariance(String layer, int channels) {
        return runningVariances.computeIfAbsent(layer, n -> draw(() -> 1, channels));
    }

    Map<String, INDArray> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    Map<String, RunningStatistics> runningStatistics() {
        Map<String, RunningStatistics> statistics = new LinkedHashMap<>();
        runningMeans.forEach(
                (layer, mean) -> statistics.put(layer, new RunningStatistics(mean, runningVariances.get(layer))));
        return Collections.unmodifiableMap(statistics);
    }

    private static INDArray draw(DoubleSupplier next, long... shape) {
        int length = 1;
        for (long size : shape) {
            length *= (int) size;
        }
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) next.getAsDouble();
        }
        return Nd4j.createFromArray(values).reshape(shape);
    }
}
