package org.guidedmixup.bench.model;

import java.util.Random;
import org.guidedmixup.testing.RandomImages;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Seeded noise with random classes. */
public final class RandomBatch {

    private RandomBatch() {}

    /** Returns a batch of standard normal images with one-hot labels. */
    public static DataSet of(long seed, int batch, ImageShape shape, int classes) {
        Random random = new Random(seed);
        INDArray images = RandomImages.normal(random, batch, shape.channels(), shape.height(), shape.width());
        return new DataSet(images, RandomImages.randomLabels(random, batch, classes));
    }
}
