package org.guidedmixup.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.guidedmixup.testing.RandomImages;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Small batches for tests, and checks of them. */
public final class Batches {
    public static final int CLASSES = 3;
    public static final int CHANNELS = 2;
    public static final int HEIGHT = 8;
    public static final int WIDTH = 6;

    private Batches() {}

    /** Returns images of uniform noise with one-hot labels. */
    public static DataSet batch(int images, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        INDArray pixels = RandomImages.uniform(random, images, CHANNELS, HEIGHT, WIDTH);
        return new DataSet(pixels, RandomImages.randomLabels(random, images, CLASSES));
    }

    public static List<DataSet> batches(int count, int images) {
        List<DataSet> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(batch(images, 100 + i));
        }
        return batches;
    }

    /** Returns copies of the remaining batches of an iterator's epoch. */
    public static List<DataSet> read(DataSetIterator iterator) {
        List<DataSet> read = new ArrayList<>();
        while (iterator.hasNext()) {
            DataSet batch = iterator.next();
            read.add(new DataSet(
                    batch.getFeatures().dup().detach(), batch.getLabels().dup().detach()));
        }
        return read;
    }

    /** Resets an iterator and returns one whole epoch. */
    public static List<DataSet> readEpoch(DataSetIterator iterator) {
        iterator.reset();
        return read(iterator);
    }

    public static float[] values(INDArray array) {
        return array.dup('c').data().asFloat();
    }

    public static void assertSameBits(List<DataSet> expected, List<DataSet> actual) {
        assertEquals(expected.size(), actual.size(), "batches");
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(
                    values(expected.get(i).getFeatures()), values(actual.get(i).getFeatures()), "images of batch " + i);
            assertArrayEquals(
                    values(expected.get(i).getLabels()), values(actual.get(i).getLabels()), "labels of batch " + i);
        }
    }
}
