package org.guidedmixup.method.puzzle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.testing.RandomImages;
import org.guidedmixup.tile.TileGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class BlockBordersTest {
    private static final int C = 2;
    private static final double[] DEVIATION = {0.5, 2};

    /** Compares with the means of individual squares; some divide their blocks and some differ by a pixel. */
    @ParameterizedTest
    @CsvSource({
        "32, 24, 4, 4, 2, 2",
        "33, 33, 4, 4, 2, 2",
        "37, 26, 4, 3, 3, 2",
        "17, 40, 8, 4, 1, 5",
        "19, 18, 2, 4, 3, 3"
    })
    void areMeansOfSquares(int height, int width, int side, int square, int partsDown, int partsRight) {
        INDArray images = RandomImages.nchw(1, 2, C, height, width);
        TileGrid grid = TileGrid.of(side, height, width);
        HostArray host = HostArray.reading(images);
        BlockBorders first = BlockBorders.of(host, 0, grid, square, DEVIATION);
        BlockBorders second = BlockBorders.of(host, 1, grid, square, DEVIATION);
        double[] down = first.down(second, C);
        double[] right = first.right(second, C);
        for (int border = 0; border < side - 1; border++) {
            for (int block = 0; block < side; block++) {
                double vertical = 0;
                double horizontal = 0;
                for (int c = 0; c < C; c++) {
                    for (int s = block * partsRight; s < (block + 1) * partsRight; s++) {
                        int row = (border + 1) * partsDown;
                        vertical += Math.abs(mean(images, 0, c, row - 1, side * partsDown, s, side * partsRight)
                                - mean(images, 1, c, row, side * partsDown, s, side * partsRight));
                    }
                    for (int s = block * partsDown; s < (block + 1) * partsDown; s++) {
                        int column = (border + 1) * partsRight;
                        horizontal += Math.abs(mean(images, 0, c, s, side * partsDown, column - 1, side * partsRight)
                                - mean(images, 1, c, s, side * partsDown, column, side * partsRight));
                    }
                }
                assertEquals(vertical / (C * partsRight), down[border * side + block], 1e-6, "down");
                assertEquals(horizontal / (C * partsDown), right[block * (side - 1) + border], 1e-6, "right");
            }
        }
    }

    private static double mean(INDArray images, int image, int channel, int row, int rows, int column, int columns) {
        int height = (int) images.size(2);
        int width = (int) images.size(3);
        INDArray pixels = images.get(
                NDArrayIndex.point(image),
                NDArrayIndex.point(channel),
                NDArrayIndex.interval(row * height / rows, (row + 1) * height / rows),
                NDArrayIndex.interval(column * width / columns, (column + 1) * width / columns));
        return DEVIATION[channel] * pixels.meanNumber().doubleValue();
    }
}
