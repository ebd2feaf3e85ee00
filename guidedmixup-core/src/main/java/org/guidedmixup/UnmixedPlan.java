package org.guidedmixup;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The plan of a batch that stays as it is; labels are still smoothed. */
final class UnmixedPlan implements MixPlan {
    private final BatchShape shape;
    private final double labelSmoothing;

    UnmixedPlan(BatchShape shape, double labelSmoothing) {
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
        return LabelSmoothing.apply(FloatingPoint.of(labels), labelSmoothing);
    }
}
