package org.guidedmixup.tile;

import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class TileSaliencyTest {

    @Test
    void isTheMeanOfEveryTileOverTheirSum() {
        TileGrid grid = new TileGrid(3, 2, 6, 10);
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
        assertEquals(new TileGrid(112, 112, 224, 448), grid.refined(4));
        assertEquals(grid, grid.refined(100));
        assertEquals(16 * 3 + 5, grid.refined(4).tileIn(grid, (3 * 7 + 6) * 112 + 5 * 7 + 6));
    }

    @Test
    void everyPixelLiesInOneTileAndTilesDifferByAPixel() {
        for (int height = 17; height <= 40; height++) {
            int width = 57 - height;
            for (int perSide : new int[] {1, 2, 3, 4, 8, 16}) {
                TileGrid grid = TileGrid.of(perSide, height, width);
                for (TileGrid fine : new TileGrid[] {grid, grid.refined(4), grid.refined(3)}) {
                    int[] pixels = new int[fine.tiles()];
                    for (int p = 0; p < height * width; p++) {
                        int tile = fine.tileAt(p / width, p % width);
                        pixels[tile]++;
                        assertEquals(grid.tileAt(p / width, p % width), fine.tileIn(grid, tile));
                        assertEquals(p, fine.pixelIn(tile, p / width, p % width));
                    }
                    for (int tile = 0; tile < pixels.length; tile++) {
                        int row = tile / fine.columns();
                        int column = tile % fine.columns();
                        int tall = fine.tops()[row + 1] - fine.tops()[row];
                        int wide = fine.lefts()[column + 1] - fine.lefts()[column];
                        assertEquals(tall * wide, pixels[tile]);
                        assertEquals(tall * wide, fine.pixels(tile));
                        int taller = tall - height / fine.rows();
                        int wider = wide - width / fine.columns();
                        assertTrue(taller == 0 || (taller == 1 && height % fine.rows() > 0));
                        assertTrue(wider == 0 || (wider == 1 && width % fine.columns() > 0));
                    }
                }
                assertTrue(height / grid.refined(4).rows() <= 4
                        && width / grid.refined(4).columns() <= 4);
            }
        }
        assertEquals(16, TileGrid.of(16, 33, 33).refined(4).rows());
        assertEquals(8, TileGrid.of(2, 33, 33).refined(4).rows());
        assertIllegalArgument(() -> TileGrid.of(33, 32, 33), "32 x 33", "at least 33 x 33");
        assertIllegalArgument(() -> TileGrid.of(0, 32, 33), "at least one block");
    }

    @Test
    void tilesThatDifferByAPixelAreMeasuredByTheirMeans() {
        INDArray maps = RandomImages.maps(2, 3, 19, 23);
        TileGrid grid = new TileGrid(4, 3, 19, 23);
        TileSaliency tiles = TileSaliency.of(maps, grid);
        for (int i = 0; i < 3; i++) {
            double[] sums = new double[12];
            double[] counts = new double[12];
            for (int y = 0; y < 19; y++) {
                for (int x = 0; x < 23; x++) {
                    sums[grid.tileAt(y, x)] += maps.getDouble(i, y, x);
                    counts[grid.tileAt(y, x)]++;
                }
            }
            Arrays.setAll(sums, tile -> sums[tile] / counts[tile]);
            double total = Arrays.stream(sums).sum();
            Arrays.setAll(sums, tile -> sums[tile] / total);
            assertArrayEquals(sums, tiles.of(i), 1e-6, "image " + i);
        }
        TileSaliency flat = TileSaliency.of(maps.assign(3), grid);
        for (double share : flat.of(0)) {
            assertEquals(1 / 12.0, share, 1e-9);
        }
    }
}
