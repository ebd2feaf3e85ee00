package org.guidedmixup;

import java.util.random.RandomGenerator;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.PairingStrategy;

/**
 * What methods share that blend every image with one partner: how partners are chosen, and how the saliency is smoothed that
 * partners (and masks, where a method wants them) are chosen by.
 *
 * <p>GuidedMixup's greedy pairing can so be lent to any of them (Kang and Kim 2023, section 5.6).
 */
public abstract class PairingMixer extends SaliencyMixer {
    private static final long serialVersionUID = 1L;

    /** Chooses partners. */
    private final PairingStrategy pairing;

    /**
     * Takes over the shared settings.
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
     * Whether equal saliencies can be paired differently.
     *
     * @return what the pairing says
     */
    protected final boolean pairingVaries() {
        return pairing.varies();
    }

    /**
     * Whether the method looks at the saliency of every batch that it mixes.
     *
     * @return true if partners are chosen by it; methods that use it otherwise, too, override this
     */
    @Override
    protected boolean usesSaliency() {
        return pairing.usesDistance();
    }

    /**
     * The settings of methods with partners.
     *
     * @param <B> the builder of the method
     */
    public abstract static class Builder<B extends Builder<B>> extends SaliencyMixer.Builder<B> {
        private PairingStrategy pairing;

        /**
         * Starts from the method's own probability and pairing.
         *
         * @param mixProbability the default probability that a batch is mixed
         * @param pairing the default pairing
         */
        protected Builder(double mixProbability, PairingStrategy pairing) {
            super(mixProbability);
            this.pairing = pairing;
            smoothing(new GaussianBlur(7, 3));
        }

        /**
         * What smooths the saliency maps before they are normalised; default a Gaussian of 7 x 7 with sigma 3.
         *
         * @param filter a filter that keeps the size of maps and gives no negative values
         * @return this builder
         */
        public B blur(SeparableFilter filter) {
            smoothing(required("blur", filter));
            return self();
        }

        /**
         * Leaves the saliency maps as the detector gave them.
         *
         * @return this builder
         */
        public B noBlur() {
            smoothing(null);
            return self();
        }

        /**
         * How partners are chosen; the default is the method's own.
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
