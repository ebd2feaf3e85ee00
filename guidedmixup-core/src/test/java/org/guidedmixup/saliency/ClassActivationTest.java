package org.guidedmixup.saliency;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ClassActivationTest {

    @ParameterizedTest
    @CsvSource({"1,1,2,2,5,4", "3,4,3,5,9,11", "5,7,4,4,4,4", "2,3,1,6,8,8", "4,2,6,3,3,2"})
    void mapsAreTheLoopThatDefinesThem(int m, int c, int h, int w, int height, int width) {
        int classes = 4;
        INDArray features = RandomImages.nchw(1, m, c, h, w).subi(0.3);
        INDArray weights =
                RandomImages.maps(2, 1, c, classes).reshape(c, classes).sub(0.4);
        INDArray labels = RandomImages.labels(m, classes);
        INDArray before = features.dup();
        INDArray maps = ClassActivation.of(features, weights, labels, height, width);
        assertEquals(DataType.FLOAT, maps.dataType());
        assertFalse(maps.isAttached());
        assertEquals(before, features);
        for (int i = 0; i < m; i++) {
            double[][] small = new double[h][w];
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < w; x++) {
                    for (int k = 0; k < c; k++) {
                        small[y][x] += Math.max(0, features.getDouble(i, k, y, x)) * weights.getDouble(k, i % classes);
                    }
                }
            }
            double[][] expected = resized(small, height, width);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    assertEquals(expected[y][x], maps.getDouble(i, y, x), 2e-6, "image " + i);
                }
            }
        }
    }

    /** Resizes with half-pixel centres, subtracts the minimum and divides by the sum. */
    private static double[][] resized(double[][] small, int height, int width) {
        double[][] map = new double[height][width];
        double minimum = Double.POSITIVE_INFINITY;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double sy = Math.max(0, (y + 0.5) * small.length / height - 0.5);
                double sx = Math.max(0, (x + 0.5) * small[0].length / width - 0.5);
                int y1 = Math.min((int) sy + 1, small.length - 1);
                int x1 = Math.min((int) sx + 1, small[0].length - 1);
                double dy = sy - (int) sy;
                double dx = sx - (int) sx;
                map[y][x] = (1 - dy) * ((1 - dx) * small[(int) sy][(int) sx] + dx * small[(int) sy][x1])
                        + dy * ((1 - dx) * small[y1][(int) sx] + dx * small[y1][x1]);
                minimum = Math.min(minimum, map[y][x]);
            }
        }
        double sum = 0;
        for (double[] row : map) {
            for (int x = 0; x < width; x++) {
                row[x] -= minimum;
                sum += row[x];
            }
        }
        for (double[] row : map) {
            for (int x = 0; x < width && sum > 0; x++) {
                row[x] /= sum;
            }
        }
        return map;
    }

    @Test
    void softLabelsCountByTheirLargestAndTypesDoNotMatter() {
        INDArray features = RandomImages.nchw(1, 2, 3, 4, 4);
        INDArray weights = RandomImages.maps(2, 1, 3, 3).reshape(3, 3).sub(0.4);
        INDArray hard = Nd4j.createFromArray(new float[][] {{0, 1, 0}, {1, 0, 0}});
        INDArray soft = Nd4j.createFromArray(new double[][] {{0.3, 0.4, 0.3}, {0.4, 0.2, 0.4}});
        INDArray expected = ClassActivation.of(features, weights, hard, 8, 8);
        assertClose(expected, ClassActivation.of(features, weights, soft, 8, 8), 0, "soft");
        INDArray doubles = features.castTo(DataType.DOUBLE).dup('f');
        INDArray maps;
        try (MemoryWorkspace open = Nd4j.getWorkspaceManager().getAndActivateWorkspace("OF_THE_CALLER")) {
            maps = ClassActivation.of(doubles, weights.castTo(DataType.DOUBLE), hard, 8, 8);
        }
        assertClose(expected, maps, 1e-7, "double");
    }

    @Test
    void mapsWithoutDifferencesAreZeroAndWhatIsNotFiniteStaysSo() {
        INDArray features = RandomImages.nchw(1, 3, 2, 3, 3);
        features.slice(0).assign(0.5);
        features.putScalar(new int[] {1, 0, 1, 1}, Float.NaN);
        INDArray weights = Nd4j.ones(DataType.FLOAT, 2, 2);
        INDArray maps = ClassActivation.of(features, weights, RandomImages.labels(3, 2), 6, 6);
        assertEquals(0, maps.slice(0).sumNumber().doubleValue());
        assertTrue(Double.isNaN(maps.slice(1).sumNumber().doubleValue()));
        assertEquals(1, maps.slice(2).sumNumber().doubleValue(), 1e-6);
    }

    @Test
    void labelsThatNameNoClassAreRefused() {
        INDArray features = Nd4j.ones(DataType.FLOAT, 2, 3, 4, 4);
        INDArray weights = Nd4j.ones(DataType.FLOAT, 3, 3);
        INDArray oneColumn = Nd4j.createFromArray(new float[][] {{0}, {1}});
        assertIllegalArgument(
                () -> ClassActivation.of(features, Nd4j.ones(DataType.FLOAT, 3, 1), oneColumn, 8, 8),
                "labels [2, 1]",
                "one column");
        INDArray several = Nd4j.createFromArray(new float[][] {{1, 0, 0}, {1, 1, 0}});
        assertIllegalArgument(
                () -> ClassActivation.of(features, weights, several, 8, 8), "labels [2, 3]", "row 1 sums to 2.0");
        INDArray none = Nd4j.createFromArray(new float[][] {{0, 0, 0}, {1, 0, 0}});
        assertIllegalArgument(() -> ClassActivation.of(features, weights, none, 8, 8), "row 0 sums to 0.0");
    }

    @Test
    void labelsOfWhetherNameAClassToo() {
        INDArray features = RandomImages.nchw(1, 2, 3, 4, 4);
        INDArray weights = RandomImages.nchw(2, 1, 1, 3, 2).reshape(3, 2);
        INDArray labels = RandomImages.labels(2, 2);
        assertClose(
                ClassActivation.of(features, weights, labels, 8, 8),
                ClassActivation.of(features, weights, labels.castTo(DataType.BOOL), 8, 8),
                0,
                "BOOL");
    }

    @Test
    void sizesThatDoNotFitAreNamed() {
        INDArray features = Nd4j.ones(DataType.FLOAT, 2, 3, 4, 4);
        INDArray labels = RandomImages.labels(2, 5);
        assertIllegalArgument(
                () -> ClassActivation.of(features, Nd4j.ones(DataType.FLOAT, 4, 5), labels, 8, 8),
                "features [2, 3, 4, 4]",
                "weights [4, 5]");
        assertIllegalArgument(
                () -> ClassActivation.of(features, Nd4j.ones(DataType.FLOAT, 3, 6), labels, 8, 8), "labels [2, 5]");
        assertIllegalArgument(
                () -> ClassActivation.of(features, Nd4j.ones(DataType.FLOAT, 3, 5), labels, 0, 8), "height");
    }
}
