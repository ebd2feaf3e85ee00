package org.guidedmixup.method;

import java.util.Collections;
import java.util.random.RandomGenerator;
import org.guidedmixup.Batch;
import org.guidedmixup.mask.Box;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.RandomPairing;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.BoxPlan;
import org.guidedmixup.plan.MixPlan;

/**
 * CutMix: a box of an image is replaced by the same box of its partner. One λ ~ Beta(α, α) and one box per batch: sides √(1 −
 * λ) H and √(1 − λ) W, centre uniform over the image, clipped at its borders. Labels are weighted by the share of pixels that
 * were actually replaced, after clipping and rounding.
 *
 * <p>Sides are rounded to the nearest pixel; the released code rounds them down to an even number of pixels.
 *
 * <p>Yun, Han, Oh, Chun, Choe and Yoo, "CutMix: Regularization Strategy to Train Strong Classifiers with Localizable
 * Features", ICCV 2019.
 */
public final class CutMix extends BetaMixer {
    private static final long serialVersionUID = 1L;

    private CutMix(Builder builder) {
        super(builder);
    }

    /**
     * Starts a builder with α = 1, random partners and half of the batches mixed.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    protected MixPlan draw(Batch batch, RandomGenerator random) {
        BatchShape shape = batch.shape();
        double lambda = drawLambda(random);
        int row = random.nextInt(shape.height());
        int column = random.nextInt(shape.width());
        Box box = Box.around(1 - lambda, row, column, shape.height(), shape.width());
        Pairing pairing = pair(batch, random);
        return new BoxPlan(
                shape, pairing, Collections.nCopies(shape.images(), box), labelSmoothing(), batch.nonFinite());
    }

    /** The settings of {@link CutMix}. */
    public static final class Builder extends BetaMixer.Builder<Builder> {

        private Builder() {
            super(0.5, new RandomPairing(), 1);
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
        public CutMix build() {
            return new CutMix(this);
        }
    }
}
