package org.guidedmixup.plan;

import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.method.CutMix;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.method.augmix.AugMix;
import org.guidedmixup.method.comixup.CoMixup;
import org.guidedmixup.method.puzzle.PuzzleMix;
import org.guidedmixup.method.snapmix.SnapMix;
import org.guidedmixup.method.snapmix.SnapMixPlan;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The weights of images in the loss. */
class MixWeightsTest {
    private static final int M = 5;
    private static final INDArray IMAGES = RandomImages.nchw(8, M, 3, 16, 16);
    private static final INDArray LABELS = RandomImages.labels(M, 3);
    private static final INDArray WEIGHTS =
            Nd4j.createFromArray(0f, 1f, 2f, 3f, 10f).reshape(M, 1);

    private static final List<BatchMixer> EVERY = List.of(
            GuidedMixup.builder().mixProbability(1).build(),
            InputMixup.builder().labelSmoothing(0.5).build(),
            CutMix.builder().mixProbability(1).build(),
            PuzzleMix.builder().build(),
            CoMixup.builder().build(),
            SnapMix.builder().build(),
            AugMix.builder().labelSmoothing(0.5).build(),
            InputMixup.builder().mixProbability(0).labelSmoothing(0.5).build(),
            InputMixup.builder().seed(3).build().then(InputMixup.builder().build()));

    @Test
    void areMixedAsLabelsAre() {
        PairedPlan plan =
                (PairedPlan) InputMixup.builder().labelSmoothing(0.5).build().plan(IMAGES, LABELS);
        float[] mixed = plan.mixWeights(WEIGHTS).data().asFloat();
        for (int i = 0; i < M; i++) {
            double share = plan.ratio().getDouble(i);
            double partner = WEIGHTS.getDouble(plan.pairing().partner(i));
            assertEquals(share * WEIGHTS.getDouble(i) + (1 - share) * partner, mixed[i], 1e-5);
        }
    }

    @Test
    void equalOnesStayWhatTheyAre() {
        for (BatchMixer mixer : EVERY) {
            MixPlan plan = mixer.plan(IMAGES, LABELS, 0, 0);
            INDArray same = Nd4j.ones(M, 1).muli(3);
            float[] mixed = plan.mixWeights(same).dup('c').data().asFloat();
            assertArrayEquals(
                    new float[] {3, 3, 3, 3, 3}, mixed, 1e-5f, plan.getClass().getSimpleName());
        }
    }

    @Test
    void snapMixMixesThemByItsOwnWeights() {
        SnapMixPlan plan = (SnapMixPlan) SnapMix.builder().build().plan(IMAGES, LABELS, 0, 0);
        float[] mixed = plan.mixWeights(WEIGHTS).data().asFloat();
        for (int i = 0; i < M; i++) {
            double a = plan.ownWeights().get(i);
            double b = plan.partnerWeights().get(i);
            double sum = a * WEIGHTS.getDouble(i)
                    + b * WEIGHTS.getDouble(plan.pairing().partner(i));
            assertEquals(sum / (a + b), mixed[i], 1e-4);
        }
    }

    @Test
    void otherShapesAreRefused() {
        for (BatchMixer mixer : EVERY) {
            MixPlan plan = mixer.plan(IMAGES, LABELS, 0, 0);
            assertIllegalArgument(() -> plan.mixWeights(LABELS), "weights [5, 3]", "[5, 1]");
        }
    }
}
