package org.guidedmixup.bench.model;

import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Seeded noise with classes that depend on nothing. */
public final class RandomBatch {

    private RandomBatch() {}

    /** A batch of standard normal images with one-hot labels. */
    public static DataSet of(long seed, int batch, ImageShape shape, int classes) {
        Random random = new Random(seed);
        float[] pixels = new float[batch * shape.channels() * shape.height() * shape.width()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, classes);
        for (int i = 0; i < batch; i++) {
            labels.putScalar(i, random.nextInt(classes), 1);
        }
        INDArray images = Nd4j.createFromArray(pixels).reshape(batch, shape.channels(), shape.height(), shape.width());
        return new DataSet(images, labels);
    }
}
