package org.guidedmixup.testing;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Random batches for tests, reproducible by seed. */
public final class RandomImages {
    private RandomImages() {}

    /** Returns pixels uniform in [0, 1), each image with a bright block of its own; [M, C, H, W] FLOAT. */
    public static INDArray nchw(long seed, int m, int c, int h, int w) {
        SplittableRandom random = new SplittableRandom(seed);
        INDArray images = Nd4j.create(DataType.FLOAT, m, c, h, w);
        for (int i = 0; i < m; i++) {
            int top = random.nextInt(h);
            int left = random.nextInt(w);
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < w; x++) {
                    boolean inBlock = y >= top && y < top + h / 3 && x >= left && x < left + w / 3;
                    for (int k = 0; k < c; k++) {
                        images.putScalar(new int[] {i, k, y, x}, random.nextDouble() * (inBlock ? 1 : 0.3));
                    }
                }
            }
        }
        return images;
    }

    /** Returns the same pixels in another layout. */
    public static INDArray inFormat(INDArray nchw, DataFormat format) {
        return format == DataFormat.NCHW ? nchw : nchw.permute(0, 2, 3, 1).dup('c');
    }

    /** Returns maps [M, H, W] uniform in [0, 1). */
    public static INDArray maps(long seed, int m, int h, int w) {
        return nchw(seed, m, 1, h, w).reshape('c', m, h, w);
    }

    /** Returns one-hot labels, image i of class i mod K; [M, K] FLOAT. */
    public static INDArray labels(int m, int classes) {
        INDArray labels = Nd4j.create(DataType.FLOAT, m, classes);
        for (int i = 0; i < m; i++) {
            labels.putScalar(i, i % classes, 1);
        }
        return labels;
    }

    /** Returns noise uniform in [0, 1), FLOAT. */
    public static INDArray uniform(RandomGenerator random, long... shape) {
        return filled(random::nextDouble, shape);
    }

    /** Returns standard normal noise, FLOAT. */
    public static INDArray normal(RandomGenerator random, long... shape) {
        return filled(random::nextGaussian, shape);
    }

    private static INDArray filled(DoubleSupplier value, long... shape) {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value.getAsDouble();
        }
        return Nd4j.createFromArray(values).reshape(shape);
    }

    /** Returns one-hot labels of random classes; [M, K] FLOAT. */
    public static INDArray randomLabels(RandomGenerator random, int m, int classes) {
        INDArray labels = Nd4j.create(DataType.FLOAT, m, classes);
        for (int i = 0; i < m; i++) {
            labels.putScalar(i, random.nextInt(classes), 1);
        }
        return labels;
    }
}
