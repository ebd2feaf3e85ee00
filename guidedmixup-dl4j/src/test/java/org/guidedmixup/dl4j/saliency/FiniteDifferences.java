package org.guidedmixup.dl4j.saliency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.guidedmixup.testing.CentralDifference;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Saliency the slow way: every fifth pixel is moved up and down, which covers all rows and columns. */
final class FiniteDifferences {
    private static final double STEP = 1e-5;
    private static final int EVERY = 5;

    private FiniteDifferences() {}

    /** Checks maps up to a common factor, which saliency may have. */
    static void assertSaliency(INDArray maps, INDArray images, ToDoubleFunction<INDArray> loss) {
        double[] expected = saliency(images, loss);
        assertEquals(DataType.FLOAT, maps.dataType());
        assertArrayEquals(new long[] {images.size(0), images.size(2), images.size(3)}, maps.shape());
        double[] actual = maps.dup('c').data().asDouble();
        double[] same = IntStream.range(0, expected.length)
                .mapToDouble(i -> actual[i * EVERY])
                .toArray();
        assertArrayEquals(share(expected), share(same), 1e-6);
    }

    static double[] share(double[] values) {
        double sum = Arrays.stream(values).sum();
        return Arrays.stream(values).map(value -> value / sum).toArray();
    }

    private static double[] saliency(INDArray images, ToDoubleFunction<INDArray> loss) {
        INDArray moved = images.castTo(DataType.DOUBLE).dup('c');
        int m = (int) moved.size(0);
        int channels = (int) moved.size(1);
        int pixels = (int) (moved.size(2) * moved.size(3));
        double[] saliency = new double[(m * pixels + EVERY - 1) / EVERY];
        for (int k = 0; k < saliency.length; k++) {
            int image = k * EVERY / pixels;
            int pixel = k * EVERY % pixels;
            double squares = 0;
            for (int c = 0; c < channels; c++) {
                double slope = slope(moved, ((long) image * channels + c) * pixels + pixel, loss);
                squares += slope * slope;
            }
            saliency[k] = Math.sqrt(squares / channels);
        }
        return saliency;
    }

    private static double slope(INDArray images, long index, ToDoubleFunction<INDArray> loss) {
        double value = images.data().getDouble(index);
        return CentralDifference.slope(
                moved -> images.data().put(index, moved), value, STEP, () -> loss.applyAsDouble(images));
    }
}
