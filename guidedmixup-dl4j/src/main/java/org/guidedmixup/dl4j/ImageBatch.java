package org.guidedmixup.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/** What is mixed of a DataSet or MultiDataSet. Each of the four may be missing, which ND4J writes as null. */
record ImageBatch(INDArray images, INDArray labels, INDArray imagesMask, INDArray labelsMask) {

    static ImageBatch of(DataSet data) {
        return new ImageBatch(
                data.getFeatures(), data.getLabels(), data.getFeaturesMaskArray(), data.getLabelsMaskArray());
    }

    void requireMixable() {
        if (images == null) {
            throw new IllegalArgumentException("features: expected a batch of images, got none");
        }
        if (labels == null) {
            throw new IllegalArgumentException("labels: expected one row for every image, got none");
        }
        if (imagesMask != null || labelsMask != null) {
            throw new IllegalArgumentException((imagesMask != null ? "features mask" : "labels mask")
                    + ": expected none; masks have no meaning for a mixed image");
        }
    }
}
