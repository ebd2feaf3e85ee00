package org.guidedmixup;

import java.util.random.RandomGenerator;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.PairingStrategy;

/**
 * The settings shared by methods that blend every image with one partner: how partners are chosen, and how the saliency is
 * smoothed that decides partners and, in some methods, masks.
 *
 * <p>Any of these methods can use GuidedMixup's greedy pairing (Kang and Kim 2023, section 5.6).
 */
public abstract class PairingMixer extends SaliencyMixer {
    private static final long serialVersionUID = 1L;

    /** Chooses partners. */
    private final PairingStrategy pairing;

    /**
     * Copies the shared settings.
     *
     * @param builder the settings
     */
    protected PairingMixer(Builder<?> builder) {
        super(builder);
        pairing = builder.pairing;
    }

    /**
     * Chooses the partners.
     *
     * @param batch the batch
     * @param random the source of randomness
     * @return the partner of every image
     */
    protected final Pairing pair(Batch batch, RandomGenerator random) {
        return pairing.pair(batch.shape().images(), batch::distances, random);
    }

    /**
     * Returns whether images with equal saliency can be paired differently.
     *
     * @return the answer of {@link PairingStrategy#varies}
     */
    protected final boolean pairingVaries() {
        return pairing.varies();
    }

    /**
     * Returns whether the method uses the saliency of every batch that it mixes.
     *
     * @return true if partners are chosen by saliency; overridden by methods that also use it for something else
     */
    @Override
    protected boolean usesSaliency() {
        return pairing.usesDistance();
    }

    /**
     * The builder of methods with partners.
     *
     * @param <B> the builder of the method
     */
    public abstract static class Builder<B extends Builder<B>> extends SaliencyMixer.Builder<B> {
        private PairingStrategy pairing;

        /**
         * Starts with the method's own defaults.
         *
         * @param mixProbability the default probability that a batch is mixed
         * @param pairing the default pairing
         */
        protected Builder(double mixProbability, PairingStrategy pairing) {
            super(mixProbability);
            this.pairing = pairing;
            // Beside the detector's own: the released code smooths the spectral residual twice.
            smoothing(new GaussianBlur(7, 3));
        }

        /**
         * Sets the filter that smooths the saliency maps before they are normalised; default a 7 x 7 Gaussian with sigma 3.
         *
         * @param filter a filter that preserves the size of maps and returns no negative values
         * @return this builder
         */
        public B blur(SeparableFilter filter) {
            smoothing(required("blur", filter));
            return self();
        }

        /**
         * Turns smoothing off: the detector's maps are used as they are.
         *
         * @return this builder
         */
        public B noBlur() {
            smoothing(null);
            return self();
        }

        /**
         * Sets how partners are chosen; the default depends on the method.
         *
         * @param strategy the strategy
         * @return this builder
         */
        public B pairing(PairingStrategy strategy) {
            pairing = required("pairing", strategy);
            return self();
        }
    }
}
