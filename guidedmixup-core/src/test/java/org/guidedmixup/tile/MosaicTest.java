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
    private final TileGrid grid = new TileGrid(3, 4, 2, 3);
    private final INDArray images = RandomImages.nchw(1, M, 2, 6, 12);

    @Test
    void theHostEqualsThePortablePath() {
        for (int seed = 0; seed < 10; seed++) {
            Mosaic mosaic = scattered(seed);
            INDArray portable = Nd4j.create(DataType.FLOAT, images.shape());
            PortableMosaic.apply(mosaic, images, DataFormat.NCHW, portable);
            assertClose(portable, mosaic.of(images, DataFormat.NCHW), 1e-6, "seed " + seed);
        }
    }

    /** What has no weight is not read: a broken pixel stays where it is. */
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

    /** Tiles from anywhere, some in runs of neighbours, with weights of 0, 1/2 and 1. */
    private Mosaic scattered(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Mosaic.Builder builder = Mosaic.builder(M, grid);
        for (int o = 0; o < M; o++) {
            for (int tile = 0; tile < 12; tile++) {
                boolean stays = random.nextBoolean();
                int weight = random.nextInt(3);
                for (int term = 0; term < 2; term++) {
                    int image = stays ? (o + term) % M : random.nextInt(M);
                    int place = stays ? tile : random.nextInt(12);
                    builder.put(o, tile, term, image, place, term == 0 ? weight / 2.0 : 1 - weight / 2.0);
                }
            }
        }
        return builder.build();
    }
}
