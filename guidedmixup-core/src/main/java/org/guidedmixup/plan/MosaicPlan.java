package org.guidedmixup.plan;

import java.util.Arrays;
import org.guidedmixup.internal.FloatingPoint;
import org.guidedmixup.internal.MatrixProduct;
import org.guidedmixup.internal.OneThread;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.tile.Mosaic;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A plan that assembles every output from tiles of any images of the batch: x̂ is a {@link Mosaic} of x, and ŷ = S y with S the
 * shares of the inputs in the outputs.
 *
 * @serial exclude
 */
public final class MosaicPlan implements MixPlan {
    private final BatchShape shape;
    private final Mosaic mosaic;
    private final INDArray shares;
    private final LabelSmoothing labelSmoothing;
    private final int nonFiniteSaliencies;

    /**
     * Makes a plan.
     *
     * @param shape the sizes of the batch
     * @param mosaic the tiles of the outputs, for the same sizes
     * @param shares [M][M], the share of input j in output i; rows sum to 1. Not modified, not kept.
     * @param labelSmoothing applied to labels before they are mixed
     * @param nonFiniteSaliencies the number of images whose saliency was not finite
     * @throws IllegalArgumentException if mosaic, shares and batch differ in size
     */
    public MosaicPlan(
            BatchShape shape, Mosaic mosaic, float[][] shares, LabelSmoothing labelSmoothing, int nonFiniteSaliencies) {
        boolean fits = mosaic.size() == shape.images()
                && mosaic.grid().height() == shape.height()
                && mosaic.grid().width() == shape.width();
        boolean square =
                shares.length == shape.images() && Arrays.stream(shares).allMatch(row -> row.length == shape.images());
        if (!fits || !square) {
            throw new IllegalArgumentException("mosaic of " + mosaic.size() + " images, "
                    + mosaic.grid().height() + " x " + mosaic.grid().width() + " pixels, with shares ["
                    + shares.length + "][]: expected " + shape.images() + " images, " + shape.height() + " x "
                    + shape.width() + " pixels, and a square matrix of shares");
        }
        this.shape = shape;
        this.mosaic = mosaic;
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            this.shares = Nd4j.createFromArray(shares);
        }
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

    /**
     * Returns the tiles of the outputs.
     *
     * @return the mosaic
     */
    public Mosaic mosaic() {
        return mosaic;
    }

    /**
     * Returns the share of input j in output i.
     *
     * @return [M, M], FLOAT; shared with this plan, do not modify
     */
    public INDArray shares() {
        return shares;
    }

    @Override
    public INDArray mix(INDArray array) {
        return shape.mixAligned(array, images -> mosaic.of(images, shape.format()));
    }

    @Override
    public INDArray mixLabels(INDArray labels) {
        shape.requireLabels(labels);
        return shape.isDense(labels)
                ? mosaic.of(labelSmoothing.applyBefore(labels, shape.classAxis(labels)), shape.format())
                : shared(labels, labelSmoothing);
    }

    @Override
    public INDArray mixWeights(INDArray weights) {
        shape.requireWeights(weights);
        return shared(weights, LabelSmoothing.NONE);
    }

    private INDArray shared(INDArray labels, LabelSmoothing smoothing) {
        INDArray mixed = Nd4j.createUninitialized(FloatingPoint.outputType(labels), labels.shape(), 'c');
        try (MemoryWorkspace scratch = Scratch.open(MosaicPlan.class);
                OneThread only = OneThread.open()) {
            INDArray smoothed = smoothing.apply(FloatingPoint.forBlending(labels), 1);
            INDArray result = MatrixProduct.of(shares.castTo(smoothed.dataType()), smoothed);
            return mixed.assign(result);
        }
    }
}
