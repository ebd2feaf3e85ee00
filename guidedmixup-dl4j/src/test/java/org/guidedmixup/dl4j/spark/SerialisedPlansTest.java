package org.guidedmixup.dl4j.spark;

import static org.guidedmixup.dl4j.Batches.batch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.guidedmixup.testing.Serialization.serialised;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.method.CutMix;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.method.SaliencyMix;
import org.guidedmixup.method.augmix.AugMix;
import org.guidedmixup.method.comixup.CoMixup;
import org.guidedmixup.method.puzzle.PuzzleMix;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;

/** Mixers and plans that were written and read, by Java's serialisation and by Kryo, mix as the ones that stayed. */
class SerialisedPlansTest {
    private final DataSet data = batch(4, 1);

    static Stream<BatchMixer> mixers() {
        BatchMixer guided = GuidedMixup.builder().mixProbability(1).seed(4).build();
        return Stream.of(
                guided,
                GuidedMixup.builder().mixProbability(0).labelSmoothing(0.1).build(),
                InputMixup.builder()
                        .mixProbability(1)
                        .seed(4)
                        .labelSmoothing(0.1)
                        .build(),
                CutMix.builder().mixProbability(1).seed(4).build(),
                SaliencyMix.builder().mixProbability(1).seed(4).build(),
                PuzzleMix.builder().mixProbability(1).seed(4).build(),
                CoMixup.builder().mixProbability(1).blocks(2).seed(4).build(),
                AugMix.builder().mixProbability(1).seed(4).build().then(guided));
    }

    @ParameterizedTest
    @MethodSource("mixers")
    void plans(BatchMixer mixer) {
        MixPlan plan = mixer.plan(data.getFeatures(), data.getLabels(), 0, 0);
        MixedBatch expected = plan.apply(data.getFeatures(), data.getLabels());
        for (MixPlan read : new MixPlan[] {serialised(plan), KryoTest.trip(plan)}) {
            assertEquals(plan.size(), read.size());
            assertEquals(plan.isMixed(), read.isMixed());
            assertSameBits(expected, read.apply(data.getFeatures(), data.getLabels()));
        }
        assertSameBits(expected, KryoTest.trip(expected));
    }

    @ParameterizedTest
    @MethodSource("mixers")
    void mixersByKryo(BatchMixer mixer) {
        BatchMixer read = KryoTest.trip(mixer);
        assertSameBits(
                mixer.plan(data.getFeatures(), data.getLabels(), 2, 3).apply(data.getFeatures(), data.getLabels()),
                read.plan(data.getFeatures(), data.getLabels(), 2, 3).apply(data.getFeatures(), data.getLabels()));
    }

    private static void assertSameBits(MixedBatch expected, MixedBatch actual) {
        assertArrayEquals(values(expected.images()), values(actual.images()));
        assertArrayEquals(values(expected.labels()), values(actual.labels()));
    }
}
