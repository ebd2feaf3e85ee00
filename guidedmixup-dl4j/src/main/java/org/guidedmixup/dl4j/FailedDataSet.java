package org.guidedmixup.dl4j;

import java.io.File;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.SplitTestAndTrain;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Takes the place of a batch that could not be read ahead. Every method throws the failure, because an iterator that
 * re-batches, or a preprocessor, may call any of them first. Only {@code toString}, {@code equals} and {@code hashCode} do not
 * throw.
 */
final class FailedDataSet extends DataSet {
    private static final long serialVersionUID = 1L;

    private final RuntimeException failure;

    FailedDataSet(RuntimeException failure) {
        this.failure = failure;
    }

    @Override
    public INDArray getFeatures() {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public void setFeatures(INDArray features) {
        ReadingThread.fail(failure, null);
    }

    @Override
    public INDArray getLabels() {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public void setLabels(INDArray labels) {
        ReadingThread.fail(failure, null);
    }

    @Override
    public INDArray getFeaturesMaskArray() {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public void setFeaturesMaskArray(INDArray mask) {
        ReadingThread.fail(failure, null);
    }

    @Override
    public INDArray getLabelsMaskArray() {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public void setLabelsMaskArray(INDArray mask) {
        ReadingThread.fail(failure, null);
    }

    @Override
    public boolean hasMaskArrays() {
        return ReadingThread.fail(failure, false);
    }

    @Override
    public boolean isEmpty() {
        return ReadingThread.fail(failure, false);
    }

    @Override
    public boolean isPreProcessed() {
        return ReadingThread.fail(failure, true);
    }

    @Override
    public void markAsPreProcessed() {
        ReadingThread.fail(failure, null);
    }

    @Override
    public int numExamples() {
        return ReadingThread.fail(failure, 0);
    }

    @Override
    public List<Serializable> getExampleMetaData() {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public <T extends Serializable> List<T> getExampleMetaData(Class<T> type) {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public void setExampleMetaData(List<? extends Serializable> metaData) {
        ReadingThread.fail(failure, null);
    }

    @Override
    public List<String> getLabelNamesList() {
        return ReadingThread.fail(failure, null);
    }

    @Override
    @Deprecated
    public List<String> getLabelNames() {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public String id() {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public List<String> getLabelNames(INDArray classes) {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public String getLabelName(int label) {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public void setLabelNames(List<String> names) {
        ReadingThread.fail(failure, null);
    }

    @Override
    @Deprecated
    public List<String> getColumnNames() {
        return ReadingThread.fail(failure, null);
    }

    @Override
    @Deprecated
    public void setColumnNames(List<String> names) {
        ReadingThread.fail(failure, null);
    }

    @Override
    public org.nd4j.linalg.dataset.api.DataSet getRange(int from, int to) {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public DataSet get(int[] examples) {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public DataSet sample(int examples) {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public DataSet sample(int examples, Random random) {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public DataSet sample(int examples, boolean withReplacement) {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public DataSet sample(int examples, Random random, boolean withReplacement) {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public SplitTestAndTrain splitTestAndTrain(double fraction) {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public SplitTestAndTrain splitTestAndTrain(int examples, java.util.Random random) {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public Map<Integer, Double> labelCounts() {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public DataSetIterator iterateWithMiniBatches() {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public long getMemoryFootprint() {
        return ReadingThread.fail(failure, 0L);
    }

    @Override
    public void detach() {
        ReadingThread.fail(failure, null);
    }

    @Override
    public void migrate() {
        ReadingThread.fail(failure, null);
    }

    @Override
    public void save(OutputStream to) {
        ReadingThread.fail(failure, null);
    }

    @Override
    public void save(File to) {
        ReadingThread.fail(failure, null);
    }

    @Override
    public FailedMultiDataSet toMultiDataSet() {
        return ReadingThread.fail(failure, new FailedMultiDataSet(failure));
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "a batch that could not be read: " + failure;
    }
}
