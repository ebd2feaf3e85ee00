package org.guidedmixup.bench.mixing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.bench.mixing.BaseMethod.Partners;
import org.guidedmixup.bench.mixing.BaseMethod.Saliency;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.PairingStrategy;
import org.guidedmixup.pairing.RandomPairing;
import org.guidedmixup.saliency.SaliencyDetector;

/**
 * A mixup method as it is named on the command line: a {@link BaseMethod}, and after a + what is changed of it.
 * {@code +greedy} gives it GuidedMixup's pairing, {@code +random} removes that, {@code +augmix} makes it mix AugMix
 * images. Methods with equal names are equal.
 */
public final class MixingMethod {
    private static final String GREEDY = "greedy";
    private static final String RANDOM = "random";

    private final BaseMethod method;
    private final Partners partners;
    private final boolean augmented;

    private MixingMethod(BaseMethod method, Partners partners, boolean augmented) {
        this.method = method;
        this.partners = partners;
        this.augmented = augmented;
    }

    /**
     * Finds a method by name.
     *
     * @param name as on the command line
     * @return the method
     * @throws IllegalArgumentException if there is no such method or combination; the message lists the known ones
     */
    public static MixingMethod of(String name) {
        String[] parts = name.strip().toLowerCase(Locale.ROOT).split("\\+", -1);
        MixingMethod method = plain(parts[0], name);
        for (int i = 1; i < parts.length; i++) {
            method = method.changed(parts[i], name);
        }
        return method;
    }

    private static MixingMethod plain(String label, String name) {
        return BaseMethod.ALL.stream()
                .filter(method -> method.label().equals(label))
                .findFirst()
                .map(method -> new MixingMethod(method, method.partners(), false))
                .orElseThrow(() -> new IllegalArgumentException("method '" + name + "': expected one of "
                        + String.join(", ", names()) + ", or one of them with +greedy, +random or +augmix"));
    }

    private MixingMethod changed(String suffix, String name) {
        boolean known = List.of(GREEDY, RANDOM, BaseMethod.AUGMIX.label()).contains(suffix);
        if (!known) {
            throw new IllegalArgumentException(
                    "method '" + name + "': expected +greedy, +random or +augmix after " + method.label());
        }
        if (method.partners() == Partners.NONE) {
            throw new IllegalArgumentException("method '" + name + "': +" + suffix
                    + " is for methods that mix every image with one partner; " + method.label() + " does not");
        }
        return switch (suffix) {
            case GREEDY -> new MixingMethod(method, Partners.GREEDY, augmented);
            case RANDOM -> new MixingMethod(method, Partners.RANDOM, augmented);
            default -> new MixingMethod(method, partners, true);
        };
    }

    /**
     * Returns the names without a +.
     *
     * @return the names
     */
    public static List<String> names() {
        return BaseMethod.ALL.stream().map(BaseMethod::label).collect(Collectors.toList());
    }

    /**
     * Returns the names of the methods that take their saliency from a network.
     *
     * @return the names
     */
    public static List<String> namesWithGradient() {
        return BaseMethod.ALL.stream()
                .filter(method -> method.saliency().isGradient())
                .map(BaseMethod::label)
                .collect(Collectors.toList());
    }

    /**
     * Returns whether this is training without mixup.
     *
     * @return true if batches stay as they are
     */
    public boolean isVanilla() {
        return method.equals(BaseMethod.VANILLA);
    }

    /**
     * Returns whether saliency decides how images are mixed or paired.
     *
     * @return true if the method uses its detector
     */
    public boolean usesSaliency() {
        return method.saliency() != Saliency.NONE || usesDistance();
    }

    /**
     * Returns whether saliency maps are blurred and normalised.
     *
     * @return true if masks or pairs come from such maps
     */
    public boolean usesNormalizedSaliency() {
        return usesDistance() || method.saliency().isNormalized();
    }

    /**
     * Returns whether the saliency is that of a network, the gradient of its loss with respect to the images. Without a
     * network any other detector can stand in.
     *
     * @return true for Guided-AP and the like
     */
    public boolean usesGradient() {
        return method.saliency().isGradient();
    }

