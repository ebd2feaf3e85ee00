package org.guidedmixup.concurrency;

import java.util.LinkedHashMap;
import java.util.Map;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.MixerChoice;
import org.guidedmixup.method.CutMix;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.method.SaliencyMix;
import org.guidedmixup.method.augmix.AugMix;
import org.guidedmixup.method.comixup.CoMixup;
import org.guidedmixup.method.puzzle.PuzzleMix;
import org.guidedmixup.method.snapmix.SnapMix;
import org.guidedmixup.pairing.GreedyPairing;
import org.nd4j.enums.DataFormat;

/** One mixer per method, by name. */
public final class EveryMethod {
    private EveryMethod() {}

    /** Returns mixers with different seeds, for images of one layout. */
    public static Map<String, BatchMixer> mixers(DataFormat format) {
        Map<String, BatchMixer> mixers = new LinkedHashMap<>();
        GuidedMixup guided = GuidedMixup.builder()
                .mixProbability(0.8)
                .labelSmoothing(0.1)
                .dataFormat(format)
                .seed(1)
                .build();
        AugMix augMix = AugMix.builder().range(0, 1).dataFormat(format).seed(8).build();
        mixers.put("guided-sr", guided);
        mixers.put("mixup", InputMixup.builder().dataFormat(format).seed(2).build());
        mixers.put(
                "cutmix+greedy",
                CutMix.builder()
                        .mixProbability(1)
                        .pairing(new GreedyPairing())
                        .dataFormat(format)
                        .seed(3)
                        .build());
        mixers.put(
                "saliencymix",
                SaliencyMix.builder()
                        .mixProbability(1)
                        .dataFormat(format)
                        .seed(4)
                        .build());
        mixers.put("snapmix", SnapMix.builder().dataFormat(format).seed(5).build());
        mixers.put("puzzlemix", PuzzleMix.builder().dataFormat(format).seed(6).build());
        mixers.put("comixup", CoMixup.builder().dataFormat(format).seed(7).build());
        mixers.put("augmix", augMix);
        mixers.put("guided-sr+augmix", augMix.then(guided));
        mixers.put(
                "guided-sr, drawn start",
                GuidedMixup.builder()
                        .mixProbability(0.8)
                        .pairing(GreedyPairing.builder().drawnStart().build())
                        .dataFormat(format)
                        .seed(9)
                        .build());
        mixers.put(
                "guided-sr, two farthest",
                GuidedMixup.builder()
                        .pairing(GreedyPairing.builder().farthest(2).build())
                        .dataFormat(format)
                        .seed(10)
                        .build());
        mixers.put(
                "mixup or cutmix",
                MixerChoice.builder()
                        .add(mixers.get("mixup"), 1)
                        .add(mixers.get("cutmix+greedy"), 1)
                        .seed(11)
                        .build());
        return mixers;
    }
}
