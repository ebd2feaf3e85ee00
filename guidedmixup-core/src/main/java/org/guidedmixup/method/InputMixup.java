package org.guidedmixup.method;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.guidedmixup.Batch;
import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.RandomPairing;
import org.guidedmixup.plan.MaskPlan;
import org.guidedmixup.plan.MixPlan;

/**
 * Input Mixup: x̂ = λ x + (1 − λ) x_p with one λ ~ Beta(α, α) per batch and, unless another pairing is chosen, a random
 * partner.
 *
 * <p>All pixels of an image have the same share, so arrays of rank 2 or higher can be mixed, unless partners are chosen by
 * saliency.
 *
 * <p>Zhang, Cisse, Dauphin and Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", ICLR 2018.
 */
public final class InputMixup extends BetaMixer {
    private static final long serialVersionUID = 1L;

    private InputMixup(Builder builder) {
        super(builder);
    }

    /**
     * Starts a builder with α = 1 and every batch mixed.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    protected MixPlan draw(Batch batch, RandomGenerator random) {
        float[] ratio = new float[batch.shape().images()];
        Arrays.fill(ratio, (float) drawLambda(random));
        Pairing pairing = pair(batch, random);
        return new MaskPlan(batch.shape(), pairing, MixMask.constant(ratio), labelSmoothing(), batch.nonFinite());
    }

    @Override
    protected boolean mixesAnyRank() {
        return !usesSaliency();
    }

    /** The settings of {@link InputMixup}. */
    public static final class Builder extends BetaMixer.Builder<Builder> {

        private Builder() {
            super(1, new RandomPairing(), 1);
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
