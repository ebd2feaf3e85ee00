package org.guidedmixup.dl4j.example;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.guidedmixup.dl4j.AsyncSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Training data for examples: one stripe in noise, lying (class 0) or standing (class 1). */
final class Stripes {
    private static final int SIZE = 12;
    private static final int IMAGES = 16;

    private Stripes() {}

    static DataSetIterator iterator() {
        SplittableRandom random = new SplittableRandom(1);
        List<DataSet> batches = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            batches.add(batch(random));
        }
        return new AsyncSource(batches);
    }

    private static DataSet batch(SplittableRandom random) {
        INDArray images = Nd4j.create(DataType.FLOAT, IMAGES, 1, SIZE, SIZE);
        INDArray labels = Nd4j.create(DataType.FLOAT, IMAGES, 2);
        for (int i = 0; i < IMAGES; i++) {
            int place = random.nextInt(SIZE);
            int label = i % 2;
            labels.putScalar(i, label, 1);
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    boolean stripe = (label == 0 ? y : x) == place;
                    images.putScalar(new int[] {i, 0, y, x}, (stripe ? 1 : 0) + 0.2 * random.nextDouble());
                }
            }
        }
        return new DataSet(images, labels);
    }
}
