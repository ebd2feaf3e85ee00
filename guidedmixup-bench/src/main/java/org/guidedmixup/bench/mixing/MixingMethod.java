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
    VANILLA("vanilla", false, 0),
    /** Input Mixup. */
    MIXUP("mixup", false, 1),
    /** GuidedMixup with the spectral residual and greedy pairing. */
    GUIDED_SR("guided-sr", true, 0.5),
    /** GuidedMixup with the spectral residual and random pairing. */
    GUIDED_SR_RANDOM("guided-sr+random", true, 0.5),
    /** GuidedMixup with the magnitude of a network's input gradient and greedy pairing. */
    GUIDED_AP("guided-ap", true, 0.8);

    private final String label;
    private final boolean usesSaliency;

    private final double mixProbability;

    MixingMethod(String label, boolean usesSaliency, double mixProbability) {
        this.label = label;
        this.usesSaliency = usesSaliency;
        this.mixProbability = mixProbability;
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
     * The share of batches that the method mixes in training, as its authors trained.
     *
     * @return 0 to 1
     */
    public double mixProbability() {
        return mixProbability;
    }

    /**
     * A mixer.
     *
     * @param saliency what finds salient regions, used where the method {@link #usesSaliency}
     * @param probability the probability that a batch is mixed, 0 to 1; vanilla never mixes
     * @param seed the seed of what the method draws
     * @return the mixer
     */
    public BatchMixer mixer(SaliencyDetector saliency, double probability, long seed) {
        return switch (this) {
            case VANILLA -> InputMixup.builder().mixProbability(0).build();
            case MIXUP ->
                InputMixup.builder().mixProbability(probability).seed(seed).build();
            case GUIDED_SR, GUIDED_AP -> guided(saliency, new GreedyPairing(), probability, seed);
            case GUIDED_SR_RANDOM -> guided(saliency, new RandomPairing(), probability, seed);
        };
    }

    private static BatchMixer guided(
            SaliencyDetector saliency, PairingStrategy pairing, double probability, long seed) {
        return GuidedMixup.builder()
                .saliency(saliency)
                .pairing(pairing)
                .mixProbability(probability)
                .seed(seed)
                .build();
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return label;
    }
}
