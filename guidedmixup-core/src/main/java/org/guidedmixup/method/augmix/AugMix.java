package org.guidedmixup.method.augmix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.guidedmixup.Batch;
import org.guidedmixup.SeededMixer;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.internal.Arguments;
import org.guidedmixup.method.augmix.AugMixPlan.Chain;
import org.guidedmixup.method.augmix.AugMixPlan.Recipe;
import org.guidedmixup.method.augmix.AugMixPlan.Step;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.MixPlan;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * AugMix: every image is blended with augmented copies of itself, x̂ = (1 − m) x + m Σ wₖ Aₖ(x), with m ~ Beta(1, 1),
 * w ~ Dirichlet(1) and each Aₖ a chain of 1 to 3 {@linkplain AugMixOperation operations} drawn at random. Labels stay.
 *
 * <p>The operations work on 8-bit images, so the mixer must know which values mean black and white: 0 to 1 for floating-point
 * images and 0 to 255 for integer ones, unless {@link Builder#range} is set. Set it if images are normalised before they are
 * mixed. The image's own part of the blend is not rounded to 8 bits.
 *
 * <p>The authors also train with a consistency loss between several AugMix copies; that loss is left to the training script.
 *
 * <p>Hendrycks, Mu, Cubuk, Zoph, Gilmer and Lakshminarayanan, "AugMix: A Simple Data Processing Method to Improve Robustness and
 * Uncertainty", ICLR 2020.
 */
public final class AugMix extends SeededMixer {
    private static final long serialVersionUID = 1L;

    private static final int DEEPEST = 3;
    private static final AugMixOperation[] OPERATIONS = AugMixOperation.values();

    /** The largest strength of the operations, 1 to 10. */
    private final double severity;

    /** The number of chains. */
    private final int width;

    /** The length of every chain; 0 to draw each length. */
    private final int depth;

    /** Which values mean black and white; null to choose them by the type of the images. */
    private final ValueRange range;

    private AugMix(Builder builder) {
        super(builder);
        severity = builder.severity;
        width = builder.width;
        depth = builder.depth;
        range = builder.range;
    }

    /**
     * Starts a builder with 3 chains of 1 to 3 operations, severity 3, and every batch augmented.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    protected int smallestBatch() {
        return 1;
    }

    @Override
    protected void requireMixable(Batch batch) {
        batch.requireOneLabelPerImage("AugMix moves pixels of images only");
    }

    @Override
    protected MixPlan draw(Batch batch, RandomGenerator random) {
        BatchShape shape = batch.shape();
        ValueRange values = range == null ? usual(batch.images()) : range;
        AugMixPlan.requireInside(values, batch.images(), shape);
        List<Recipe> recipes = new ArrayList<>();
        for (int i = 0; i < shape.images(); i++) {
            recipes.add(recipe(shape, random));
        }
        return new AugMixPlan(shape, recipes, values, unmixed(shape));
    }

    private static ValueRange usual(INDArray images) {
        return ValueRange.of(0, images.dataType().isFPType() ? 1 : 255);
    }

    private Recipe recipe(BatchShape shape, RandomGenerator random) {
        double[] weights = uniformOnSimplex(random);
        double share = random.nextDouble();
        List<Chain> chains = new ArrayList<>();
        for (double weight : weights) {
            int length = depth > 0 ? depth : 1 + random.nextInt(DEEPEST);
            List<Step> steps = new ArrayList<>();
            for (int s = 0; s < length; s++) {
                AugMixOperation operation = OPERATIONS[random.nextInt(OPERATIONS.length)];
                steps.add(new Step(operation, operation.draw(severity, shape.height(), shape.width(), random)));
            }
            chains.add(new Chain(weight, steps));
        }
        return new Recipe(share, chains);
    }

    /** Draws from Dirichlet(1, …, 1): exponentially distributed numbers divided by their sum. */
    private double[] uniformOnSimplex(RandomGenerator random) {
        double[] weights = new double[width];
        for (int k = 0; k < width; k++) {
            weights[k] = -StrictMath.log(1 - random.nextDouble());
        }
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(w -> sum == 0 ? 1.0 / width : w / sum).toArray();
    }

    /** The settings of {@link AugMix}. */
    public static final class Builder extends SeededMixer.Builder<Builder> {
        private double severity = 3;
        private int width = 3;
        private int depth;
        private ValueRange range;

        private Builder() {
            super(1);
        }

        /**
         * Sets the largest strength of the operations; default 3.
         *
         * @param value 1 to 10
         * @return this builder
         * @throws IllegalArgumentException if it is outside that range
         */
        public Builder severity(double value) {
            if (!(value >= 1 && value <= AugMixOperation.MOST)) {
                throw new IllegalArgumentException("severity: expected a number from 1 to 10, got " + value);
            }
            severity = value;
            return this;
        }

        /**
         * Sets the number of chains that are mixed; default 3.
         *
         * @param chains at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder width(int chains) {
            width = Arguments.atLeast("width", 1, chains);
            return this;
        }

        /**
         * Sets the number of operations in every chain; by default each chain draws 1 to 3.
         *
         * @param operations at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder depth(int operations) {
            depth = Arguments.atLeast("depth", 1, operations);
            return this;
        }

        /**
         * Sets which values of the images mean black and white, the same for all channels.
         *
         * @param low black
         * @param high white
         * @return this builder
         * @throws IllegalArgumentException if low is not below high, or one is not finite
         */
        public Builder range(double low, double high) {
            return range(ValueRange.of(low, high));
        }

        /**
         * Sets which values of the images mean black and white, for example {@link ValueRange#standardized
         * ValueRange.standardized(mean, deviation)}. Images with values outside the range are refused.
         *
         * @param values the range
         * @return this builder
         * @throws IllegalArgumentException if it is null
         */
        public Builder range(ValueRange values) {
            if (values == null) {
                throw new IllegalArgumentException("range: expected a range, got null");
            }
            range = values;
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
        public AugMix build() {
            return new AugMix(this);
        }
    }
}
