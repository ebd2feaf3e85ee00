package org.guidedmixup.bench.gallery;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.MathArrays;
import org.guidedmixup.bench.data.BatchSource;
import org.guidedmixup.bench.data.ImageSet;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The images from which pairs are chosen.
 *
 * @param images [M, C, H, W], FLOAT, 0 to 1
 * @param labels [M, K], FLOAT, one-hot
 * @param classNames the names of the K classes
 */
public record GalleryBatch(INDArray images, INDArray labels, List<String> classNames) {

    /**
     * Draws images from a data set.
     *
     * @param set the data set
     * @param count the number of images; fewer if the set is smaller
     * @param seed chooses the images
     * @return the chosen images, each once
     */
    public static GalleryBatch draw(ImageSet set, int count, long seed) {
        int[] all = IntStream.range(0, set.size()).toArray();
        MathArrays.shuffle(all, new Well19937c(seed));
        int[] chosen = Arrays.copyOf(all, Math.min(count, all.length));
        DataSet batch = BatchSource.builder(set).build().batch(chosen);
        return new GalleryBatch(batch.getFeatures(), batch.getLabels(), set.classNames());
    }
}
