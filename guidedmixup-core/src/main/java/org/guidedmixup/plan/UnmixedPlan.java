package org.guidedmixup.plan;

import org.guidedmixup.internal.FloatingPoint;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The plan of a batch that stays unmixed; labels are still smoothed.
 *
 * @serial exclude
 */
public final class UnmixedPlan implements MixPlan {
    private final BatchShape shape;
    private final LabelSmoothing labelSmoothing;

    /**
     * Makes a plan.
     *
     * @param shape the sizes of the batch
     * @param labelSmoothing applied to labels
     */
    public UnmixedPlan(BatchShape shape, LabelSmoothing labelSmoothing) {
        this.shape = shape;
        this.labelSmoothing = labelSmoothing;
    }

    @Override
    public int size() {
        return shape.images();
    }

    @Override
    public boolean isMixed() {
        return false;
    }

    @Override
    public INDArray mix(INDArray array) {
        shape.requireAligned(array);
        return FloatingPoint.of(array);
    }

    @Override
    public INDArray mixLabels(INDArray labels) {
        shape.requireLabels(labels);
        return labelSmoothing.apply(labels, shape.classAxis(labels));
    }

    @Override
    public INDArray mixWeights(INDArray weights) {
        shape.requireWeights(weights);
        return FloatingPoint.of(weights);
    }
}
