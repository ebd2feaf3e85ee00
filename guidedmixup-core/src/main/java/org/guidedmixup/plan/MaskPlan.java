package org.guidedmixup.plan;

import java.util.Optional;
import org.guidedmixup.internal.FloatingPoint;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.internal.host.HostBlend;
import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.Pairing;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A plan that blends every image with its target by a mask: x̂ᵢ = m ⊙ xᵢ + (1 − m) ⊙ x_p(i) and
 * ŷᵢ = rᵢ yᵢ + (1 − rᵢ) y_p(i) with rᵢ the mean of the mask (Kang and Kim 2023, Eq. 2 to 4).
 */
public final class MaskPlan implements PairedPlan {
    private final BatchShape shape;
    private final Pairing pairing;
    private final MixMask mask;
    private final double labelSmoothing;
    private final int nonFiniteSaliencies;

    /**
     * Makes a plan.
     *
     * @param shape the sizes of the batch
     * @param pairing the target of every image
     * @param mask the share of every pixel that the source keeps
     * @param labelSmoothing applied to labels before they are mixed, 0 to 1
     * @param nonFiniteSaliencies the number of images whose saliency was not finite
     * @throws IllegalArgumentException if pairing, mask and batch differ in size
     */
    public MaskPlan(BatchShape shape, Pairing pairing, MixMask mask, double labelSmoothing, int nonFiniteSaliencies) {
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
    public int size() {
        return shape.images();
    }

    @Override
    public boolean isMixed() {
        return true;
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
    public MixMask mask() {
        return mask;
    }

    @Override
    public INDArray mix(INDArray array) {
        shape.requireAligned(array);
        boolean planes = array.rank() == 3 || shape.format() == DataFormat.NCHW;
        Optional<HostArray> pixels = planes ? HostArray.of(array) : Optional.empty();
        if (pixels.isPresent()) {
            return blendOnHost(pixels.get(), array, array.rank() == 3 ? 1 : (int) array.size(1), mask.onHost());
        }
        return blend(array, array.rank() == 3 ? mask.weights() : mask.weights(shape.format()));
    }

    @Override
    public INDArray mixLabels(INDArray labels) {
        shape.requireLabels(labels);
        INDArray smoothed = LabelSmoothing.apply(FloatingPoint.of(labels), labelSmoothing);
        Optional<HostArray> rows = HostArray.of(smoothed);
        if (rows.isPresent()) {
            HostBlend.Shares ratio =
                    HostBlend.Shares.constant(mask.ratio().data().asFloat());
            return blendOnHost(rows.get(), smoothed, 1, ratio);
        }
        return blend(smoothed, mask.ratio().reshape(size(), 1));
    }

    private INDArray blendOnHost(HostArray elements, INDArray array, int channels, HostBlend.Shares shares) {
        INDArray mixed = Nd4j.createUninitialized(array.dataType(), array.shape(), 'c');
        HostBlend.apply(
                elements,
                pairing.targets(),
                channels,
                shares,
                HostArray.of(mixed).orElseThrow());
        return mixed;
    }

    /** weight ⊙ own + (1 − weight) ⊙ partner's, computed in at least single precision. Exact where a weight is 0 or 1. */
    private INDArray blend(INDArray array, INDArray weight) {
        INDArray mixed = Nd4j.createUninitialized(FloatingPoint.outputType(array), array.shape(), 'c');
        try (MemoryWorkspace scratch = Scratch.open(MaskPlan.class)) {
            INDArray own = FloatingPoint.forBlending(array);
            INDArray share = weight.castTo(own.dataType());
            INDArray partner = pairing.partners(own);
            partner.muli(share.rsub(1));
            INDArray result = own.mul(share).addi(partner);
            return mixed.assign(result);
        }
    }
}
