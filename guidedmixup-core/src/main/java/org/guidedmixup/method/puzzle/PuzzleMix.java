package org.guidedmixup.method.puzzle;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.guidedmixup.Batch;
import org.guidedmixup.internal.Arguments;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.internal.host.Prepared;
import org.guidedmixup.method.BetaMixer;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.RandomPairing;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.tile.TileGrid;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * PuzzleMix: images are cut into b x b blocks, with b drawn for every batch, and every block is taken from the image that is
 * more salient there, with smooth regions and in a proportion near λ ~ Beta(α, α). The labelling of the blocks is the exact
 * minimum of its energy. Then the salient tiles of each image move to the blocks where it is kept.
 *
 * <p>The detector's saliency is used without blur; the blur applies only to a pairing by saliency.
 *
 * <p>Kim, Choo and Song, "Puzzle Mix: Exploiting Saliency and Local Statistics for Optimal Mixup", ICML 2020.
 */
public final class PuzzleMix extends BetaMixer {
    private static final long serialVersionUID = 1L;

    /** The settings of the energy and of the transport. */
    private final PuzzleSettings settings;

    /** The cached moves of every grid. */
    private final Prepared<TileGrid, TransportMoves> moves = new Prepared<>();

    private PuzzleMix(Builder builder) {
        super(builder);
        settings = builder.settings.copy();
    }

    /**
     * Starts a builder with the published settings: α = 1, 2, 4, 8 or 16 blocks per side, 3 labels, β = 1.2, γ = 0.5, η = 0.2,
     * squares of 4 pixels, transport of tiles of 4 pixels with ε = 0.8, random partners, every batch mixed.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    protected MixPlan draw(Batch batch, RandomGenerator random) {
        BatchShape shape = batch.shape();
        int[] fitting = settings.fittingBlockCounts(shape);
        double[] deviation = settings.deviations(shape);
        double lambda = drawLambda(random);
        TileGrid grid = TileGrid.of(fitting[random.nextInt(fitting.length)], shape.height(), shape.width());
        Pairing pairing = pair(batch, random);
        INDArray planes = shape.format() == DataFormat.NCHW
                ? batch.images()
                : batch.images().permute(0, 3, 1, 2);
        PuzzleBatch puzzles =
                new PuzzleBatch(settings, grid, HostArray.reading(planes), batch.foundSaliency(), deviation, pairing);
        return puzzles.plan(shape, lambda, moves, labelSmoothing());
    }

    @Override
    protected boolean usesSaliency() {
        return true;
    }

    /** The settings of {@link PuzzleMix}. */
    public static final class Builder extends BetaMixer.Builder<Builder> {
        private final PuzzleSettings settings = new PuzzleSettings();

        private Builder() {
            super(1, new RandomPairing(), 1);
        }

        /**
         * Sets the possible numbers of blocks along each side of an image. For every batch one of them is drawn, among those
         * that divide height and width. If none does, it is drawn among those not larger than the sides, and the sides of
         * blocks differ by one pixel. Default 2, 4, 8 and 16.
         *
         * @param counts each at least 2
         * @return this builder
         * @throws IllegalArgumentException if there is none, or one is below 2
         */
        public Builder blockCounts(int... counts) {
            if (counts.length == 0 || Arrays.stream(counts).anyMatch(count -> count < 2)) {
                throw new IllegalArgumentException(
                        "blockCounts: expected numbers of at least 2, got " + Arrays.toString(counts));
            }
            settings.blockCounts = counts.clone();
            return this;
        }

        /**
         * Sets the number of shares n a block can have: 2 takes blocks whole, 3 also half and half. Default 3.
         *
         * @param n 2 to 16
         * @return this builder
         * @throws IllegalArgumentException if it is outside that range
         */
        public Builder labels(int n) {
            if (n < 2 || n > 16) {
                throw new IllegalArgumentException("labels: expected 2 to 16, got " + n);
            }
            settings.labels = n;
            return this;
        }

        /**
         * Sets β, the weight of smoothness between neighbouring blocks; default 1.2.
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
         * Sets γ, the weight of the agreement of pixels across block borders; default 0.5. Up to 1 no pairwise weight can fall
         * below 0 for images within [0, 1] before they were normalised; one that does counts as 0.
         *
         * @param gamma at least 0
         * @return this builder
         * @throws IllegalArgumentException if it is negative or not finite
         */
        public Builder localSmoothness(double gamma) {
            settings.localSmoothness = Arguments.atLeastZero("localSmoothness", gamma);
            return this;
        }

        /**
         * Sets η, the weight of the prior that keeps the shares near λ; default 0.2.
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
         * Sets the side of the squares that pixels are averaged over before they are compared across borders; default 4. If it
         * does not divide a block, the largest divisor below it is used.
         *
         * @param pixels at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is smaller
         */
        public Builder neighbourhood(int pixels) {
            settings.neighbourhood = Arguments.atLeast("neighbourhood", 1, pixels);
            return this;
        }

        /**
         * Sets the standard deviation by which the channels were divided, so that differences of pixels are measured as in
         * images in [0, 1]; default 1. (The mean does not matter.) For pixels from 0 to 255: 1 / 255.
         *
         * @param perChannel one value for all channels, or one per channel; above 0
         * @return this builder
         * @throws IllegalArgumentException if there is none, or one is not above 0
         */
        public Builder standardDeviation(double... perChannel) {
            if (perChannel.length == 0 || !Arrays.stream(perChannel).allMatch(d -> d > 0 && Double.isFinite(d))) {
                throw new IllegalArgumentException(
                        "standardDeviation: expected numbers above 0, got " + Arrays.toString(perChannel));
            }
            settings.standardDeviation = perChannel.clone();
            return this;
        }

        /**
         * Sets whether the salient tiles of an image move to the blocks where it is kept; default true.
         *
         * @param on true to move them
         * @return this builder
         */
        public Builder transport(boolean on) {
            settings.transport = on;
            return this;
        }

        /**
         * Sets ε, the cost of the length of a move relative to the saliency that it moves; default 0.8.
         *
         * @param epsilon at least 0
         * @return this builder
         * @throws IllegalArgumentException if it is negative or not finite
         */
        public Builder transportCost(double epsilon) {
            settings.transportCost = Arguments.atLeastZero("transportCost", epsilon);
            return this;
        }

        /**
         * Sets the side of the tiles that are moved; default 4. If it does not divide a block, the largest divisor below it is
         * used. If the sides of blocks differ by a pixel, so do those of tiles, and the smaller ones have at most this side; a
         * tile that moves to a place of another size is cropped or extended as described in {@link TileGrid#pixelIn}.
         *
         * @param pixels at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is smaller
         */
        public Builder transportTile(int pixels) {
            settings.transportTile = Arguments.atLeast("transportTile", 1, pixels);
            return this;
        }

        /**
         * Sets the content of a place that no tile moves to: the image's own pixels by default, or 0, as in the authors'
         * released code.
         *
         * @param empty true for 0
         * @return this builder
         */
        public Builder emptyVacantPlaces(boolean empty) {
            settings.emptyVacantPlaces = empty;
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
        public PuzzleMix build() {
            return new PuzzleMix(this);
        }
    }
}
