package org.guidedmixup.bench.jmh;

import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Batches of noise: the speed of an operation on pixels does not depend on their values. */
final class RandomBatch {
    private static final int CHANNELS = 3;

    private RandomBatch() {}

    /** Returns images [count, 3, side, side], FLOAT, 0 to 1. */
    static INDArray images(int count, int side) {
        SplittableRandom random = new SplittableRandom(1);
        float[] pixels = new float[count * CHANNELS * side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return Nd4j.create(pixels, new long[] {count, CHANNELS, side, side}, 'c');
    }

    /** Returns labels [count, classes], FLOAT, one-hot. */
    static INDArray labels(int count, int classes) {
        SplittableRandom random = new SplittableRandom(2);
        INDArray labels = Nd4j.create(new float[count * classes], new long[] {count, classes}, 'c');
        for (int i = 0; i < count; i++) {
            labels.putScalar(i, random.nextInt(classes), 1);
        }
        return labels;
    }
}
