package org.guidedmixup.bench.mixing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import org.guidedmixup.dl4j.manifold.ManifoldPlan;
import org.guidedmixup.method.snapmix.SnapMixPlan;
import org.guidedmixup.plan.BoxPlan;
import org.guidedmixup.plan.SequencePlan;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.junit.jupiter.api.Test;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Checks which steps a method has, and that they belong to the mixed images. */
class StepArraysTest {
    private final INDArray images = Nd4j.arange(5 * 3 * 12 * 9)
            .castTo(DataType.FLOAT)
            .divi(5 * 3 * 12 * 9)
            .reshape('c', 5, 3, 12, 9);
    private final INDArray labels = Nd4j.eye(5).castTo(DataType.FLOAT);

    private StepArrays steps(String name) {
        return StepArrays.of(MixingMethod.of(name), MixerSettings.of(new SpectralResidual(), 1, 1), images, labels);
    }

    @Test
    void cutMixHasAMaskThatItsPixelsFollow() {
        StepArrays steps = steps("cutmix");
        assertFalse(steps.saliency().isPresent()
                || steps.normalized().isPresent()
                || steps.distance().isPresent());
        INDArray mask = steps.mask().orElseThrow();
        assertArrayEquals(new long[] {5, 12, 9}, mask.shape());
        int[] pairing = steps.pairing().orElseThrow().toIntVector();
        for (int i = 0; i < 5; i++) {
            double kept = mask.slice(i).sumNumber().doubleValue() / (12 * 9);
            assertEquals(kept, steps.ratio().getDouble(i), 1e-6);
            INDArray share = mask.slice(i).reshape(1, 12, 9);
            INDArray expected =
                    images.slice(i).mul(share).addi(images.slice(pairing[i]).mul(share.rsub(1)));
            assertEquals(expected, steps.mixed().images().slice(i));
        }
    }

    /** Pixels outside the mask come from a box of the partner, resized: only their positions are checked here. */
    @Test
    void snapMixHasAMaskAndTheWeightOfTheOwnLabel() {
        StepArrays steps = steps("snapmix");
        SnapMixPlan plan = (SnapMixPlan) steps.plan();
        INDArray mask = steps.mask().orElseThrow();
        assertArrayEquals(new long[] {5, 12, 9}, mask.shape());
        long pasted = (long) plan.pasted().height() * plan.pasted().width();
        assertEquals(5 * (12 * 9 - pasted), mask.sumNumber().longValue());
        assertArrayEquals(
                plan.pairing().partners(), steps.pairing().orElseThrow().toIntVector());
        for (int i = 0; i < 5; i++) {
            assertEquals(plan.ownWeights().get(i), steps.ratio().getFloat(i));
            for (int row = 0; row < 12; row++) {
                for (int column = 0; column < 9; column++) {
                    if (mask.getInt(i, row, column) == 1) {
                        assertEquals(
                                images.getFloat(i, 0, row, column),
                                steps.mixed().images().getFloat(i, 0, row, column));
                    }
                }
            }
        }
    }

    @Test
    void manifoldHasPairsAndOneRatio() {
        StepArrays steps = steps("manifold");
        float lambda = ((ManifoldPlan) steps.plan()).lambda();
        assertArrayEquals(
                new float[] {lambda, lambda, lambda, lambda, lambda},
                steps.ratio().toFloatVector());
        assertTrue(steps.pairing().isPresent());
        assertFalse(steps.mask().isPresent() || steps.saliency().isPresent());
    }

    @Test
    void saliencyMixHasTheMapsThatItsBoxesAreCentredBy() {
        StepArrays steps = steps("saliencymix");
        assertEquals(
                new SpectralResidual().detect(images, DataFormat.NCHW),
                steps.saliency().orElseThrow());
        assertFalse(steps.normalized().isPresent() || steps.distance().isPresent());
        assertTrue(steps.plan() instanceof BoxPlan);
        assertTrue(steps("saliencymix+greedy").distance().isPresent());
    }

    @Test
    void behindAugMixTheStepsAreThoseOfTheAugmentedImages() {
        StepArrays steps = steps("guided-sr+augmix");
        INDArray augmented = ((SequencePlan) steps.plan()).first().mix(images);
        assertEquals(
                new SpectralResidual().detect(augmented, DataFormat.NCHW),
                steps.saliency().orElseThrow());
        assertTrue(steps.mask().isPresent()
                && steps.pairing().isPresent()
                && steps.distance().isPresent());
    }

    @Test
    void augMixKeepsEveryLabel() {
        StepArrays steps = steps("augmix");
        assertFalse(steps.pairing().isPresent() || steps.mask().isPresent());
        assertEquals(Nd4j.ones(DataType.FLOAT, 5), steps.ratio());
        assertEquals(labels, steps.mixed().labels());
    }

    @Test
    void aSingleImageHasASaliencyAndNoPartner() {
        StepArrays steps = StepArrays.of(
                MixingMethod.of("guided-sr+augmix"),
                MixerSettings.of(new SpectralResidual(), 1, 1),
                images.slice(0).reshape(1, 3, 12, 9),
                labels.slice(0).reshape(1, 5));
        assertArrayEquals(
                new long[] {1, 12, 9}, steps.normalized().orElseThrow().shape());
        assertFalse(steps.pairing().isPresent());
    }

    @Test
    void coMixupTellsTheShareOfTheOwnLabel() {
        INDArray twelve = Nd4j.concat(3, images, images).get(all(), all(), all(), interval(0, 12));
        StepArrays steps = StepArrays.of(
                MixingMethod.of("comixup"), MixerSettings.of(new SpectralResidual(), 1, 1), twelve, labels);
        assertFalse(steps.pairing().isPresent() || steps.mask().isPresent());
        for (int i = 0; i < 5; i++) {
            assertEquals(steps.mixed().labels().getDouble(i, i), steps.ratio().getDouble(i), 1e-6);
        }
        assertNotEquals(Nd4j.ones(DataType.FLOAT, 5), steps.ratio());
    }
}
