package org.guidedmixup.plan;

import static org.guidedmixup.testing.Serialization.serialised;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.MixerChoice;
import org.guidedmixup.PlannedBatch;
import org.guidedmixup.method.CutMix;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.method.augmix.AugMix;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.testing.ErrorMessages;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One mixer after the other. */
class SequencePlanTest {
    private final INDArray images = RandomImages.nchw(1, 6, 3, 14, 11);
    private final INDArray labels = RandomImages.labels(6, 3);
    private final AugMix augMix = AugMix.builder().seed(1).build();
    private final GuidedMixup guided =
            GuidedMixup.builder().mixProbability(1).seed(2).build();

    @Test
    void theSecondSeesWhatTheFirstMade() {
        SequencePlan plan = (SequencePlan) augMix.then(guided).plan(images, labels, 3, 4);
        INDArray augmented = augMix.plan(images, labels, 3, 4).mix(images);
        MixedBatch expected = guided.plan(augmented, labels, 3, 4).apply(augmented, labels);
        MixedBatch mixed = plan.apply(images, labels);
        assertEquals(expected.images(), mixed.images());
        assertEquals(expected.labels(), mixed.labels());
        assertNotEquals(guided.plan(images, labels, 3, 4).mix(images), mixed.images());
        assertEquals(mixed.images(), plan.mix(images), "applied again");
        assertTrue(plan.isMixed());
        assertEquals(6, plan.size());
    }

    @Test
    void inputsStayAlsoWhereAStepHasNothingToDo() {
        INDArray imagesBefore = images.dup();
        INDArray labelsBefore = labels.dup();
        BatchMixer off = InputMixup.builder().mixProbability(0).build();
        for (BatchMixer mixer : List.of(
                augMix.then(guided), guided.then(augMix), off.then(guided), guided.then(off), augMix.then(augMix))) {
            MixPlan plan = mixer.plan(images, labels, 0, 0);
            MixedBatch once = plan.apply(images, labels);
            MixedBatch again = plan.apply(images, labels);
            assertEquals(once.images(), again.images());
            assertEquals(once.labels(), again.labels());
            assertEquals(imagesBefore, images);
            assertEquals(labelsBefore, labels);
        }
        MixPlan nothing = off.then(off).plan(images, labels, 0, 0);
        assertFalse(nothing.isMixed());
        assertSame(images, nothing.mix(images));
    }

    @Test
    void labelsAreMixedTwice() {
        BatchMixer cut = CutMix.builder().mixProbability(1).seed(1).build();
        BatchMixer blend = InputMixup.builder().seed(2).build();
        MixPlan plan = cut.then(blend).plan(images, labels, 0, 0);
        INDArray cutLabels = cut.plan(images, labels, 0, 0).mixLabels(labels);
        assertEquals(blend.plan(images, labels, 0, 0).mixLabels(cutLabels), plan.mixLabels(labels));
    }

    @Test
    void resultsAreBornInTheCallersMemory() {
        BatchMixer mixer = augMix.then(guided);
        INDArray expected = mixer.plan(images, labels, 0, 0).mix(images);
        try (var workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace("SEQUENCE_CALLER")) {
            INDArray mixed = mixer.plan(images, labels, 0, 0).mix(images);
            assertEquals("SEQUENCE_CALLER", mixed.data().getParentWorkspace().getId());
            assertEquals(expected, mixed);
        }
    }

    @Test
    void mixedInOneGoEqualsPlannedAndApplied() {
        BatchMixer off = InputMixup.builder().mixProbability(0).build();
        BatchMixer cut = CutMix.builder().mixProbability(1).seed(1).build();
        for (BatchMixer mixer : List.of(
                augMix.then(guided),
                guided.then(augMix),
                off.then(guided),
                guided.then(off),
                off.then(off),
                augMix.then(cut).then(guided),
                cut.then(guided.then(augMix)))) {
            MixedBatch expected = mixer.plan(images, labels, 1, 2).apply(images, labels);
            PlannedBatch outside = mixer.mix(images, labels, 1, 2);
            assertSameBatch(expected, outside.mixed());
            MixedBatch replayed = serialised(outside.plan()).apply(images, labels);
            assertSameBatch(expected, replayed);
            try (var workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace("SEQUENCE_AT_ONCE")) {
                MixedBatch inside = mixer.mix(images, labels, 1, 2).mixed();
                assertSameBatch(expected, inside);
                assertTrue(inside.images() == images || inside.images().isAttached(), "born in the workspace");
                assertTrue(inside.labels() == labels || inside.labels().isAttached(), "born in the workspace");
            }
        }
    }

