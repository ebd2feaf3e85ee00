package org.guidedmixup.bench.mixing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.manifold.ManifoldPlan;
import org.guidedmixup.method.augmix.AugMix;
import org.guidedmixup.method.snapmix.SnapMixPlan;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.plan.MaskPlan;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.PairedPlan;
import org.guidedmixup.plan.SequencePlan;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Names of methods, and that each becomes the mixer it names. */
class MixingMethodTest {
    private final INDArray images = images();
    private final INDArray labels = Nd4j.eye(8).castTo(images.dataType());

    private static INDArray images() {
        SplittableRandom random = new SplittableRandom(5);
        float[] values = new float[8 * 3 * 16 * 16];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextDouble() * (i / 40 % 7 == 0 ? 1 : 0.2));
        }
        return Nd4j.createFromArray(values).reshape('c', 8, 3, 16, 16);
    }

    private MixPlan plan(String name) {
        return MixingMethod.of(name).mixer(new SpectralResidual(), 1, 3).plan(images, labels, 0, 0);
    }

    private Pairing pairs(String name) {
        return ((PairedPlan) plan(name)).pairing();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vanilla               | vanilla",
                "' MixUp'              | mixup",
                "cutmix+greedy         | cutmix+greedy",
                "cutmix+random         | cutmix",
                "guided-sr+greedy      | guided-sr",
                "guided-sr+random      | guided-sr+random",
                "guided-sr+augmix      | guided-sr+augmix",
                "guided-ap+augmix+random | guided-ap+random+augmix",
                "saliencymix+greedy    | saliencymix+greedy"
            })
    void aNameIsWrittenInItsShortestForm(String name, String shortest) {
        MixingMethod method = MixingMethod.of(name);
        assertEquals(shortest, method.toString());
        assertEquals(MixingMethod.of(shortest), method);
        assertEquals(MixingMethod.of(shortest).hashCode(), method.hashCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+greedy",
                "nothing",
                "vanilla+greedy",
                "comixup+greedy",
                "augmix+greedy",
                "augmix+augmix",
                "vanilla+augmix",
                "mixup+",
                "mixup+best",
                "guided-sr+mixup",
                "vanilla+random"
            })
    void whatMakesNoSenseIsNamed(String name) {
        String message = assertThrows(IllegalArgumentException.class, () -> MixingMethod.of(name))
                .getMessage();
        assertTrue(message.contains("method '" + name + "'"), message);
    }

    @Test
    void probabilitiesAreTheAuthors() {
        assertEquals(
                List.of(0.0, 1.0, 1.0, 0.5, 1.0, 0.5, 1.0, 1.0, 1.0, 0.5, 0.8),
                List.of(
                                "vanilla",
                                "mixup",
                                "manifold",
                                "cutmix",
                                "augmix",
                                "saliencymix",
                                "snapmix",
                                "puzzlemix",
                                "comixup",
                                "guided-sr",
                                "guided-ap")
                        .stream()
                        .map(name -> MixingMethod.of(name).mixProbability())
                        .toList());
        assertEquals(0.8, MixingMethod.of("guided-ap+augmix").mixProbability());
    }

    @Test
    void everyMethodKnowsWhatItAsksOfSaliency() {
        record Asks(String name, boolean saliency, boolean normalized, boolean distance, boolean gradient) {}
        for (Asks asks : List.of(
                new Asks("vanilla", false, false, false, false),
                new Asks("augmix", false, false, false, false),
                new Asks("cutmix", false, false, false, false),
                new Asks("cutmix+greedy", true, true, true, false),
                new Asks("saliencymix", true, false, false, false),
                new Asks("saliencymix+greedy", true, true, true, false),
                new Asks("manifold", false, false, false, false),
                new Asks("manifold+greedy", true, true, true, false),
                new Asks("snapmix", true, false, false, false),
                new Asks("snapmix+greedy", true, true, true, false),
                new Asks("puzzlemix", true, false, false, true),
                new Asks("puzzlemix+greedy", true, true, true, true),
                new Asks("comixup", true, false, false, true),
                new Asks("guided-sr", true, true, true, false),
                new Asks("guided-sr+random", true, true, false, false),
                new Asks("guided-ap+augmix", true, true, true, true))) {
            MixingMethod method = MixingMethod.of(asks.name);
            assertEquals(asks.saliency, method.usesSaliency(), asks.name);
            assertEquals(asks.normalized, method.usesNormalizedSaliency(), asks.name);
            assertEquals(asks.distance, method.usesDistance(), asks.name);
            assertEquals(asks.gradient, method.usesGradient(), asks.name);
        }
        assertEquals(List.of("puzzlemix", "comixup", "guided-ap"), MixingMethod.namesWithGradient());
    }

    @Test
    void pairingsAreLentAndTakenAway() {
        Pairing greedy = pairs("guided-sr");
        for (String name : List.of("mixup", "cutmix", "saliencymix", "puzzlemix")) {
            assertEquals(greedy, pairs(name + "+greedy"), name);
            assertNotEquals(greedy, pairs(name), name);
        }
        assertNotEquals(greedy, pairs("guided-sr+random"));
        assertEquals(
                ((MaskPlan) plan("guided-sr")).mask().weights(),
                ((MaskPlan) plan("guided-ap")).mask().weights());
    }

    @Test
    void methodsThatAreNoMasksArePairedGreedilyToo() {
        Pairing greedy = pairs("guided-sr");
        assertEquals(greedy, ((SnapMixPlan) plan("snapmix+greedy")).pairing());
        assertNotEquals(greedy, ((SnapMixPlan) plan("snapmix")).pairing());
        assertEquals(greedy, ((ManifoldPlan) plan("manifold+greedy")).pairing());
        assertNotEquals(greedy, ((ManifoldPlan) plan("manifold")).pairing());
    }

    @Test
    void manifoldMixesAtTheInputUnlessThereAreMixPoints() {
        MixerSettings settings = MixerSettings.of(new SpectralResidual(), 1, 3);
        Set<Integer> drawn = new TreeSet<>();
        for (int batch = 0; batch < 30; batch++) {
            MixingMethod manifold = MixingMethod.of("manifold");
            assertEquals(0, ((ManifoldPlan) manifold.mixer(settings).plan(images, labels, 0, batch)).point());
            drawn.add(
                    ((ManifoldPlan) manifold.mixer(settings.withMixPoints(2)).plan(images, labels, 0, batch)).point());
        }
        assertEquals(Set.of(0, 1, 2), drawn);
    }

    @Test
    void methodsThatNeedANetworkSayWhatTheyDoWithout() {
        assertEquals(
                Optional.of("mixes at the input alone"),
                MixingMethod.of("manifold+greedy").withoutNetwork());
        for (String name : List.of("snapmix", "puzzlemix", "comixup", "guided-ap+augmix")) {
            assertEquals(
                    Optional.of("uses the saliency of the spectral residual instead"),
                    MixingMethod.of(name).withoutNetwork());
        }
        for (String name : List.of("vanilla", "mixup", "cutmix+greedy", "saliencymix", "augmix", "guided-sr")) {
            assertEquals(Optional.empty(), MixingMethod.of(name).withoutNetwork());
        }
    }

    @Test
    void aPairingInTheNameGoesBeforeOneInTheSettings() {
        Pairing swapped = Pairing.of(1, 0, 3, 2, 5, 4, 7, 6);
        MixerSettings settings = MixerSettings.of(new SpectralResidual(), 1, 3).withPairing((m, d, r) -> swapped);
        for (String name : List.of("mixup", "cutmix", "guided-sr")) {
            PairedPlan plan = (PairedPlan) MixingMethod.of(name).mixer(settings).plan(images, labels);
            assertEquals(swapped, plan.pairing(), name);
        }
        PairedPlan own =
                (PairedPlan) MixingMethod.of("cutmix+greedy").mixer(settings).plan(images, labels);
        assertEquals(pairs("guided-sr"), own.pairing());
    }

    @Test
    void augMixComesFirstAndInEveryBatch() {
        BatchMixer guided = GuidedMixup.builder().mixProbability(0.5).seed(3).build();
        BatchMixer expected = AugMix.builder().seed(3).build().then(guided);
        BatchMixer named = MixingMethod.of("guided-sr+augmix").mixer(new SpectralResidual(), 0.5, 3);
        int both = 0;
        for (int batch = 0; batch < 20; batch++) {
            SequencePlan plan = (SequencePlan) named.plan(images, labels, 0, batch);
            assertTrue(plan.first().isMixed());
            both += plan.second().isMixed() ? 1 : 0;
            assertEquals(expected.plan(images, labels, 0, batch).mix(images), plan.mix(images));
        }
        assertTrue(both > 3 && both < 17, "mixed after AugMix: " + both);
    }

    @Test
    void vanillaLeavesBatchesAsTheyAre() {
        assertEquals(images, plan("vanilla").mix(images));
        assertTrue(MixingMethod.of("vanilla").isVanilla());
    }
}
