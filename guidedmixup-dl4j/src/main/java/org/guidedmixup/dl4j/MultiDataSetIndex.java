package org.guidedmixup.dl4j;

import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Which feature array of a MultiDataSet holds the images to mix, and which label array their labels. */
record MultiDataSetIndex(int feature, int label) implements Serializable {
    private static final long serialVersionUID = 1L;

    MultiDataSetIndex {
        if (feature < 0 || label < 0) {
            throw new IllegalArgumentException(
                    "featureIndex " + feature + " and labelIndex " + label + ": expected at least 0");
        }
    }

    ImageBatch of(MultiDataSet data) {
        require("featureIndex", feature, data.numFeatureArrays(), "feature");
        require("labelIndex", label, data.numLabelsArrays(), "label");
        return new ImageBatch(
                data.getFeatures(feature),
                data.getLabels(label),
                data.getFeaturesMaskArray(feature),
                data.getLabelsMaskArray(label));
    }

    INDArray[] replaceFeature(MultiDataSet data, INDArray images) {
        return replace(data.getFeatures(), feature, images);
    }

    INDArray[] replaceLabel(MultiDataSet data, INDArray labels) {
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
