package org.guidedmixup.filter;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Every filter against the loop that defines it. */
class SeparableFilterTest {
    private static final double TOLERANCE = 1e-6;

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,1,5", "2,2,3", "3,7,4", "7,5,5", "2,20,13"})
    void gaussianBlurIsTheWeightedSumOverReflectedNeighbours(int m, int h, int w) {
        INDArray maps = RandomImages.maps(1, m, h, w);
        double[] taps = new double[7];
        double total = 0;
        for (int d = -3; d <= 3; d++) {
            taps[d + 3] = Math.exp(-d * d / 18.0);
            total += taps[d + 3];
        }
        INDArray expected = Nd4j.create(DataType.FLOAT, m, h, w);
        for (int i = 0; i < m; i++) {
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < w; x++) {
                    double sum = 0;
                    for (int dy = -3; dy <= 3; dy++) {
                        for (int dx = -3; dx <= 3; dx++) {
                            double weight = taps[dy + 3] * taps[dx + 3] / (total * total);
                            sum += weight * maps.getDouble(i, reflect(y + dy, h), reflect(x + dx, w));
                        }
                    }
                    expected.putScalar(i, y, x, sum);
                }
            }
        }
        assertClose(expected, new GaussianBlur(7, 3).apply(maps), TOLERANCE, "blur");
    }

    private static int reflect(int position, int length) {
        int p = position;
        while (length > 1 && (p < 0 || p >= length)) {
            p = p < 0 ? -p : 2 * (length - 1) - p;
        }
        return length == 1 ? 0 : p;
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,1,5", "2,2,3", "3,7,4"})
    void boxMeanIsTheMeanOverReplicatedNeighbours(int m, int h, int w) {
        INDArray maps = RandomImages.maps(2, m, h, w);
        INDArray expected = Nd4j.create(DataType.FLOAT, m, h, w);
        for (int i = 0; i < m; i++) {
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < w; x++) {
                    double sum = 0;
                    for (int dy = -1; dy <= 1; dy++) {
                        for (int dx = -1; dx <= 1; dx++) {
                            sum += maps.getDouble(i, clamp(y + dy, h), clamp(x + dx, w));
                        }
                    }
                    expected.putScalar(i, y, x, sum / 9);
                }
            }
        }
        assertClose(expected, new BoxMean(3).apply(maps), TOLERANCE, "box mean");
    }

    @ParameterizedTest
    @CsvSource({"1,1,1,1", "5,4,3,9", "7,6,14,12", "9,16,4,4", "3,1,8,8"})
    void bilinearResizeInterpolatesBetweenPixelCentres(int h, int w, int toHeight, int toWidth) {
        INDArray maps = RandomImages.maps(3, 2, h, w);
        INDArray expected = Nd4j.create(DataType.FLOAT, 2, toHeight, toWidth);
        for (int i = 0; i < 2; i++) {
            for (int y = 0; y < toHeight; y++) {
                for (int x = 0; x < toWidth; x++) {
                    double sy = Math.max(0, (y + 0.5) * h / toHeight - 0.5);
                    double sx = Math.max(0, (x + 0.5) * w / toWidth - 0.5);
                    int y0 = clamp((int) sy, h);
                    int x0 = clamp((int) sx, w);
                    double top = maps.getDouble(i, y0, x0) * (1 - sx + x0)
                            + maps.getDouble(i, y0, clamp(x0 + 1, w)) * (sx - x0);
                    double bottom = maps.getDouble(i, clamp(y0 + 1, h), x0) * (1 - sx + x0)
                            + maps.getDouble(i, clamp(y0 + 1, h), clamp(x0 + 1, w)) * (sx - x0);
                    expected.putScalar(i, y, x, top * (1 - sy + y0) + bottom * (sy - y0));
                }
            }
        }
        assertClose(expected, new BilinearResize(toHeight, toWidth).apply(maps), TOLERANCE, "resize");
    }

    @ParameterizedTest
    @CsvSource({"1,1,1,1", "5,4,3,9", "7,6,14,12", "9,16,4,4", "3,1,8,8", "4,6,1,1", "2,3,1,7", "6,5,6,5"})
    void alignedResizeKeepsCornersAndInterpolatesBetweenThem(int h, int w, int toHeight, int toWidth) {
        INDArray maps = RandomImages.maps(3, 2, h, w);
        INDArray expected = Nd4j.create(DataType.FLOAT, 2, toHeight, toWidth);
        for (int i = 0; i < 2; i++) {
            for (int y = 0; y < toHeight; y++) {
                for (int x = 0; x < toWidth; x++) {
                    double sy = toHeight == 1 ? 0 : y * (h - 1.0) / (toHeight - 1);
                    double sx = toWidth == 1 ? 0 : x * (w - 1.0) / (toWidth - 1);
                    int y0 = (int) sy;
                    int x0 = (int) sx;
                    double top = maps.getDouble(i, y0, x0) * (1 - sx + x0)
                            + maps.getDouble(i, y0, clamp(x0 + 1, w)) * (sx - x0);
                    double bottom = maps.getDouble(i, clamp(y0 + 1, h), x0) * (1 - sx + x0)
                            + maps.getDouble(i, clamp(y0 + 1, h), clamp(x0 + 1, w)) * (sx - x0);
                    expected.putScalar(i, y, x, top * (1 - sy + y0) + bottom * (sy - y0));
                }
            }
        }
        INDArray resized = new AlignedResize(toHeight, toWidth).apply(maps);
        assertClose(expected, resized, TOLERANCE, "resize");
        assertEquals(maps.getFloat(1, 0, 0), resized.getFloat(1, 0, 0));
        if (toHeight > 1 && toWidth > 1) {
            assertEquals(maps.getFloat(1, h - 1, w - 1), resized.getFloat(1, toHeight - 1, toWidth - 1));
        }
        if (toHeight == h && toWidth == w) {
            assertEquals(maps, resized, "nothing to do");
        }
    }

    private static int clamp(int position, int length) {
        return Math.max(0, Math.min(length - 1, position));
    }

    @Test
    void viewsAndOtherOrdersGiveTheSameResultAndStayUntouched() {
        INDArray maps = RandomImages.maps(4, 3, 6, 5);
        INDArray wide = Nd4j.create(DataType.FLOAT, 3, 6, 10);
        INDArray view = wide.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(2, 7));
        view.assign(maps);
        INDArray before = wide.dup();
        GaussianBlur blur = new GaussianBlur(3, 1);
        assertClose(blur.apply(maps), blur.apply(view), 0, "view");
        assertClose(blur.apply(maps), blur.apply(maps.dup('f')), 0, "column-major");
        assertEquals(before, wide);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "3,2,40", "5,33,6", "2,130,128", "40,16,16"})
    void theCpuEqualsTheReferenceOfAnyBackend(int m, int h, int w) {
        INDArray maps = RandomImages.maps(5, m, h, w);
        for (SeparableFilter filter : new SeparableFilter[] {
            new GaussianBlur(7, 3),
            new GaussianBlur(9, 1),
            new BoxMean(3),
            new BilinearResize(h + 7, 2 * w),
            new BilinearResize(1, 1),
            new AlignedResize(2 * h, w + 3)
        }) {
            assertClose(
                    filter.portable(maps),
                    filter.apply(maps),
                    TOLERANCE,
                    filter.getClass().getSimpleName());
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("kernel", () -> new GaussianBlur(4, 1));
        assertMessage("sigma", () -> new GaussianBlur(3, 0));
        assertMessage("side", () -> new BoxMean(2));
        assertMessage("height", () -> new BilinearResize(0, 3));
        assertMessage("width", () -> new BilinearResize(3, 0));
        assertMessage("height", () -> new AlignedResize(0, 3));
        assertMessage("width", () -> new AlignedResize(3, -1));
        assertMessage("maps FLOAT [2, 3]", () -> new BoxMean(3).apply(Nd4j.create(DataType.FLOAT, 2, 3)));
        assertMessage("maps DOUBLE", () -> new BoxMean(3).apply(Nd4j.create(DataType.DOUBLE, 1, 2, 3)));
    }

    private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
