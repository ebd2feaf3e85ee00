package org.guidedmixup.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/**
 * What is mixed of a DataSet or MultiDataSet. Each of the four may be missing, which ND4J writes as null.
 *
 * @param images the features
 * @param labels of the images
 * @param imagesMask which {@link #requireMixable} refuses
 * @param labelsMask which {@link #requireMixable} refuses
 */
public record ImageBatch(INDArray images, INDArray labels, INDArray imagesMask, INDArray labelsMask) {

    /**
     * What a DataSet holds.
     *
     * @param data not modified
     * @return the same arrays
     */
    public static ImageBatch of(DataSet data) {
        return new ImageBatch(
                data.getFeatures(), data.getLabels(), data.getFeaturesMaskArray(), data.getLabelsMaskArray());
    }

    /**
     * Checks what mixers cannot see: that there are images and labels, and no masks.
     *
     * @throws IllegalArgumentException if not
     */
    public void requireMixable() {
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
