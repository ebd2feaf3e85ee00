package org.guidedmixup.bench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Layers against plain loops. */
class LayersTest {

    /** Uses values below zero, for which a border of zeros would win. */
    @ParameterizedTest
    @CsvSource({"8, 8", "7, 9", "1, 5", "2, 1"})
    void maxPoolTakesTheLargestAndItsGradientGoesThere(int height, int width) {
        float[][][] maps = maps(2 * 3, height, width);
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.var("x", array(maps, 2, 3));
        Layers layers = new Layers(graph, BatchNormMode.INFERENCE, new ParameterSource(1, Initialization.HE));
        FeatureMaps pooled = layers.maxPool(new FeatureMaps(x, 3, height, width), 3, 2);
        int outHeight = (height + 1) / 2;
        int outWidth = (width + 1) / 2;
        assertEquals(outHeight, pooled.height());
        assertEquals(outWidth, pooled.width());
        SDVariable weights = graph.constant(array(maps(2 * 3, outHeight, outWidth), 2, 3));
        graph.setLossVariables(pooled.variable().mul(weights).sum("loss"));

        float[][][] expected = new float[maps.length][outHeight][outWidth];
        float[][][] gradient = new float[maps.length][height][width];
        pool(maps, maps(maps.length, outHeight, outWidth), expected, gradient);
        assertEquals(array(expected, 2, 3), pooled.variable().eval());
        INDArray actual = graph.calculateGradients(Map.of(), "x").get("x");
        assertArrayEquals(
                array(gradient, 2, 3).data().asFloat(), actual.dup('c').data().asFloat(), 1e-5f);
    }

    private static void pool(float[][][] maps, float[][][] weights, float[][][] largest, float[][][] gradient) {
        for (int m = 0; m < maps.length; m++) {
            for (int r = 0; r < largest[m].length; r++) {
                for (int c = 0; c < largest[m][r].length; c++) {
                    int row = -1;
                    int column = -1;
                    for (int i = Math.max(0, 2 * r - 1); i <= Math.min(2 * r + 1, maps[m].length - 1); i++) {
                        for (int j = Math.max(0, 2 * c - 1); j <= Math.min(2 * c + 1, maps[m][i].length - 1); j++) {
                            if (row < 0 || maps[m][i][j] > maps[m][row][column]) {
                                row = i;
                                column = j;
                            }
                        }
                    }
                    largest[m][r][c] = maps[m][row][column];
                    gradient[m][row][column] += weights[m][r][c];
                }
            }
        }
    }

    /** Returns distinct values below zero. */
    private static float[][][] maps(int count, int height, int width) {
        Random random = new Random(count);
        float[][][] maps = new float[count][height][width];
        for (float[][] map : maps) {
            for (float[] row : map) {
                for (int c = 0; c < width; c++) {
                    row[c] = -1 - random.nextFloat();
                }
            }
        }
        return maps;
    }

    private static INDArray array(float[][][] maps, int batch, int channels) {
        return Nd4j.create(maps).castTo(DataType.FLOAT).reshape(batch, channels, maps[0].length, maps[0][0].length);
    }
}
