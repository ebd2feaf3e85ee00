package org.guidedmixup.bench.mixing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.PairingStrategy;
import org.guidedmixup.pairing.RandomPairing;
import org.guidedmixup.saliency.SaliencyDetector;

/** The mixup methods that can be named on the command line and applied to one batch. */
public enum MixingMethod {
    /** Batches stay as they are. */
    VANILLA("vanilla", false),
    /** Input Mixup. */
    MIXUP("mixup", false),
    /** GuidedMixup with the spectral residual and greedy pairing. */
    GUIDED_SR("guided-sr", true),
    /** GuidedMixup with the spectral residual and random pairing. */
    GUIDED_SR_RANDOM("guided-sr+random", true),
    /** GuidedMixup with the magnitude of a network's input gradient and greedy pairing. */
    GUIDED_AP("guided-ap", true);

    private final String label;
    private final boolean usesSaliency;

    MixingMethod(String label, boolean usesSaliency) {
        this.label = label;
        this.usesSaliency = usesSaliency;
    }

    /**
     * The method of a name.
     *
     * @param name as on the command line
     * @return the method
     * @throws IllegalArgumentException if there is none; the message lists all
     */
    public static MixingMethod of(String name) {
        return Arrays.stream(values())
                .filter(method -> method.label.equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown method '" + name + "', expected one of " + String.join(", ", names())));
    }

    /**
     * All names.
     *
     * @return the names in the order of the constants
     */
    public static List<String> names() {
        return Arrays.stream(values()).map(MixingMethod::toString).collect(Collectors.toList());
    }

    /**
     * Whether saliency decides how images are mixed.
     *
     * @return true for the variants of GuidedMixup
     */
    public boolean usesSaliency() {
        return usesSaliency;
    }

    /**
     * Whether pairs are chosen by the distance between saliency maps.
     *
     * @return true for greedy pairing
     */
    public boolean usesDistance() {
        return usesSaliency && this != GUIDED_SR_RANDOM;
    }

    /**
     * A mixer that mixes every batch.
     *
     * @param saliency what finds salient regions, used where the method {@link #usesSaliency}
     * @param seed the seed of what the method draws
     * @return the mixer
     */
    public BatchMixer mixer(SaliencyDetector saliency, long seed) {
        return switch (this) {
            case VANILLA -> InputMixup.builder().mixProbability(0).build();
            case MIXUP -> InputMixup.builder().mixProbability(1).seed(seed).build();
            case GUIDED_SR, GUIDED_AP -> guided(saliency, new GreedyPairing(), seed);
            case GUIDED_SR_RANDOM -> guided(saliency, new RandomPairing(), seed);
        };
    }

    private static BatchMixer guided(SaliencyDetector saliency, PairingStrategy pairing, long seed) {
        return GuidedMixup.builder()
                .saliency(saliency)
                .pairing(pairing)
                .mixProbability(1)
                .seed(seed)
                .build();
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return label;
    }
}
