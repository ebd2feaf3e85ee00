package org.guidedmixup.method;

import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.guidedmixup.PairingMixer;
import org.guidedmixup.pairing.PairingStrategy;

/** The settings shared by methods with partners that draw one λ ~ Beta(α, α) per batch, the share that an image keeps. */
public abstract class BetaMixer extends PairingMixer {
    private static final long serialVersionUID = 1L;

    /** The α of the Beta distribution that λ is drawn from. */
    private final double alpha;

    /**
     * Copies the shared settings.
     *
     * @param builder the settings
     */
    protected BetaMixer(Builder<?> builder) {
        super(builder);
        alpha = builder.alpha;
    }

    /**
     * Draws λ by inversion: one uniform number gives one λ.
     *
     * @param random the source of randomness
     * @return 0 to 1
     */
    protected final double drawLambda(RandomGenerator random) {
        return new BetaDistribution(null, alpha, alpha).inverseCumulativeProbability(random.nextDouble());
    }

    /**
     * The builder of methods with λ ~ Beta(α, α).
     *
     * @param <B> the builder of the method
     */
    public abstract static class Builder<B extends Builder<B>> extends PairingMixer.Builder<B> {
        private double alpha;

        /**
         * Starts with the method's own defaults.
         *
         * @param mixProbability the default probability that a batch is mixed
         * @param pairing the default pairing
         * @param alpha the default α
         */
        protected Builder(double mixProbability, PairingStrategy pairing, double alpha) {
            super(mixProbability, pairing);
            this.alpha = alpha;
        }

        /**
         * Sets the α of λ ~ Beta(α, α): small values keep λ near 0 and 1.
         *
         * @param value above 0
         * @return this builder
         * @throws IllegalArgumentException if it is not a finite number above 0
         */
        public B alpha(double value) {
            if (!(value > 0 && Double.isFinite(value))) {
                throw new IllegalArgumentException("alpha: expected a finite number above 0, got " + value);
            }
            alpha = value;
            return self();
        }
    }
}
