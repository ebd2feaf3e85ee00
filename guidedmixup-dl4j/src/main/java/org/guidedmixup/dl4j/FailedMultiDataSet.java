package org.guidedmixup.dl4j;

import java.io.File;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** {@link FailedDataSet} as a MultiDataSet. */
final class FailedMultiDataSet extends MultiDataSet {
    private static final long serialVersionUID = 1L;
    private static final INDArray[] NONE = {};

    private final RuntimeException failure;

    FailedMultiDataSet(RuntimeException failure) {
        this.failure = failure;
    }

    @Override
    public INDArray[] getFeatures() {
        return ReadingThread.fail(failure, NONE);
    }

    @Override
    public INDArray getFeatures(int index) {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public void setFeatures(INDArray[] features) {
        ReadingThread.fail(failure, null);
    }

    @Override
    public void setFeatures(int index, INDArray features) {
        ReadingThread.fail(failure, null);
    }

    @Override
    public INDArray[] getLabels() {
        return ReadingThread.fail(failure, NONE);
    }

    @Override
    public INDArray getLabels(int index) {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public void setLabels(INDArray[] labels) {
        ReadingThread.fail(failure, null);
    }

    @Override
    public void setLabels(int index, INDArray labels) {
        ReadingThread.fail(failure, null);
    }

    @Override
    public int numFeatureArrays() {
        return ReadingThread.fail(failure, 0);
    }

    @Override
    public int numLabelsArrays() {
        return ReadingThread.fail(failure, 0);
    }

    @Override
    public INDArray[] getFeaturesMaskArrays() {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public INDArray getFeaturesMaskArray(int index) {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public void setFeaturesMaskArrays(INDArray[] masks) {
        ReadingThread.fail(failure, null);
    }

    @Override
    public void setFeaturesMaskArray(int index, INDArray mask) {
        ReadingThread.fail(failure, null);
    }

    @Override
    public INDArray[] getLabelsMaskArrays() {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public INDArray getLabelsMaskArray(int index) {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public void setLabelsMaskArray(INDArray[] masks) {
        ReadingThread.fail(failure, null);
    }

    @Override
    public void setLabelsMaskArray(int index, INDArray mask) {
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
    public List<org.nd4j.linalg.dataset.api.MultiDataSet> asList() {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public MultiDataSet copy() {
        return ReadingThread.fail(failure, null);
    }

    @Override
    public void shuffle() {
        ReadingThread.fail(failure, null);
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