    /**
     * Returns whether the saliency is that of a network's class activation maps. Without a network any other detector
     * can stand in.
     *
     * @return true for SnapMix
     */
    public boolean usesClassMaps() {
        return method.saliency() == Saliency.CLASS_MAPS;
    }

    /**
     * Returns whether the saliency is that of a network, of either kind.
     *
     * @return true if it {@linkplain #usesGradient() uses the gradient} or {@linkplain #usesClassMaps() class maps}
     */
    public boolean asksNetwork() {
        return usesGradient() || usesClassMaps();
    }

    /**
     * Returns whether images are mixed inside a network. Without one, they are mixed at the input.
     *
     * @return true for Manifold Mixup
     */
    public boolean usesMixPoints() {
        return method.equals(BaseMethod.MANIFOLD);
    }

    /**
     * Returns what the method does without a network.
     *
     * @return the end of a sentence that begins with its name; empty if it needs none
     */
    public Optional<String> withoutNetwork() {
        if (asksNetwork()) {
            return Optional.of("uses the saliency of the spectral residual instead");
        }
        return usesMixPoints() ? Optional.of("mixes at the input alone") : Optional.empty();
    }

    /**
     * Returns whether pairs are chosen by the distance between saliency maps.
     *
     * @return true for greedy pairing
     */
    public boolean usesDistance() {
        return partners == Partners.GREEDY;
    }

    /**
     * Returns whether the name says how partners are chosen.
     *
     * @return true after {@code +greedy} and {@code +random}, where they change something
     */
    public boolean namesItsPairing() {
        return partners != method.partners();
    }

    /**
     * Returns how partners are chosen, where greedy and random pairs can be taken for each other.
     *
     * @return {@code greedy pairs} or {@code random pairs}; empty if partners are random and the name does not say so
     */
    public Optional<String> pairs() {
        if (usesDistance()) {
            return Optional.of("greedy pairs");
        }
        return namesItsPairing() ? Optional.of("random pairs") : Optional.empty();
    }

    /**
     * Returns whether images go through AugMix, which needs their range of values.
     *
     * @return true for AugMix and after {@code +augmix}
     */
    public boolean usesAugMix() {
        return augmented || method.equals(BaseMethod.AUGMIX);
    }

    /**
     * Returns the share of batches that the method mixes in training, as its authors trained.
     *
     * @return 0 to 1
     */
    public double mixProbability() {
        return method.mixProbability();
    }

    /**
     * Returns a mixer with the method's own pairing, for images of the default range of values.
     *
     * @param saliency what finds salient regions, used where the method {@link #usesSaliency}
     * @param probability the probability that a batch is mixed, 0 to 1; vanilla never mixes
     * @param seed the seed of what the method draws
     * @return the mixer
     */
    public BatchMixer mixer(SaliencyDetector saliency, double probability, long seed) {
        return mixer(MixerSettings.of(saliency, probability, seed));
    }

    /**
     * Returns a mixer. With {@code +augmix}, all batches are augmented and the probability is that of mixing.
     *
     * @param settings the method's settings; a pairing in the name takes precedence over theirs
     * @return the mixer
     */
    public BatchMixer mixer(MixerSettings settings) {
        BatchMixer mixer =
                method.mixer().apply(namedPairing().map(settings::withPairing).orElse(settings));
        return augmented ? BaseMethod.AUGMIX.mixer().apply(settings.always()).then(mixer) : mixer;
    }

    private Optional<PairingStrategy> namedPairing() {
        if (!namesItsPairing()) {
            return Optional.empty();
        }
        return Optional.of(partners == Partners.GREEDY ? new GreedyPairing() : new RandomPairing());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MixingMethod named && toString().equals(named.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** Returns the shortest name on the command line. */
    @Override
    public String toString() {
        String pairing = partners == Partners.GREEDY ? "+" + GREEDY : "+" + RANDOM;
        return method.label() + (namesItsPairing() ? pairing : "") + (augmented ? "+" + BaseMethod.AUGMIX.label() : "");
    }
}
