package org.guidedmixup.plan;

import org.guidedmixup.internal.FloatingPoint;
import org.guidedmixup.mask.Blend;
import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.Pairing;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A plan that blends every image with its partner by a mask: x̂ᵢ = m ⊙ xᵢ + (1 − m) ⊙ x_p(i) and
 * ŷᵢ = rᵢ yᵢ + (1 − rᵢ) y_p(i) with rᵢ the mean of the mask (Kang and Kim 2023, Eq. 2 to 4).
 *
 * @serial exclude
 */
public final class MaskPlan implements MaskedPlan {
    private final BatchShape shape;
    private final Pairing pairing;
    private final MixMask mask;
    private final LabelSmoothing labelSmoothing;
    private final int nonFiniteSaliencies;

    /**
     * Makes a plan.
     *
     * @param shape the sizes of the batch
     * @param pairing the partner of every image
     * @param mask the share of every pixel that an image keeps
     * @param labelSmoothing applied to labels before they are mixed
     * @param nonFiniteSaliencies the number of images whose saliency was not finite
     * @throws IllegalArgumentException if pairing, mask and batch differ in size
     */
    public MaskPlan(
            BatchShape shape, Pairing pairing, MixMask mask, LabelSmoothing labelSmoothing, int nonFiniteSaliencies) {
        if (pairing.size() != shape.images() || mask.size() != shape.images()) {
            throw new IllegalArgumentException("pairing of " + pairing.size() + " and mask of " + mask.size()
                    + " images: expected " + shape.images());
        }
        this.shape = shape;
        this.pairing = pairing;
        this.mask = mask;
        this.labelSmoothing = labelSmoothing;
        this.nonFiniteSaliencies = nonFiniteSaliencies;
    }

    @Override
    public int nonFiniteSaliencies() {
        return nonFiniteSaliencies;
    }

    @Override
    public Pairing pairing() {
        return pairing;
    }

    @Override
    public INDArray ratio() {
        return mask.ratio();
    }

    @Override
    public MixMask mask() {
        return mask;
    }

    @Override
    public INDArray mix(INDArray array) {
        return shape.mixAligned(array, images -> Blend.images(images, shape.format(), pairing, mask));
    }

    @Override
    public INDArray mixLabels(INDArray labels) {
        shape.requireLabels(labels);
        INDArray smoothed = labelSmoothing.applyBefore(labels, shape.classAxis(labels));
        return shape.isDense(labels)
                ? Blend.images(smoothed, shape.format(), pairing, mask)
                : Blend.labels(smoothed, pairing, mask);
    }

    @Override
    public INDArray mixWeights(INDArray weights) {
        shape.requireWeights(weights);
        return Blend.labels(FloatingPoint.of(weights), pairing, mask);
    }
}
