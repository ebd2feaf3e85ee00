package org.guidedmixup.method;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.plan.MaskPlan;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class InputMixupTest {

    @Test
    void blendsImagesAndLabelsWithOneShare() {
        INDArray images = RandomImages.nchw(1, 5, 3, 6, 7);
        INDArray labels = RandomImages.labels(5, 4);
        MaskPlan plan = (MaskPlan) InputMixup.builder().seed(2).build().plan(images, labels);
        MixedBatch mixed = plan.apply(images, labels);
        double lambda = plan.mask().ratio().getDouble(0);
        assertTrue(lambda > 0.01 && lambda < 0.99);
        for (int i = 0; i < 5; i++) {
            int p = plan.pairing().partner(i);
            assertClose(
                    images.slice(i).mul(lambda).add(images.slice(p).mul(1 - lambda)),
                    mixed.images().slice(i),
                    1e-6,
                    "image " + i);
            assertClose(
                    labels.getRow(i).mul(lambda).add(labels.getRow(p).mul(1 - lambda)),
                    mixed.labels().getRow(i),
                    1e-6,
                    "label " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 1, 4})
    void theShareFollowsItsBetaDistribution(double alpha) {
        InputMixup mixer = InputMixup.builder().alpha(alpha).seed(1).build();
        INDArray images = RandomImages.nchw(1, 2, 1, 2, 2);
        INDArray labels = RandomImages.labels(2, 2);
        double[] lambdas = IntStream.range(0, 3000)
                .mapToDouble(b -> ((MaskPlan) mixer.plan(images, labels, 0, b))
                        .mask()
                        .ratio()
                        .getDouble(0))
                .toArray();
        double mean = IntStream.range(0, lambdas.length)
                .mapToDouble(i -> lambdas[i])
                .average()
                .orElseThrow();
        double variance = IntStream.range(0, lambdas.length)
                .mapToDouble(i -> Math.pow(lambdas[i] - mean, 2))
                .average()
                .orElseThrow();
        assertEquals(0.5, mean, 0.03);
        assertEquals(1 / (4 * (2 * alpha + 1)), variance, 0.012);
    }

    @Test
    void borrowsThePairingOfGuidedMixup() {
        INDArray images = RandomImages.nchw(3, 9, 3, 20, 17);
        INDArray labels = RandomImages.labels(9, 4);
        MaskPlan guided =
                (MaskPlan) GuidedMixup.builder().mixProbability(1).build().plan(images, labels);
        MaskPlan borrowed = (MaskPlan)
                InputMixup.builder().pairing(new GreedyPairing()).build().plan(images, labels);
        assertEquals(guided.pairing(), borrowed.pairing());
        assertNotEquals(
                guided.pairing(), ((MaskPlan) InputMixup.builder().build().plan(images, labels)).pairing());
    }
}
