package org.guidedmixup.method;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.guidedmixup.BatchSaliency;
import org.guidedmixup.BatchShape;
import org.guidedmixup.MaskPlan;
import org.guidedmixup.MixPlan;
import org.guidedmixup.PairingMixer;
import org.guidedmixup.Scratch;
import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.RandomPairing;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Input Mixup: x̂ = λ x + (1 − λ) x_p with one λ ~ Beta(α, α) a batch and, unless another pairing is chosen, a random partner.
 *
 * <p>Zhang, Cisse, Dauphin and Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", ICLR 2018.
 */
public final class InputMixup extends PairingMixer {
    private static final long serialVersionUID = 1L;

    /** Of the Beta distribution that λ is drawn from. */
    private final double alpha;

    private InputMixup(Builder builder) {
        super(builder);
        alpha = builder.alpha;
    }

    /**
     * Starts with α = 1 and every batch mixed.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    protected MixPlan draw(
            INDArray images, INDArray labels, BatchShape shape, BatchSaliency found, RandomGenerator random) {
        // By inversion: one uniform number gives one λ.
        double lambda = new BetaDistribution(null, alpha, alpha).inverseCumulativeProbability(random.nextDouble());
        float[] ratio = new float[shape.images()];
        Arrays.fill(ratio, (float) lambda);
        try (MemoryWorkspace scratch = Scratch.open(InputMixup.class)) {
            Pairing pairs = pair(shape, found, random);
            return new MaskPlan(shape, pairs, MixMask.constant(ratio), labelSmoothing(), found.nonFinite());
        }
    }

    /** The settings of {@link InputMixup}. */
    public static final class Builder extends PairingMixer.Builder<Builder> {
        private double alpha = 1;

        private Builder() {
            super(1, new RandomPairing());
        }

        /**
         * The α of λ ~ Beta(α, α): small values keep λ near 0 and 1.
         *
         * @param value above 0
         * @return this builder
         * @throws IllegalArgumentException if it is not a finite number above 0
         */
        public Builder alpha(double value) {
            if (!(value > 0 && Double.isFinite(value))) {
                throw new IllegalArgumentException("alpha: expected a finite number above 0, got " + value);
            }
            alpha = value;
            return this;
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Makes the mixer.
         *
         * @return the mixer
         */
        public InputMixup build() {
            return new InputMixup(this);
        }
    }
}
