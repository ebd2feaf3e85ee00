package org.guidedmixup;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.guidedmixup.testing.Serialization.serialised;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.pairing.RandomPairing;
import org.guidedmixup.plan.MaskPlan;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SeededMixerTest {
    private final INDArray images = RandomImages.nchw(1, 6, 3, 8, 8);
    private final INDArray labels = RandomImages.labels(6, 3);

    @Test
    void batchesAreMixedAtTheRateAskedFor() {
        for (double probability : new double[] {0, 0.2, 0.5, 0.8, 1}) {
            BatchMixer mixer =
                    InputMixup.builder().mixProbability(probability).seed(9).build();
            int batches = 4000;
            long mixed = IntStream.range(0, batches)
                    .filter(b -> mixer.plan(images, labels, b / 100, b % 100).isMixed())
                    .count();
            // Four standard deviations are at most 0.032.
            assertEquals(probability, (double) mixed / batches, probability % 1 == 0 ? 0 : 0.032);
        }
        long byDefault = IntStream.range(0, 400)
                .filter(b ->
                        GuidedMixup.builder().build().plan(images, labels, 0, b).isMixed())
                .count();
        assertTrue(Math.abs(byDefault - 200) < 40, "mixed by default: " + byDefault + " of 400");
    }

    @Test
    void epochsOutsideTheScheduleStayUnmixed() {
        BatchMixer mixer = InputMixup.builder().startEpoch(2).endEpoch(4).build();
        for (int epoch = 0; epoch < 6; epoch++) {
            assertEquals(
                    epoch == 2 || epoch == 3,
                    mixer.plan(images, labels, epoch, 0).isMixed());
        }
    }

    @Test
    void epochBatchAndSeedDecideAndNothingElse() {
        GuidedMixup mixer = randomPairs(5);
        MaskPlan plan = (MaskPlan) mixer.plan(images, labels, 3, 7);
        mixer.plan(images, labels);
        mixer.plan(images, labels, 1, 1);
        assertEquals(plan.pairing(), ((MaskPlan) mixer.plan(images, labels, 3, 7)).pairing());
        assertEquals(plan.pairing(), ((MaskPlan) randomPairs(5).plan(images, labels, 3, 7)).pairing());
        long differing = IntStream.range(0, 50)
                .filter(b -> !plan.pairing().equals(((MaskPlan) mixer.plan(images, labels, 4, b)).pairing()))
                .count();
        assertTrue(differing > 40, "other batches differ: " + differing);
        assertNotEquals(plan.pairing(), ((MaskPlan) randomPairs(6).plan(images, labels, 3, 7)).pairing());
    }

    private static GuidedMixup randomPairs(long seed) {
        return GuidedMixup.builder()
                .mixProbability(1)
                .pairing(new RandomPairing())
                .seed(seed)
                .build();
    }

    @Test
    void callsWithoutABatchNumberCountTheirBatches() {
        GuidedMixup counting = GuidedMixup.builder().seed(1).build();
        GuidedMixup naming = GuidedMixup.builder().seed(1).build();
        for (int batch = 0; batch < 30; batch++) {
            assertEquals(
                    naming.plan(images, labels, 0, batch).isMixed(),
                    counting.plan(images, labels).isMixed());
        }
    }

    @Test
    void threadsShareAMixer() throws Exception {
        GuidedMixup mixer = randomPairs(2);
        INDArray expected = mixer.plan(images, labels, 0, 5).mix(images);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Callable<INDArray> work =
                    () -> mixer.plan(images, labels, 0, 5).mix(images).detach();
            List<Future<INDArray>> results =
                    pool.invokeAll(IntStream.range(0, 40).mapToObj(i -> work).toList());
            for (Future<INDArray> result : results) {
                assertEquals(expected, result.get());
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void labelsAreSmoothedInMixedAndUnmixedBatches() {
        INDArray smooth = labels.mul(0.9).add(0.1 / 3);
        MixPlan unmixed = InputMixup.builder()
                .mixProbability(0)
                .labelSmoothing(0.1)
                .build()
                .plan(images, labels);
        assertFalse(unmixed.isMixed());
        assertClose(smooth, unmixed.mixLabels(labels), 1e-6, "unmixed");
        MixPlan smoothing = InputMixup.builder().labelSmoothing(0.1).build().plan(images, labels, 0, 0);
        MixPlan plain = InputMixup.builder().build().plan(images, labels, 0, 0);
        assertClose(plain.mixLabels(smooth), smoothing.mixLabels(labels), 1e-6, "mixed");
    }

    @Test
    void unmixedIntegerImagesComeOutAsFloatLikeMixedOnes() {
        INDArray pixels = images.mul(255).castTo(DataType.UINT8);
        MixPlan unmixed = InputMixup.builder().mixProbability(0).build().plan(pixels, labels);
        assertEquals(DataType.FLOAT, unmixed.mix(pixels).dataType());
        assertClose(pixels, unmixed.mix(pixels), 0, "pixels");
    }

    @Test
    void serializedMixersDrawTheSame() {
        GuidedMixup mixer = randomPairs(8);
        INDArray expected = mixer.plan(images, labels, 2, 2).mix(images);
        GuidedMixup copy = serialised(mixer);
        assertEquals(expected, copy.plan(images, labels, 2, 2).mix(images));
    }

    @Test
    void resultsAreBornInTheCallersMemoryAndTemporariesAreNot() {
        GuidedMixup mixer = randomPairs(1);
        INDArray expected = mixer.plan(images, labels, 0, 0).mix(images).detach();
        try (var workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace("CALLER")) {
            MixPlan plan = mixer.plan(images, labels, 0, 0);
            INDArray mixed = plan.mix(images);
            assertTrue(mixed.isAttached());
            assertEquals("CALLER", mixed.data().getParentWorkspace().getId());
            assertFalse(((MaskPlan) plan).mask().weights().isAttached());
            assertEquals(expected, mixed);
        }
    }

    @Test
    void badSettingsAreNamed() {
        assertIllegalArgument(() -> InputMixup.builder().mixProbability(1.1), "mixProbability", "1.1");
        assertIllegalArgument(() -> InputMixup.builder().mixProbability(Double.NaN), "mixProbability", "NaN");
        assertIllegalArgument(() -> InputMixup.builder().startEpoch(-1), "startEpoch", "-1");
        assertIllegalArgument(() -> InputMixup.builder().endEpoch(-1), "endEpoch");
        assertIllegalArgument(() -> InputMixup.builder().labelSmoothing(2), "labelSmoothing");
        assertIllegalArgument(() -> InputMixup.builder().dataFormat(null), "dataFormat");
        assertIllegalArgument(() -> InputMixup.builder().alpha(0), "alpha", "0.0");
    }
}
