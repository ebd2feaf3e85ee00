package org.guidedmixup.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** Stands in the place of a batch that could not be read ahead: throws to whoever trains on it. */
final class FailedMultiDataSet extends MultiDataSet {
    private static final long serialVersionUID = 1L;

    private final RuntimeException failure;

    FailedMultiDataSet(RuntimeException failure) {
        super(new INDArray[0], new INDArray[0]);
        this.failure = failure;
    }

    @Override
    public INDArray[] getFeatures() {
        return ReadAhead.fail(failure, super.getFeatures());
    }

    @Override
    public INDArray[] getLabels() {
        return ReadAhead.fail(failure, super.getLabels());
    }

    @Override
    public INDArray getFeatures(int index) {
        return ReadAhead.fail(failure, null);
    }

    @Override
    public INDArray getLabels(int index) {
        return ReadAhead.fail(failure, null);
    }

    @Override
    public int numFeatureArrays() {
        return ReadAhead.fail(failure, 0);
    }
}
