package org.guidedmixup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.guidedmixup.concurrency.EveryMethod;
import org.guidedmixup.method.CutMix;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.OptimalPairing;
import org.guidedmixup.pairing.PairingStrategy;
import org.guidedmixup.pairing.RandomPairing;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tests which methods mix the same batch differently in different epochs: all but Guided-SR as published. */
class EpochsTest {
    private static final int EPOCHS = 12;
    private final INDArray images = RandomImages.nchw(1, 8, 3, 32, 24);
    private final INDArray labels = RandomImages.labels(8, 4);

    @Test
    void everyMethodTellsWhetherEpochsVary() {
        Map<String, BatchMixer> mixers = EveryMethod.mixers(DataFormat.NCHW);
        mixers.put("guided-sr, optimal", guided(new OptimalPairing()));
        mixers.put("guided-sr, random", guided(new RandomPairing()));
        mixers.put("guided-sr, twice", guided(new GreedyPairing()).then(guided(new OptimalPairing())));
        mixers.put(
                "cutmix or guided-sr",
                MixerChoice.builder()
                        .add(CutMix.builder().mixProbability(1).build(), 0)
                        .add(guided(new GreedyPairing()), 1)
                        .build());
        Set<String> repeating = new TreeSet<>();
        mixers.forEach((name, mixer) -> {
            int versions = versions(mixer);
            assertEquals(versions > 1, mixer.varies(), name + ": " + versions + " versions");
            if (versions == 1) {
                repeating.add(name);
            }
        });
        assertEquals(Set.of("guided-sr", "guided-sr, optimal", "guided-sr, twice", "cutmix or guided-sr"), repeating);
    }

    /** Returns the number of different mixed batches that the epochs make of one batch. */
    private int versions(BatchMixer mixer) {
        Set<Integer> versions = new HashSet<>();
        int mixed = 0;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            MixPlan plan = mixer.plan(images, labels, epoch, 0);
            if (plan.isMixed()) {
                mixed++;
                versions.add(Arrays.hashCode(plan.mix(images).data().asFloat()));
            }
        }
        assertTrue(mixed > 2, mixed + " of " + EPOCHS + " epochs mixed");
        return versions.size();
    }

    /** The network in training changes between two epochs. */
    @Test
    void saliencyOfANetworkInTrainingVaries() {
        SaliencyDetector network = new SaliencyDetector() {
            private static final long serialVersionUID = 1L;

            @Override
            public INDArray detect(INDArray batch, INDArray given, DataFormat format) {
                return RandomImages.maps(1, 8, 32, 24);
            }

            @Override
            public boolean asyncSupported() {
                return false;
            }
        };
        assertTrue(GuidedMixup.builder().saliency(network).build().varies());
    }

    private static BatchMixer guided(PairingStrategy pairing) {
        return GuidedMixup.builder().mixProbability(1).pairing(pairing).build();
    }
}
