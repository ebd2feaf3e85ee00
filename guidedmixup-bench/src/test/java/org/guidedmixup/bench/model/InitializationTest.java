package org.guidedmixup.bench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.guidedmixup.bench.model.batchnorm.HostSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Bounds and variances of every layer, from the shape of its weights. */
class InitializationTest {
    @BeforeAll
    static void installHostSession() {
        HostSession.install();
    }

    @ParameterizedTest
    @EnumSource
    void everyLayerHasItsBoundAndVariance(Initialization initialization) {
        ImageModel model = ImageModel.builder()
                .architecture(new SmallResNet(16))
                .classes(200)
                .seed(7)
                .initialization(initialization)
                .build();
        model.parameters().forEach((name, value) -> {
            float[] weights = value.dup('c').data().asFloat();
            if (name.endsWith(".gamma") || name.endsWith(".beta")) {
                assertTrue(Arrays.equals(filled(weights.length, name.endsWith(".gamma") ? 1 : 0), weights), name);
            } else if (name.startsWith(ImageModel.LOGITS)) {
                assertUniform(name, weights, 64);
            } else if (initialization == Initialization.PYTORCH) {
                assertUniform(name, weights, fanIn(value));
            } else {
                assertEquals(1, variance(weights) * fanIn(value) / 2, 5 * Math.sqrt(2.0 / weights.length), name);
                assertTrue(largest(weights) > 2 * Math.sqrt(2.0 / fanIn(value)), name + " is normal");
            }
        });
    }

    private static float[] filled(int length, float value) {
        float[] filled = new float[length];
        Arrays.fill(filled, value);
        return filled;
    }

    /** Returns kernel height x kernel width x input channels of [kH, kW, in, out]. */
    private static double fanIn(INDArray weights) {
        return (double) weights.size(0) * weights.size(1) * weights.size(2);
    }

    /** Checks the bound 1 / sqrt(fanIn), and the variance of bound² / 3 within five standard errors. */
    private static void assertUniform(String name, float[] weights, double fanIn) {
        double bound = 1 / Math.sqrt(fanIn);
        assertTrue(largest(weights) <= bound * (1 + 1e-6), name);
        assertTrue(largest(weights) > 0.9 * bound, name);
        assertEquals(1, 3 * variance(weights) / (bound * bound), 5 * Math.sqrt(0.8 / weights.length), name);
    }

    private static double largest(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> Math.abs(values[i]))
                .max()
                .orElseThrow();
    }

    private static double variance(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> (double) values[i] * values[i])
                .average()
                .orElseThrow();
    }
}
