package org.guidedmixup.tile;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;

import java.util.SplittableRandom;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MosaicTest {
    private static final int M = 4;
    private final TileGrid grid = new TileGrid(3, 4, 6, 12);
    private final INDArray images = RandomImages.nchw(1, M, 2, 6, 12);

    @Test
    void theHostEqualsThePortablePath() {
        for (int seed = 0; seed < 10; seed++) {
            Mosaic mosaic = scattered(seed, grid);
            INDArray portable = Nd4j.create(DataType.FLOAT, images.shape());
            PortableMosaic.apply(mosaic, images, DataFormat.NCHW, portable);
            assertClose(portable, mosaic.of(images, DataFormat.NCHW), 1e-6, "seed " + seed);
        }
    }

    @Test
    void tilesThatDifferByAPixelAreCutOffOrExtended() {
        SplittableRandom random = new SplittableRandom(1);
        for (int seed = 0; seed < 40; seed++) {
            int height = random.nextInt(17, 41);
            int width = random.nextInt(17, 41);
            TileGrid uneven = new TileGrid(random.nextInt(2, 9), random.nextInt(2, 9), height, width);
            INDArray batch = RandomImages.nchw(seed, M, 2, height, width);
            Mosaic mosaic = scattered(seed, uneven);
            INDArray expected = plainly(mosaic, batch);
            INDArray portable = Nd4j.create(DataType.FLOAT, batch.shape());
            PortableMosaic.apply(mosaic, batch, DataFormat.NCHW, portable);
            assertClose(expected, portable, 1e-6, "portable, " + uneven);
            assertClose(expected, mosaic.of(batch, DataFormat.NCHW), 1e-6, "host, " + uneven);
        }
    }

    /**
     * Copies every tile separately: as many pixels as its place has, from its upper left corner or from the last position that
     * fits.
     */
    private static INDArray plainly(Mosaic mosaic, INDArray images) {
        TileGrid grid = mosaic.grid();
        float[] from = images.data().asFloat();
        float[] to = new float[from.length];
        for (int p = 0; p < to.length; p++) {
            int x = p % grid.width();
            int y = p / grid.width() % grid.height();
            int channel = p / grid.width() / grid.height() % 2;
            int output = p / grid.width() / grid.height() / 2;
            int row = 0;
            while ((row + 1) * grid.height() / grid.rows() <= y) {
                row++;
            }
            int column = 0;
            while ((column + 1) * grid.width() / grid.columns() <= x) {
                column++;
            }
            int top = row * grid.height() / grid.rows();
            int left = column * grid.width() / grid.columns();
            int tall = (row + 1) * grid.height() / grid.rows() - top;
            int wide = (column + 1) * grid.width() / grid.columns() - left;
            for (int term = 0; term < 2; term++) {
                int place = mosaic.tile(output, row * grid.columns() + column, term);
                int fromY = place / grid.columns() * grid.height() / grid.rows();
                int fromX = place % grid.columns() * grid.width() / grid.columns();
                fromY = fromY + tall > grid.height() ? grid.height() - tall : fromY;
                fromX = fromX + wide > grid.width() ? grid.width() - wide : fromX;
                int image = mosaic.image(output, row * grid.columns() + column, term);
                int source =
                        ((image * 2 + channel) * grid.height() + fromY + y - top) * grid.width() + fromX + x - left;
                to[p] += mosaic.weight(output, row * grid.columns() + column, term) * from[source];
            }
        }
        return Nd4j.createFromArray(to).reshape(images.shape());
    }

    /** Terms of weight 0 are not read: a pixel that is not finite does not spread. */
    @Test
    void weightsOfZeroLetNothingThrough() {
        INDArray broken = images.dup();
        broken.slice(1).assign(Float.NaN);
        Mosaic.Builder builder = Mosaic.builder(M, grid);
        for (int o = 0; o < M; o++) {
            for (int tile = 0; tile < 12; tile++) {
                builder.put(o, tile, 0, 0, tile, 1).put(o, tile, 1, 1, tile, 0);
            }
        }
        Mosaic mosaic = builder.build();
        INDArray portable = Nd4j.create(DataType.FLOAT, images.shape());
        PortableMosaic.apply(mosaic, broken, DataFormat.NCHW, portable);
        for (int o = 0; o < M; o++) {
            assertClose(images.slice(0), mosaic.of(broken, DataFormat.NCHW).slice(o), 0, "host");
            assertClose(images.slice(0), portable.slice(o), 0, "portable");
        }
    }

    /** Returns tiles from anywhere, some in runs of neighbours, with weights of 0, 1/2 and 1. */
    private static Mosaic scattered(long seed, TileGrid grid) {
        SplittableRandom random = new SplittableRandom(seed);
        Mosaic.Builder builder = Mosaic.builder(M, grid);
        for (int o = 0; o < M; o++) {
            for (int tile = 0; tile < grid.tiles(); tile++) {
                boolean stays = random.nextBoolean();
                int weight = random.nextInt(3);
                for (int term = 0; term < 2; term++) {
                    int image = stays ? (o + term) % M : random.nextInt(M);
                    int place = stays ? tile : random.nextInt(grid.tiles());
                    builder.put(o, tile, term, image, place, term == 0 ? weight / 2.0 : 1 - weight / 2.0);
                }
            }
        }
        return builder.build();
    }
}
