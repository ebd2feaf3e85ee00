package org.guidedmixup.dl4j;

import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Which feature array of a MultiDataSet holds the images to mix, and which label array their labels. */
public final class MultiDataSetIndex implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Where the images are. */
    private final int feature;

    /** Where their labels are. */
    private final int label;

    /**
     * Names the two places.
     *
     * @param feature which feature array, from 0
     * @param label which label array, from 0
     * @throws IllegalArgumentException if one is negative
     */
    public MultiDataSetIndex(int feature, int label) {
        if (feature < 0 || label < 0) {
            throw new IllegalArgumentException(
                    "featureIndex " + feature + " and labelIndex " + label + ": expected at least 0");
        }
        this.feature = feature;
        this.label = label;
    }

    /**
     * Images and labels of a batch.
     *
     * @param data not modified
     * @return its arrays at the two indices, not copied
     * @throws IllegalArgumentException if there is no array at one of them
     */
    public ImageBatch of(MultiDataSet data) {
        require("featureIndex", feature, data.numFeatureArrays(), "feature");
        require("labelIndex", label, data.numLabelsArrays(), "label");
        return new ImageBatch(
                data.getFeatures(feature),
                data.getLabels(label),
                data.getFeaturesMaskArray(feature),
                data.getLabelsMaskArray(label));
    }

    /**
     * The features of a batch with other images.
     *
     * @param data not modified
     * @param images the other images
     * @return a new Java array
     */
    public INDArray[] replaceFeature(MultiDataSet data, INDArray images) {
        return replace(data.getFeatures(), feature, images);
    }

    /**
     * The labels of a batch with those of other images.
     *
     * @param data not modified
     * @param labels the other labels
     * @return a new Java array
     */
    public INDArray[] replaceLabel(MultiDataSet data, INDArray labels) {
        return replace(data.getLabels(), label, labels);
    }

    private static INDArray[] replace(INDArray[] arrays, int index, INDArray array) {
        INDArray[] replaced = arrays.clone();
        replaced[index] = array;
        return replaced;
    }

    private static void require(String name, int index, int count, String kind) {
        if (index >= count) {
            throw new IllegalArgumentException(
                    name + " " + index + ": the MultiDataSet has " + count + " " + kind + " array(s)");
        }
    }
}
