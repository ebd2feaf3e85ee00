package org.guidedmixup.bench.training;

import java.util.List;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** An ND4J iterator that returns whole batches as they come, and supports nothing else. */
public abstract class BatchIterator implements DataSetIterator {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean asyncSupported() {
        return true;
    }

    @Override
    public DataSet next(int examples) {
        throw asTheyCome();
    }

    @Override
    public int inputColumns() {
        throw asTheyCome();
    }

    @Override
    public int totalOutcomes() {
        throw asTheyCome();
    }

    @Override
    public int batch() {
        throw asTheyCome();
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor preProcessor) {
        throw asTheyCome();
    }

    private static UnsupportedOperationException asTheyCome() {
        return new UnsupportedOperationException("batches come as they are, whatever their size");
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
        return null;
    }

    @Override
    public List<String> getLabels() {
        return null;
    }
}
