package org.guidedmixup;

import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.guidedmixup.testing.Serialization.serialised;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.guidedmixup.method.CutMix;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.method.snapmix.SnapMix;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.SequencePlan;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

class MixerChoiceTest {
    private static final int BATCHES = 4000;
    private final INDArray images = RandomImages.nchw(1, 4, 3, 12, 8);
    private final INDArray labels = RandomImages.labels(4, 3);
    private final BatchMixer mixup = InputMixup.builder().mixProbability(0.5).build();
    private final BatchMixer cutMix = CutMix.builder().mixProbability(0.5).build();

    @Test
    void mixersAreChosenAsOftenAsTheyWeigh() {
        BatchMixer never = InputMixup.builder().seed(5).build();
        MixerChoice choice = MixerChoice.builder()
                .add(never, 0)
                .add(mixup, 3)
                .add(cutMix, 1)
                .add(never, 0)
                .seed(7)
                .build();
        Map<BatchMixer, Integer> times = new HashMap<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            times.merge(choice.chosen(batch / 100, batch % 100), 1, Integer::sum);
        }
        assertEquals(2, times.size());
        // Four standard deviations.
        assertEquals(0.75, times.get(mixup) / (double) BATCHES, 0.028);
    }

    /** Also with one seed for all: a mixer chosen because of a small number must not draw that number again. */
    @Test
    void theChoiceTellsNothingOfWhatTheMixerDraws() {
        MixerChoice choice = MixerChoice.builder().add(mixup, 1).add(cutMix, 1).build();
        for (BatchMixer mixer : new BatchMixer[] {mixup, cutMix}) {
            int chosen = 0;
            int mixed = 0;
            for (int batch = 0; batch < BATCHES; batch++) {
                if (mixer == choice.chosen(0, batch)) {
                    chosen++;
                    mixed += choice.plan(images, labels, 0, batch).isMixed() ? 1 : 0;
                }
            }
            assertEquals(0.5, mixed / (double) chosen, 0.045);
        }
    }

    @Test
    void theChosenOneMixes() {
        MixerChoice choice =
                MixerChoice.builder().add(mixup, 1).add(cutMix, 2).seed(3).build();
        MixerChoice copy = serialised(choice);
        for (int batch = 0; batch < 30; batch++) {
            INDArray expected =
                    choice.chosen(2, batch).plan(images, labels, 2, batch).mix(images);
            assertEquals(expected, choice.plan(images, labels, 2, batch).mix(images));
            assertEquals(expected, choice.steps(images, labels, 2, batch).plan().mix(images));
            assertEquals(expected, copy.plan(images, labels, 2, batch).mix(images));
            INDArray first = choice.plan(images, labels, 0, batch).mix(images);
            assertEquals(first, choice.plan(images, labels).mix(images), "call " + batch);
        }
        MixPlan sequence = choice.then(GuidedMixup.builder().build()).plan(images, labels, 0, 1);
        assertTrue(sequence instanceof SequencePlan);
    }

    @Test
    void runsAheadOnlyIfAllDo() {
        BatchMixer network = new BatchMixer() {
            private static final long serialVersionUID = 1L;

            @Override
            public MixPlan plan(INDArray batch, INDArray given, int epoch, long number) {
                return mixup.plan(batch, given, epoch, number);
            }

            @Override
            public MixPlan plan(INDArray batch, INDArray given) {
                return mixup.plan(batch, given);
            }

            @Override
            public boolean asyncSupported() {
                return false;
            }
        };
        assertTrue(MixerChoice.builder().add(mixup, 1).build().asyncSupported());
        assertFalse(MixerChoice.builder().add(mixup, 1).add(network, 1).build().asyncSupported());
        assertSame(mixup, MixerChoice.builder().add(mixup, 0.1).build().chosen(1, 1));
    }

    /** Mixes as Input Mixup and names no layout, as a mixer of one's own may. */
    private final BatchMixer anyLayout = new BatchMixer() {
        private static final long serialVersionUID = 1L;

        @Override
        public MixPlan plan(INDArray batch, INDArray given, int epoch, long number) {
            return mixup.plan(batch, given, epoch, number);
        }

        @Override
        public MixPlan plan(INDArray batch, INDArray given) {
            return mixup.plan(batch, given);
        }
    };

    @Test
    void aMixerWithoutALayoutHidesNoOther() {
        BatchMixer nhwc = InputMixup.builder().dataFormat(DataFormat.NHWC).build();
        MixerChoice.Builder open = MixerChoice.builder().add(anyLayout, 1);
        assertEquals(Optional.empty(), open.build().dataFormat());
        open.add(nhwc, 1);
        assertEquals(Optional.of(DataFormat.NHWC), open.build().dataFormat());
        assertIllegalArgument(() -> open.add(cutMix, 1), "NHWC", "NCHW");
    }

    /** Chance must not decide in which epoch a batch is refused; a mixer that is never chosen refuses nothing. */
    @Test
    void allMixersCheckEveryBatch() {
        INDArray multiLabel = labels.add(1);
        SnapMix snapMix = SnapMix.builder()
                .saliency(new SpectralResidual())
                .mixProbability(1)
                .build();
        MixerChoice choice =
                MixerChoice.builder().add(cutMix, 1e9).add(snapMix, 1).build();
        assertSame(cutMix, choice.chosen(0, 0));
        assertIllegalArgument(() -> choice.plan(images, multiLabel, 0, 0), "SnapMix");
        assertIllegalArgument(() -> choice.steps(images, multiLabel, 0, 0), "SnapMix");
        MixerChoice without =
                MixerChoice.builder().add(cutMix, 1).add(snapMix, 0).build();
        assertEquals(List.of(cutMix), without.mixers());
        assertEquals(4, without.plan(images, multiLabel, 0, 0).mix(images).size(0));
        without.check(images, multiLabel);
    }

    @Test
    void badSettingsAreNamed() {
        assertIllegalArgument(() -> MixerChoice.builder().add(null, 1), "mixer", "null");
        assertIllegalArgument(() -> MixerChoice.builder().add(mixup, -1), "weight", "-1");
        assertIllegalArgument(() -> MixerChoice.builder().add(mixup, Double.NaN), "weight", "NaN");
        assertIllegalArgument(() -> MixerChoice.builder().build(), "weights []", "at least one mixer");
        assertIllegalArgument(() -> MixerChoice.builder().add(mixup, 0).build(), "weights [0.0]");
        BatchMixer nhwc = InputMixup.builder().dataFormat(DataFormat.NHWC).build();
        assertIllegalArgument(
                () -> MixerChoice.builder().add(nhwc, 1).build().plan(images, RandomImages.labels(3, 3)), "labels");
    }
}