    @Test
    void mixedInOneGoEveryStepMixesOnce() {
        AtomicInteger mixes = new AtomicInteger();
        BatchMixer first = new Counting(augMix, mixes);
        PlannedBatch once = first.then(guided).mix(images, labels, 0, 0);
        assertEquals(1, mixes.getAndSet(0));
        assertTrue(once.mixed().images().closeable(), "not closed");
        first.then(guided).then(guided).plan(images, labels, 0, 0);
        assertEquals(1, mixes.getAndSet(0), "a sequence in a sequence");
        MixerChoice.builder().add(first.then(guided), 1).build().mix(images, labels, 0, 0);
        assertEquals(1, mixes.get(), "a chosen sequence");
    }

    @Test
    void aBatchOfOneIsStillAugmented() {
        INDArray one = RandomImages.nchw(3, 1, 3, 14, 11);
        INDArray label = RandomImages.labels(1, 2);
        SequencePlan plan = (SequencePlan) augMix.then(guided).plan(one, label, 0, 0);
        assertFalse(plan.second().isMixed());
        assertEquals(augMix.plan(one, label, 0, 0).mix(one), plan.mix(one));
    }

    @Test
    void countsBatchesAndSerializes() {
        BatchMixer mixer = augMix.then(guided);
        BatchMixer copy = serialised(mixer);
        for (int batch = 0; batch < 3; batch++) {
            assertEquals(
                    mixer.plan(images, labels, 0, batch).mix(images),
                    copy.plan(images, labels).mix(images));
        }
    }

    @Test
    void runsAheadOnlyIfBothCan() {
        assertTrue(augMix.then(guided).asyncSupported());
        BatchMixer ofNetwork = GuidedMixup.builder().saliency(new OfNetwork()).build();
        assertFalse(augMix.then(ofNetwork).asyncSupported());
        assertFalse(ofNetwork.then(augMix).asyncSupported());
    }

    @Test
    void plansOfDifferentBatchesAndMissingMixersAreRefused() {
        MixPlan six = augMix.plan(images, labels);
        MixPlan two = augMix.plan(RandomImages.nchw(1, 2, 1, 4, 4), RandomImages.labels(2, 2));
        ErrorMessages.assertIllegalArgument(() -> new SequencePlan(six, two), "6 and 2 images");
        ErrorMessages.assertIllegalArgument(() -> augMix.then(null), "next");
    }

    private static void assertSameBatch(MixedBatch expected, MixedBatch actual) {
        assertArrayEquals(
                expected.images().dup().data().asFloat(),
                actual.images().dup().data().asFloat());
        assertArrayEquals(
                expected.labels().dup().data().asFloat(),
                actual.labels().dup().data().asFloat());
    }

    /** Counts how often its plans mix images. */
    private record Counting(BatchMixer mixer, AtomicInteger mixes) implements BatchMixer {
        @Override
        public MixPlan plan(INDArray images, INDArray labels, int epoch, long batch) {
            return new CountingPlan(mixer.plan(images, labels, epoch, batch), mixes);
        }

        @Override
        public MixPlan plan(INDArray images, INDArray labels) {
            return new CountingPlan(mixer.plan(images, labels), mixes);
        }
    }

    private record CountingPlan(MixPlan plan, AtomicInteger mixes) implements MixPlan {
        @Override
        public int size() {
            return plan.size();
        }

        @Override
        public boolean isMixed() {
            return plan.isMixed();
        }

        @Override
        public INDArray mix(INDArray array) {
            mixes.incrementAndGet();
            return plan.mix(array);
        }

        @Override
        public INDArray mixLabels(INDArray batchLabels) {
            return plan.mixLabels(batchLabels);
        }
    }

    private static final class OfNetwork implements SaliencyDetector {
        private static final long serialVersionUID = 1L;

        @Override
        public INDArray detect(INDArray images, INDArray labels, DataFormat format) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean asyncSupported() {
            return false;
        }
    }
}
