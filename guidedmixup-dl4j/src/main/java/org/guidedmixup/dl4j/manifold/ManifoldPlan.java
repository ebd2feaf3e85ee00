package org.guidedmixup.dl4j.manifold;

import java.util.Arrays;
import org.guidedmixup.internal.FloatingPoint;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.LabelSmoothing;
import org.guidedmixup.plan.MaskPlan;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.PairedPlan;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How {@link ManifoldMixup} mixes a batch: with which partners, how strongly, and at which layer.
 *
 * <p>{@link #mix} changes images only if that layer is the input, and {@link #mixHidden} changes activations only at the mix
 * point that was drawn; {@link #mixLabels} mixes labels in either case.
 */
public final class ManifoldPlan implements PairedPlan {
    /** The sizes of the batch. */
    private final BatchShape shape;

    /** The partner of every image. */
    private final Pairing pairing;

    /** The share that an image keeps. */
    private final float lambda;

    /** The number of the mix point, 0 for the input. */
    private final int point;

    /** The plan of the same mixing at the input, which also mixes the labels. */
    private final MaskPlan atInput;

    private ManifoldPlan(BatchShape shape, Pairing pairing, float lambda, int point, MaskPlan atInput) {
        this.shape = shape;
        this.pairing = pairing;
        this.lambda = lambda;
        this.point = point;
        this.atInput = atInput;
    }

    static ManifoldPlan of(
            BatchShape shape, Pairing pairing, float lambda, int point, LabelSmoothing labelSmoothing, int nonFinite) {
        float[] ratio = new float[shape.images()];
        Arrays.fill(ratio, lambda);
        MaskPlan atInput = new MaskPlan(shape, pairing, MixMask.constant(ratio), labelSmoothing, nonFinite);
        return new ManifoldPlan(shape, pairing, lambda, point, atInput);
    }

    @Override
    public int nonFiniteSaliencies() {
        return atInput.nonFiniteSaliencies();
    }

    @Override
    public Pairing pairing() {
        return pairing;
    }

    /** Returns λ for every image. */
    @Override
    public INDArray ratio() {
        return atInput.ratio();
    }

    /**
     * Returns λ, the share of its own activations and label that an image keeps.
     *
     * @return 0 to 1
     */
    public float lambda() {
        return lambda;
    }

    /**
     * Returns where the batch is mixed.
     *
     * @return 0 for the input, otherwise the number of the mix point in the order of the network, from 1
     */
    public int point() {
        return point;
    }

    /**
     * Mixes images if the input is the layer that was drawn.
     *
     * @param array as {@link MixPlan#mix} says. Not modified.
     * @return the mixed array, or the array in its output type if a hidden layer was drawn
     */
    @Override
    public INDArray mix(INDArray array) {
        if (point == 0) {
            return atInput.mix(array);
        }
        shape.requireAligned(array);
        return array.castTo(FloatingPoint.outputType(array));
    }

    @Override
    public INDArray mixLabels(INDArray labels) {
        return atInput.mixLabels(labels);
    }

    @Override
    public INDArray mixWeights(INDArray weights) {
        return atInput.mixWeights(weights);
    }

    /**
     * Mixes the activations of a mix point: λ h + (1 − λ) h_p if it is the one that was drawn.
     *
     * @param mixPoint the number of the mix point, from 1
     * @param activations [M, …], floating point. Not modified.
     * @return a new array of the same shape and type; the activations themselves at other mix points
     * @throws IllegalArgumentException if they are not of M images
     */
    public INDArray mixHidden(int mixPoint, INDArray activations) {
        return mixPoint == point ? blend(activations, pairing) : activations;
    }

    /**
     * Computes the gradient of the activations before {@link #mixHidden} from that of the activations after it: every image
     * gets λ times its own gradient plus 1 − λ times that of the image it is the partner of.
     *
     * @param mixPoint the number of the mix point, from 1
     * @param gradient [M, …], floating point. Not modified.
     * @return a new array of the same shape and type; the gradient itself at other mix points
     * @throws IllegalArgumentException if it is not of M images
     */
    public INDArray hiddenGradient(int mixPoint, INDArray gradient) {
        return mixPoint == point ? blend(gradient, inverse(pairing)) : gradient;
    }

    private static Pairing inverse(Pairing pairing) {
        int[] sources = new int[pairing.size()];
        for (int source = 0; source < sources.length; source++) {
            sources[pairing.partner(source)] = source;
        }
        return Pairing.of(sources);
    }

    private INDArray blend(INDArray array, Pairing others) {
        if (array.rank() == 0 || array.size(0) != size()) {
            throw new IllegalArgumentException("activations " + Arrays.toString(array.shape()) + ": expected those of "
                    + size() + " images, for which the plan was drawn");
        }
        INDArray mixed = Nd4j.createUninitialized(array.dataType(), array.shape(), 'c');
        try (MemoryWorkspace scratch = Scratch.open(ManifoldPlan.class)) {
            INDArray own = array.castTo(array.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT);
            INDArray other = others.partners(own).muli(1 - lambda);
            return mixed.assign(own.mul(lambda).addi(other));
        }
    }
}
