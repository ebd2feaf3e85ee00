package org.guidedmixup.dl4j.gallery;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.guidedmixup.plan.MaskedPlan;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MosaicPlan;
import org.guidedmixup.plan.PairedPlan;
import org.guidedmixup.plan.SequencePlan;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What every image of a batch is mixed with by a plan. In a sequence of plans it is what the last plan does that mixes images
 * with each other. An image that is put together from any images of the batch is told to be made of the two that have the
 * largest shares in it.
 */
public final class PlanTargets {
    private final Optional<MixPlan> plan;
    private final int height;
    private final int width;
    private final Optional<INDArray> weights;

    private PlanTargets(Optional<MixPlan> plan, int height, int width) {
        this.plan = plan;
        this.height = height;
        this.width = width;
        weights = plan.filter(MaskedPlan.class::isInstance)
                .map(masked -> ((MaskedPlan) masked).mask().weights())
                .filter(shares -> shares.size(1) == height && shares.size(2) == width);
    }

    /**
     * Reads a plan.
     *
     * @param plan any plan; one that mixes no images with each other has no targets
     * @param height of the images
     * @param width of the images
     * @return its targets
     */
    public static PlanTargets of(MixPlan plan, int height, int width) {
        return new PlanTargets(mixing(plan), height, width);
    }

    /**
     * Every image stays alone.
     *
     * @return no targets
     */
    public static PlanTargets none() {
        return new PlanTargets(Optional.empty(), 0, 0);
    }

    /**
     * What an image is mixed with.
     *
     * @param image the other image, from 0
     * @param mask [H, W], FLOAT, the share of every pixel that the source keeps
     */
    public record Target(int image, INDArray mask) {}

    /**
     * The image that a mixed one began as.
     *
     * @param mixed the mixed image, from 0
     * @return the image of the same number, or that of the largest share
     */
    public int source(int mixed) {
        return plan.filter(MosaicPlan.class::isInstance)
                .map(mosaic -> largest(((MosaicPlan) mosaic).shares(), mixed, -1))
                .orElse(mixed);
    }

    /**
     * What that image is mixed with.
     *
     * @param mixed the mixed image, from 0
     * @return the target; empty if it is mixed with none
     */
    public Optional<Target> target(int mixed) {
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        if (plan.get() instanceof MosaicPlan mosaic) {
            return ofMosaic(mosaic, mixed);
        }
        PairedPlan paired = (PairedPlan) plan.get();
        INDArray mask = weights.map(shares -> shares.slice(mixed))
                .orElseGet(() -> constant(paired.ratio().getFloat(mixed)));
        return Optional.of(new Target(paired.pairing().partner(mixed), mask));
    }

    private static Optional<MixPlan> mixing(MixPlan plan) {
        if (plan instanceof SequencePlan sequence) {
            return mixing(sequence.second()).or(() -> mixing(sequence.first()));
        }
        return Optional.of(plan).filter(mixing -> mixing instanceof PairedPlan || mixing instanceof MosaicPlan);
    }

    private Optional<Target> ofMosaic(MosaicPlan mosaic, int mixed) {
        int source = source(mixed);
        int target = largest(mosaic.shares(), mixed, source);
        if (mosaic.shares().getFloat(mixed, target) == 0) {
            return Optional.empty();
        }
        // The share of the source in every pixel is what becomes of an image of ones among images of zeros.
        INDArray ones = Nd4j.create(DataType.FLOAT, mosaic.size(), height, width);
        ones.slice(source).assign(1);
        return Optional.of(new Target(target, mosaic.mix(ones).slice(mixed)));
    }

    private static int largest(INDArray shares, int row, int except) {
        return IntStream.range(0, (int) shares.size(1))
                .filter(image -> image != except)
                .boxed()
                .max(Comparator.comparingDouble(image -> shares.getFloat(row, image)))
                .orElse(except);
    }

    private INDArray constant(float share) {
        return Nd4j.valueArrayOf(new long[] {height, width}, share, DataType.FLOAT);
    }
}
