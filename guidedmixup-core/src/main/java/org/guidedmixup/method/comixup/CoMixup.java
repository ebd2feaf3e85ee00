package org.guidedmixup.method.comixup;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.guidedmixup.Batch;
import org.guidedmixup.SaliencyMixer;
import org.guidedmixup.internal.Arguments;
import org.guidedmixup.internal.host.Chunks;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MosaicPlan;
import org.guidedmixup.tile.Mosaic;
import org.guidedmixup.tile.TileGrid;
import org.guidedmixup.tile.TileSaliency;

/**
 * Co-Mixup: M outputs are assembled from the blocks of M inputs so that each output shows salient blocks of several inputs, in
 * coherent regions, and no input dominates many outputs. The choice of partners is part of the problem, so there is no pairing
 * to set. Labels are mixed by the shares of pixels.
 *
 * <p>The detector's saliency is used without blur. A batch is split into parts of nearly equal size, which are solved in
 * parallel. Each part is solved by sweeps of αβ-swaps, which end in a local minimum. Kim, Choo, Jeong and Song, "Co-Mixup:
 * Saliency Guided Joint Mixup with Supermodular Diversity", ICLR 2021.
 */
public final class CoMixup extends SaliencyMixer {
    private static final long serialVersionUID = 1L;

    /** The settings of the problem and of its solution. */
    private final CoMixupSettings settings;

    private CoMixup(Builder builder) {
        super(builder);
        settings = builder.settings.copy();
    }

    /**
     * Starts a builder with the published settings: 4 x 4 blocks, α = 2, β = 0.32, γ = 1, η = 0.05, τ = 0.83, ω = 0.001, 4
     * sweeps, parts of at most 20 images, every batch mixed.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    protected MixPlan draw(Batch batch, RandomGenerator random) {
        BatchShape shape = batch.shape();
        TileGrid grid = TileGrid.of(settings.blocks, shape.height(), shape.width());
        int size = shape.images();
        TileSaliency saliency = TileSaliency.of(batch.foundSaliency(), grid);
        int parts = (size + settings.partSize - 1) / settings.partSize;
        long[] seeds = random.longs(parts).toArray();
        Mosaic.Builder mosaic = Mosaic.builder(size, grid);
        float[][] shares = new float[size][size];
        Chunks.forEach(parts, (from, to) -> {
            for (int part = from; part < to; part++) {
                int first = (int) ((long) size * part / parts);
                int last = (int) ((long) size * (part + 1) / parts);
                RandomGenerator own = new SplittableRandom(seeds[part]);
                CoMixupProblem problem = settings.problem(saliency, first, last, own);
                BlockLabel[][] solved = new CoMixupSweeps(problem, last - first, own).run(settings.sweeps);
                put(solved, first, grid, mosaic, shares);
            }
        });
        return new MosaicPlan(shape, mosaic.build(), shares, labelSmoothing(), saliency.nonFinite());
    }

    private static void put(BlockLabel[][] labels, int first, TileGrid grid, Mosaic.Builder mosaic, float[][] shares) {
        for (int o = 0; o < labels.length; o++) {
            for (int tile = 0; tile < labels[o].length; tile++) {
                float half = 0.5f / (float) grid.timesInImage(tile);
                BlockLabel label = labels[o][tile];
                mosaic.put(first + o, tile, 0, first + label.first(), tile, label.isWhole() ? 1 : 0.5);
                mosaic.put(first + o, tile, 1, first + label.second(), tile, label.isWhole() ? 0 : 0.5);
                shares[first + o][first + label.first()] += half;
                shares[first + o][first + label.second()] += half;
            }
        }
    }

    /** The settings of {@link CoMixup}. */
    public static final class Builder extends SaliencyMixer.Builder<Builder> {
        private final CoMixupSettings settings = new CoMixupSettings();

        private Builder() {
            super(1);
        }

        /**
         * Sets the α of the Dirichlet prior on the use of inputs; default 2.
         *
         * @param value above 0
         * @return this builder
         * @throws IllegalArgumentException if it is not a finite number above 0
         */
        public Builder alpha(double value) {
            if (!(value > 0 && Double.isFinite(value))) {
                throw new IllegalArgumentException("alpha: expected a finite number above 0, got " + value);
            }
            settings.alpha = value;
            return this;
        }

        /**
         * Sets the number of blocks along each side of an image; default 4. If this does not divide the height or width, the
         * sides of blocks differ by one pixel.
         *
         * @param perSide at least 2
         * @return this builder
         * @throws IllegalArgumentException if it is smaller
         */
        public Builder blocks(int perSide) {
            settings.blocks = Arguments.atLeast("blocks", 2, perSide);
            return this;
        }

        /**
         * Sets β, the weight of smoothness between neighbouring blocks; default 0.32.
         *
         * @param beta at least 0
         * @return this builder
         * @throws IllegalArgumentException if it is negative or not finite
         */
        public Builder smoothness(double beta) {
            settings.smoothness = Arguments.atLeastZero("smoothness", beta);
            return this;
        }

        /**
         * Sets γ, the cost of using inputs that other outputs use; default 1.
         *
         * @param gamma at least 0
         * @return this builder
         * @throws IllegalArgumentException if it is negative or not finite
         */
        public Builder exclusivity(double gamma) {
            settings.exclusivity = Arguments.atLeastZero("exclusivity", gamma);
            return this;
        }

        /**
         * Sets η, the weight of the prior on the use of inputs; default 0.05.
         *
         * @param eta at least 0
         * @return this builder
         * @throws IllegalArgumentException if it is negative or not finite
         */
        public Builder priorWeight(double eta) {
            settings.priorWeight = Arguments.atLeastZero("priorWeight", eta);
            return this;
        }

        /**
         * Sets τ, how much of an input, in images, the other outputs can use for free; default 0.83.
         *
         * @param tau at least 0
         * @return this builder
         * @throws IllegalArgumentException if it is negative or not finite
         */
        public Builder threshold(double tau) {
            settings.threshold = Arguments.atLeastZero("threshold", tau);
            return this;
        }

        /**
         * Sets ω, the cost of sharing with outputs that use inputs which are salient elsewhere; default 0.001.
         *
         * @param omega 0 to 1
         * @return this builder
         * @throws IllegalArgumentException if it is outside [0, 1]
         */
        public Builder locationWeight(double omega) {
            settings.locationWeight = Arguments.unitInterval("locationWeight", omega);
            return this;
        }

        /**
         * Sets the number of sweeps, each of which improves every output once; default 4.
         *
         * @param count at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is smaller
         */
        public Builder sweeps(int count) {
            settings.sweeps = Arguments.atLeast("sweeps", 1, count);
            return this;
        }

        /**
         * Sets the largest number of images that are solved together; default 20.
         *
         * @param images at least 2
         * @return this builder
         * @throws IllegalArgumentException if it is smaller
         */
        public Builder partSize(int images) {
            settings.partSize = Arguments.atLeast("partSize", 2, images);
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
        public CoMixup build() {
            return new CoMixup(this);
        }
    }
}
