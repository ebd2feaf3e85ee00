package org.guidedmixup.dl4j;

import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;

/** An iterator over a list that may be read ahead; Deeplearning4j's own may not. */
public final class AsyncSource extends ExistingDataSetIterator {
    public AsyncSource(List<DataSet> data) {
        super(data);
    }

    @Override
    public boolean asyncSupported() {
        return true;
    }
}
