package org.guidedmixup.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** Throws what {@link ReadAhead#refuse} throws to whoever trains on it. */
final class RefusedMultiDataSet extends MultiDataSet {
    private static final long serialVersionUID = 1L;

    RefusedMultiDataSet() {
        super(new INDArray[0], new INDArray[0]);
    }

    @Override
    public INDArray[] getFeatures() {
        return ReadAhead.refuse(super.getFeatures());
    }

    @Override
    public INDArray[] getLabels() {
        return ReadAhead.refuse(super.getLabels());
    }

    @Override
    public int numFeatureArrays() {
        return ReadAhead.refuse(0);
    }
}
