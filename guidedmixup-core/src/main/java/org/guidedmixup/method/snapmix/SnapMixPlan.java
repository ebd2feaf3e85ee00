package org.guidedmixup.method.snapmix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.guidedmixup.filter.AlignedResize;
import org.guidedmixup.internal.FloatingPoint;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.mask.Box;
import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.MaskedPlan;
import org.guidedmixup.plan.MixPlan;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The plan of {@link SnapMix}: which box of the partner is pasted into which box of the image, and the label weights.
 *
 * <p>Pixels outside the box are copied bit for bit; those inside are interpolated in single precision, or copied bit for bit if
 * the two boxes have the same size.
 *
 * @serial exclude
 */
public final class SnapMixPlan implements MaskedPlan {
    private final BatchShape shape;
    private final Pairing pairing;
    private final Box pasted;
    private final Box cut;
    private final SnapMixWeights weights;
    private final AlignedResize resize;
    /** Smooths the labels before they are mixed. */
    private final MixPlan unmixed;

    SnapMixPlan(BatchShape shape, Pairing pairing, Box pasted, Box cut, SnapMixWeights weights, MixPlan unmixed) {
        this.shape = shape;
        this.pairing = pairing;
        this.pasted = pasted;
        this.cut = cut;
        this.weights = weights;
        this.resize = new AlignedResize(pasted.height(), pasted.width());
        this.unmixed = unmixed;
    }

    @Override
    public int nonFiniteSaliencies() {
        return weights.nonFinite();
    }

    @Override
    public Pairing pairing() {
        return pairing;
    }

    /** Returns ρ_a, see {@link #ownWeights}. */
    @Override
    public INDArray ratio() {
        return column(weights.own(), DataType.FLOAT).reshape(size());
    }

    /** Computes the mask on every call: 0 inside the box that is pasted over and 1 outside, for every image. */
    @Override
    public MixMask mask() {
        INDArray outside = Nd4j.ones(DataType.FLOAT, size(), 1, shape.height(), shape.width());
        box(outside, DataFormat.NCHW, pasted).assign(0);
        return MixMask.of(outside.reshape('c', size(), shape.height(), shape.width()));
    }

    /**
     * Returns the box of every image that is pasted over.
     *
     * @return the box, not empty
     */
    public Box pasted() {
        return pasted;
    }

    /**
     * Returns the box that is cut out of every partner.
     *
     * @return the box, not empty
     */
    public Box cut() {
        return cut;
    }

    /**
     * Returns ρ_a, the weight of each image's own label.
     *
     * @return M weights, 0 to 2
     */
    public List<Float> ownWeights() {
        return weights.own();
    }

    /**
     * Returns ρ_b, the weight of the label of each image's partner.
     *
     * @return M weights, 0 to 2
     */
    public List<Float> partnerWeights() {
        return weights.partner();
    }

    @Override
    public INDArray mix(INDArray array) {
        return shape.mixAligned(array, this::pasted);
    }

    private INDArray pasted(INDArray array) {
        DataType type = FloatingPoint.outputType(array);
        INDArray mixed = array.castTo(type).dup('c');
        try (MemoryWorkspace scratch = Scratch.open(SnapMixPlan.class)) {
            INDArray planar = mixed.rank() == 4 ? mixed : mixed.reshape('c', size(), 1, shape.height(), shape.width());
            DataFormat format = mixed.rank() == 4 ? shape.format() : DataFormat.NCHW;
            INDArray patches = pairing.partners(box(planar, format, cut).castTo(DataType.FLOAT));
            long m = patches.size(0);
            long channels = patches.size(1);
            INDArray planes = patches.dup('c').reshape('c', m * channels, cut.height(), cut.width());
            INDArray resized = resize.apply(planes).reshape('c', m, channels, pasted.height(), pasted.width());
            box(planar, format, pasted).assign(resized.castTo(type));
        }
        return mixed;
    }

    @Override
    public INDArray mixLabels(INDArray labels) {
        if (labels.rank() != 2) {
            throw new IllegalArgumentException("labels " + Arrays.toString(labels.shape())
                    + ": SnapMix weighs one label row per image and cannot mix dense labels; expected [" + size()
                    + ", classes]");
        }
        return weighted(unmixed.mixLabels(labels), weights.own(), weights.partner());
    }

    /** Returns the mean with the label weights divided by their sum: the labels already carry that sum. */
    @Override
    public INDArray mixWeights(INDArray array) {
        List<Float> own = new ArrayList<>();
        List<Float> partner = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            float a = weights.own().get(i);
            float sum = a + weights.partner().get(i);
            own.add(sum > 0 ? a / sum : 0.5f);
            partner.add(1 - own.get(i));
        }
        return weighted(unmixed.mixWeights(array), own, partner);
    }

    private INDArray weighted(INDArray own, List<Float> ownWeights, List<Float> partnerWeights) {
        INDArray mixed = Nd4j.createUninitialized(own.dataType(), own.shape(), 'c');
        try (MemoryWorkspace scratch = Scratch.open(SnapMixPlan.class)) {
            DataType type = own.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
            INDArray partner = pairing.partners(own).castTo(type).muli(column(partnerWeights, type));
            return mixed.assign(own.castTo(type).mul(column(ownWeights, type)).addi(partner));
        }
    }

    private static INDArray column(List<Float> values, DataType type) {
        return Nd4j.createFromArray(values.toArray(new Float[0])).castTo(type).reshape(values.size(), 1);
    }

    /** Returns a view of a box of all images, [M, C, h, w]. */
    private static INDArray box(INDArray images, DataFormat format, Box box) {
        INDArrayIndex all = NDArrayIndex.all();
        INDArrayIndex rows = NDArrayIndex.interval(box.top(), box.top() + box.height());
        INDArrayIndex columns = NDArrayIndex.interval(box.left(), box.left() + box.width());
        return format == DataFormat.NCHW
                ? images.get(all, all, rows, columns)
                : images.get(all, rows, columns, all).permute(0, 3, 1, 2);
    }
}
