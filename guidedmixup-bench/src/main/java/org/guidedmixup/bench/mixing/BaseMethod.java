package org.guidedmixup.bench.mixing;

import java.util.List;
import java.util.function.Function;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.manifold.ManifoldMixup;
import org.guidedmixup.method.CutMix;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.method.SaliencyMix;
import org.guidedmixup.method.augmix.AugMix;
import org.guidedmixup.method.comixup.CoMixup;
import org.guidedmixup.method.puzzle.PuzzleMix;
import org.guidedmixup.method.snapmix.SnapMix;

/**
 * A method as its authors published it, to which a {@link MixingMethod} may add +greedy, +random or +augmix. An entry
 * in {@link #ALL} is all that the command line needs to offer a method.
 *
 * @param label the name
 * @param mixProbability the share of batches that its authors mix, 0 to 1
 * @param partners how it chooses an image's partner
 * @param saliency the saliency it uses, apart from what its pairing uses
 * @param mixer creates its mixer
 */
record BaseMethod(
        String label,
        double mixProbability,
        Partners partners,
        Saliency saliency,
        Function<MixerSettings, BatchMixer> mixer) {

    /** How a method chooses an image's partner. */
    enum Partners {
        /** No partner, or more than one. */
        NONE,
        /** At random by default. */
        RANDOM,
        /** By GuidedMixup's greedy pairing by default. */
        GREEDY
    }

    /** The saliency that a method uses. */
    enum Saliency {
        /** Nothing. */
        NONE,
        /** The maps as the detector finds them. */
        MAPS,
        /** Blurred maps with a sum of 1. */
        NORMALIZED,
        /** Class activation maps of a network. */
        CLASS_MAPS,
        /** Maps from the gradient of a network. */
        GRADIENT_MAPS,
        /** Blurred maps with a sum of 1, from the gradient of a network. */
        NORMALIZED_GRADIENT;

        /** Returns whether the maps are a network's. */
        boolean isGradient() {
            return this == GRADIENT_MAPS || this == NORMALIZED_GRADIENT;
        }

        /** Returns whether the maps are blurred and sum to 1. */
        boolean isNormalized() {
            return this == NORMALIZED || this == NORMALIZED_GRADIENT;
        }
    }

    static final BaseMethod VANILLA =
            new BaseMethod("vanilla", 0, Partners.NONE, Saliency.NONE, settings -> settings.on(InputMixup.builder())
                    .mixProbability(0)
                    .build());

    static final BaseMethod AUGMIX = new BaseMethod("augmix", 1, Partners.NONE, Saliency.NONE, BaseMethod::augMix);

    static final BaseMethod MANIFOLD =
            new BaseMethod("manifold", 1, Partners.RANDOM, Saliency.NONE, BaseMethod::manifold);

    /** All methods, in the order of help texts. */
    static final List<BaseMethod> ALL = List.of(
            VANILLA,
            new BaseMethod("mixup", 1, Partners.RANDOM, Saliency.NONE, settings -> settings.on(InputMixup.builder())
                    .build()),
            new BaseMethod("cutmix", 0.5, Partners.RANDOM, Saliency.NONE, settings -> settings.on(CutMix.builder())
                    .build()),
            MANIFOLD,
            AUGMIX,
            new BaseMethod(
                    "saliencymix", 0.5, Partners.RANDOM, Saliency.MAPS, settings -> settings.on(SaliencyMix.builder())
                            .build()),
            new BaseMethod(
                    "snapmix", 1, Partners.RANDOM, Saliency.CLASS_MAPS, settings -> settings.on(SnapMix.builder())
                            .build()),
            new BaseMethod("puzzlemix", 1, Partners.RANDOM, Saliency.GRADIENT_MAPS, BaseMethod::puzzleMix),
            new BaseMethod("comixup", 1, Partners.NONE, Saliency.GRADIENT_MAPS, BaseMethod::coMixup),
            new BaseMethod("guided-sr", 0.5, Partners.GREEDY, Saliency.NORMALIZED, BaseMethod::guided),
            new BaseMethod("guided-ap", 0.8, Partners.GREEDY, Saliency.NORMALIZED_GRADIENT, BaseMethod::guided));

    private static BatchMixer manifold(MixerSettings settings) {
        return settings.on(ManifoldMixup.builder()).points(settings.mixPoints()).build();
    }

    private static BatchMixer guided(MixerSettings settings) {
        return settings.on(GuidedMixup.builder()).build();
    }

    private static BatchMixer puzzleMix(MixerSettings settings) {
        PuzzleMix.Builder builder = settings.on(PuzzleMix.builder());
        settings.range().ifPresent(range -> builder.standardDeviation(range.standardDeviation()));
        return builder.build();
    }

    private static BatchMixer coMixup(MixerSettings settings) {
        return settings.shared(CoMixup.builder().saliency(settings.saliency())).build();
    }

    private static BatchMixer augMix(MixerSettings settings) {
        AugMix.Builder builder = settings.shared(AugMix.builder());
        settings.range().ifPresent(builder::range);
        return builder.build();
    }
}
