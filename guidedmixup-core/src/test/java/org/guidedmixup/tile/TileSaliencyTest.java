package org.guidedmixup.tile;

import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class TileSaliencyTest {

    @Test
    void isTheMeanOfEveryTileOverTheirSum() {
        TileGrid grid = new TileGrid(3, 2, 2, 5);
        INDArray maps = RandomImages.maps(1, 4, 6, 10);
        TileSaliency tiles = TileSaliency.of(maps, grid);
        for (int i = 0; i < 4; i++) {
            double[] expected = new double[6];
            for (int tile = 0; tile < 6; tile++) {
                int top = tile / 2 * 2;
                int left = tile % 2 * 5;
                expected[tile] = maps.get(
                                NDArrayIndex.point(i),
                                NDArrayIndex.interval(top, top + 2),
                                NDArrayIndex.interval(left, left + 5))
                        .sumNumber()
                        .doubleValue();
            }
            double sum = Arrays.stream(expected).sum();
            assertArrayEquals(
                    Arrays.stream(expected).map(value -> value / sum).toArray(), tiles.of(i), 1e-6, "image " + i);
        }
        assertEquals(0, tiles.nonFinite());
    }

    @Test
    void mapsWithoutInformationAreUniform() {
        INDArray maps = RandomImages.maps(1, 3, 4, 4);
        maps.slice(0).assign(0);
        maps.putScalar(1, 2, 2, Float.NaN);
        TileSaliency tiles = TileSaliency.of(maps, TileGrid.of(2, 4, 4));
        double[] uniform = {0.25, 0.25, 0.25, 0.25};
        assertArrayEquals(uniform, tiles.of(0));
        assertArrayEquals(uniform, tiles.of(1));
        assertEquals(1, tiles.nonFinite());
    }

    @Test
    void gridsAreRefinedToDivisors() {
        TileGrid grid = TileGrid.of(16, 224, 448);
        assertEquals(new TileGrid(112, 112, 2, 4), grid.refined(4));
        assertEquals(grid, grid.refined(100));
        assertEquals(16 * 3 + 5, grid.refined(4).tileIn(grid, (3 * 7 + 6) * 112 + 5 * 7 + 6));
        assertIllegalArgument(() -> TileGrid.of(3, 32, 33), "32 x 33", "multiples of 3");
    }
}
