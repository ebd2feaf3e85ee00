package org.guidedmixup;

import java.util.random.RandomGenerator;
import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.plan.MaskPlan;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.guidedmixup.saliency.spectral.SpectralResidual;

/**
 * GuidedMixup: saliency, blur, normalisation, distance, pairing, mask, mixing.
 *
 * <p>Images are paired so that their salient regions do not collide, and blended pixel by pixel in proportion to their
 * saliency, so that both objects survive. With {@link SpectralResidual} this is Guided-SR, the default. Only the decision
 * whether to mix a batch is random: equal batches are mixed equally, so reshuffle the data in every epoch, or use a random
 * pairing ({@link GreedyPairing#builder()}).
 *
 * <p>Kang and Kim, "GuidedMixup: An Efficient Mixup Strategy Guided by Saliency Maps", AAAI 2023.
 */
public final class GuidedMixup extends PairingMixer {
    private static final long serialVersionUID = 1L;

    private GuidedMixup(Builder builder) {
        super(builder);
    }

    /**
     * Starts a builder with Guided-SR as published: spectral residual, Gaussian blur 7 x 7 with sigma 3, greedy pairing, half
     * of the batches mixed.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    protected MixPlan draw(Batch batch, RandomGenerator random) {
        NormalizedSaliency saliency = batch.saliency();
        Pairing pairing = pair(batch, random);
        MixMask mask = MixMask.ofSaliency(saliency, pairing);
        return new MaskPlan(batch.shape(), pairing, mask, labelSmoothing(), saliency.nonFinite());
    }

    @Override
    protected boolean usesSaliency() {
        return true;
    }

    /** Returns true if the pairing is random, or if saliency comes from the network in training. */
    @Override
    public boolean varies() {
        return pairingVaries() || !asyncSupported();
    }

    /** The settings of {@link GuidedMixup}. */
    public static final class Builder extends PairingMixer.Builder<Builder> {

        private Builder() {
            super(0.5, new GreedyPairing());
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
        public GuidedMixup build() {
            return new GuidedMixup(this);
        }
    }
}
