package org.guidedmixup.dl4j;

import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;

/** Deeplearning4j's iterators over lists do not want to be read ahead; this one has nothing against it. */
public final class AsyncSource extends ExistingDataSetIterator {
    public AsyncSource(List<DataSet> data) {
        super(data);
    }

    @Override
    public boolean asyncSupported() {
        return true;
    }
}
