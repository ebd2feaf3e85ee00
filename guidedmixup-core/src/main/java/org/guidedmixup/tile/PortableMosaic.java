package org.guidedmixup.tile;

import org.guidedmixup.internal.FloatingPoint;
import org.guidedmixup.internal.Scratch;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.Gather;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The reference, on any backend: pixels are rows of C values, gathered from anywhere in the batch. */
final class PortableMosaic {
    private final Mosaic mosaic;
    private final TileGrid grid;

    private PortableMosaic(Mosaic mosaic) {
        this.mosaic = mosaic;
        this.grid = mosaic.grid();
    }

    /**
     * Assembles a mosaic.
     *
     * @param mosaic the mosaic
     * @param array [M, C, H, W], [M, H, W, C] or [M, H, W]. Not modified.
     * @param format the layout
     * @param output of the same shape. Modified.
     */
    static void apply(Mosaic mosaic, INDArray array, DataFormat format, INDArray output) {
        try (MemoryWorkspace scratch = Scratch.open(PortableMosaic.class)) {
            new PortableMosaic(mosaic).fill(array, format, output);
        }
    }

    private void fill(INDArray array, DataFormat format, INDArray output) {
        boolean channelsFirst = array.rank() == 4 && format == DataFormat.NCHW;
        INDArray values = FloatingPoint.forBlending(array);
        INDArray channelsLast = channelsFirst ? values.permute(0, 2, 3, 1) : values;
        int pixels = grid.height() * grid.width();
        long channels = values.length() / mosaic.size() / pixels;
        INDArray rows = channelsLast.dup('c').reshape('c', (long) mosaic.size() * pixels, channels);
        for (int o = 0; o < mosaic.size(); o++) {
            INDArray image =
                    term(rows, o, 0).addi(term(rows, o, 1)).reshape('c', grid.height(), grid.width(), channels);
            INDArray target = output.get(NDArrayIndex.point(o));
            if (array.rank() == 3) {
                target.assign(image.reshape('c', grid.height(), grid.width()));
            } else {
                target.assign(channelsFirst ? image.permute(2, 0, 1) : image);
            }
        }
    }

    /** Computes one weighted term of every pixel of an output, [H W, C]. */
    private INDArray term(INDArray rows, int output, int term) {
        int pixels = grid.height() * grid.width();
        int[] sources = new int[pixels];
        float[] weights = new float[pixels];
        for (int y = 0; y < grid.height(); y++) {
            for (int x = 0; x < grid.width(); x++) {
                int tile = grid.tileAt(y, x);
                int pixel = y * grid.width() + x;
                weights[pixel] = mosaic.weight(output, tile, term);
                // At weight 0 read the other term's pixel: 0 times a pixel that is not finite would not be 0.
                int read = weights[pixel] == 0 ? 1 - term : term;
                int inImage = grid.pixelIn(mosaic.tile(output, tile, read), y, x);
                sources[pixel] = mosaic.image(output, tile, read) * pixels + inImage;
            }
        }
        INDArray values = Nd4j.exec(new Gather(rows, sources, 0))[0].reshape('c', pixels, rows.size(1));
        return values.muliColumnVector(
                Nd4j.createFromArray(weights).reshape(pixels, 1).castTo(rows.dataType()));
    }
}
