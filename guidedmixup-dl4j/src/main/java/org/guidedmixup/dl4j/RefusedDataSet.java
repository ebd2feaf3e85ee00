package org.guidedmixup.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Throws what {@link ReadAhead#refuse} throws to whoever trains on it. */
final class RefusedDataSet extends DataSet {
    private static final long serialVersionUID = 1L;

    @Override
    public INDArray getFeatures() {
        return ReadAhead.refuse(null);
    }

    @Override
    public INDArray getLabels() {
        return ReadAhead.refuse(null);
    }

    @Override
    public RefusedMultiDataSet toMultiDataSet() {
        return ReadAhead.refuse(new RefusedMultiDataSet());
    }
}
