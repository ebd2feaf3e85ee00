package org.guidedmixup.bench.mixing;

import java.util.Optional;
import org.guidedmixup.PairingMixer;
import org.guidedmixup.SeededMixer;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.pairing.PairingStrategy;
import org.guidedmixup.saliency.SaliencyDetector;
import org.nd4j.enums.DataFormat;

/**
 * The settings from which a method creates its mixer. Each method uses those it needs.
 *
 * @param saliency what finds salient regions
 * @param probability the probability that a batch is mixed, 0 to 1
 * @param seed the seed of what the method draws
 * @param pairing how partners are chosen; empty for the method's own way
 * @param range the images' values of black and white; empty for the default of their type
 * @param format the axis order of the images; empty for NCHW
 * @param mixPoints the number of layers after the input at which the network can mix
 */
public record MixerSettings(
        SaliencyDetector saliency,
        double probability,
        long seed,
        Optional<PairingStrategy> pairing,
        Optional<ValueRange> range,
        Optional<DataFormat> format,
        int mixPoints) {

    /**
     * Returns settings with the method's own pairing, the default range of values and no network.
     *
     * @param saliency what finds salient regions
     * @param probability the probability that a batch is mixed, 0 to 1
     * @param seed the seed of what the method draws
     * @return the settings
     */
    public static MixerSettings of(SaliencyDetector saliency, double probability, long seed) {
        return new MixerSettings(saliency, probability, seed, Optional.empty(), Optional.empty(), Optional.empty(), 0);
    }

    /**
     * Returns the same with another detector.
     *
     * @param detector what finds salient regions
     * @return new settings
     */
    public MixerSettings withSaliency(SaliencyDetector detector) {
        return new MixerSettings(detector, probability, seed, pairing, range, format, mixPoints);
    }

    /**
     * Returns the same with partners chosen in another way.
     *
     * @param strategy how partners are chosen
     * @return new settings
     */
    public MixerSettings withPairing(PairingStrategy strategy) {
        return new MixerSettings(saliency, probability, seed, Optional.of(strategy), range, format, mixPoints);
    }

    /**
     * Returns the same for images of another range.
     *
     * @param values the values of black and white
     * @return new settings
     */
    public MixerSettings withRange(ValueRange values) {
        return new MixerSettings(saliency, probability, seed, pairing, Optional.of(values), format, mixPoints);
    }

    /**
     * Returns the same for a network with mix points.
     *
     * @param number the number of layers after the input at which the network can mix
     * @return new settings
     */
    public MixerSettings withMixPoints(int number) {
        return new MixerSettings(saliency, probability, seed, pairing, range, format, number);
    }

    /**
     * Returns the same for images of another axis order.
     *
     * @param channels the axis order
     * @return new settings
     */
    public MixerSettings withFormat(DataFormat channels) {
        return new MixerSettings(saliency, probability, seed, pairing, range, Optional.of(channels), mixPoints);
    }

    /** Returns the same with every batch mixed. */
    MixerSettings always() {
        return new MixerSettings(saliency, 1, seed, pairing, range, format, mixPoints);
    }

    /** Configures a builder and returns it. */
    <B extends PairingMixer.Builder<B>> B on(B builder) {
        pairing.ifPresent(builder::pairing);
        return shared(builder.saliency(saliency));
    }

    /** Configures what every method uses and returns the builder. */
    <B extends SeededMixer.Builder<B>> B shared(B builder) {
        format.ifPresent(builder::dataFormat);
        return builder.mixProbability(probability).seed(seed);
    }
}
