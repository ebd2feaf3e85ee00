package org.guidedmixup.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Stands in the place of a batch that could not be read ahead: throws to whoever trains on it. */
final class FailedDataSet extends DataSet {
    private static final long serialVersionUID = 1L;

    private final RuntimeException failure;

    FailedDataSet(RuntimeException failure) {
        this.failure = failure;
    }

    @Override
    public INDArray getFeatures() {
        return ReadAhead.fail(failure, null);
    }

    @Override
    public INDArray getLabels() {
        return ReadAhead.fail(failure, null);
    }

    @Override
    public FailedMultiDataSet toMultiDataSet() {
        return ReadAhead.fail(failure, new FailedMultiDataSet(failure));
    }
}
