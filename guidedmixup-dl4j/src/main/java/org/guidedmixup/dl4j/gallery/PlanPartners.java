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
 * The image that each image of a batch is mixed with by a plan. In a sequence of plans, that of the last plan
 * that mixes images with each other. For an image composed of several images of the batch, the two with the largest shares count.
 */
public final class PlanPartners {
    private final Optional<MixPlan> plan;
    private final int height;
    private final int width;
    private final Optional<INDArray> weights;

    private PlanPartners(Optional<MixPlan> plan, int height, int width) {
        this.plan = plan;
        this.height = height;
        this.width = width;
        weights = plan.filter(MaskedPlan.class::isInstance)
                .map(masked -> ((MaskedPlan) masked).mask().weights())
                .filter(shares -> shares.size(1) == height && shares.size(2) == width);
    }

    /**
     * Returns the partners in a plan.
     *
     * @param plan any plan; one that mixes no images with each other has no partners
     * @param height of the images
     * @param width of the images
     * @return its partners
     */
    public static PlanPartners of(MixPlan plan, int height, int width) {
        return new PlanPartners(mixing(plan), height, width);
    }

    /**
     * Returns partners of images that are not mixed with each other.
     *
     * @return no partners
     */
    public static PlanPartners none() {
        return new PlanPartners(Optional.empty(), 0, 0);
    }

    /**
     * The partner of an image.
     *
     * @param number the partner, from 0
     * @param mask [H, W], FLOAT, the share of every pixel that the image keeps
     */
    public record Partner(int number, INDArray mask) {}

    /**
     * Returns the image that a mixed one began as.
     *
     * @param mixed the mixed image, from 0
     * @return the image of the same number, or that of the largest share
     */
    public int image(int mixed) {
        return plan.filter(MosaicPlan.class::isInstance)
                .map(mosaic -> largest(((MosaicPlan) mosaic).shares(), mixed, -1))
                .orElse(mixed);
    }

    /**
     * Returns what that image is mixed with.
     *
     * @param mixed the mixed image, from 0
     * @return the partner; empty if it is mixed with none
     */
    public Optional<Partner> partner(int mixed) {
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        if (plan.get() instanceof MosaicPlan mosaic) {
            return ofMosaic(mosaic, mixed);
        }
        PairedPlan paired = (PairedPlan) plan.get();
        INDArray mask = weights.map(shares -> shares.slice(mixed))
                .orElseGet(() -> constant(paired.ratio().getFloat(mixed)));
        return Optional.of(new Partner(paired.pairing().partner(mixed), mask));
    }

    private static Optional<MixPlan> mixing(MixPlan plan) {
        if (plan instanceof SequencePlan sequence) {
            return mixing(sequence.second()).or(() -> mixing(sequence.first()));
        }
        return Optional.of(plan).filter(mixing -> mixing instanceof PairedPlan || mixing instanceof MosaicPlan);
    }

    private Optional<Partner> ofMosaic(MosaicPlan mosaic, int mixed) {
        int image = image(mixed);
        int partner = largest(mosaic.shares(), mixed, image);
        if (mosaic.shares().getFloat(mixed, partner) == 0) {
            return Optional.empty();
        }
        // An image of ones among images of zeros, mixed, shows its own share of every pixel.
        INDArray ones = Nd4j.create(DataType.FLOAT, mosaic.size(), height, width);
        ones.slice(image).assign(1);
        return Optional.of(new Partner(partner, mosaic.mix(ones).slice(mixed)));
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
