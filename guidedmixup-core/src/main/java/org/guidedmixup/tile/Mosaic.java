package org.guidedmixup.tile;

import java.io.Serializable;
import java.util.Optional;
import org.guidedmixup.internal.FloatingPoint;
import org.guidedmixup.internal.host.HostArray;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A batch of images assembled from the tiles of a batch: every tile of an output is a weighted sum of one or two tiles, from
 * any places of any images. A tile that comes from a place of another size is cropped or extended as described in {@link
 * TileGrid#pixelIn}. Immutable.
 *
 * @serial exclude
 */
public final class Mosaic implements Serializable {
    private final TileGrid grid;
    private final int size;

    /** The source image of term k of tile t of output o, at (o · tiles + t) · 2 + k; the other arrays likewise. */
    private final int[] images;

    private final int[] tiles;
    private final float[] weights;

    private Mosaic(Builder builder) {
        grid = builder.grid;
        size = builder.size;
        images = builder.images.clone();
        tiles = builder.tiles.clone();
        weights = builder.weights.clone();
    }

    /**
     * Starts a builder with outputs that are all 0.
     *
     * @param size M, the number of inputs and of outputs
     * @param grid the tiles of every image
     * @return a builder
     */
    public static Builder builder(int size, TileGrid grid) {
        return new Builder(size, grid);
    }

    /**
     * Returns the tiles of every image.
     *
     * @return the grid
     */
    public TileGrid grid() {
        return grid;
    }

    /**
     * Returns the number of images.
     *
     * @return M
     */
    public int size() {
        return size;
    }

    /**
     * Returns the source image of a term of a tile.
     *
     * @param output the output, 0 to M − 1
     * @param tile the tile of the output
     * @param term 0 or 1
     * @return the image
     */
    public int image(int output, int tile, int term) {
        return images[index(output, tile, term)];
    }

    /**
     * Returns the source tile of a term of a tile.
     *
     * @param output the output, 0 to M − 1
     * @param tile the tile of the output
     * @param term 0 or 1
     * @return a tile
     */
    public int tile(int output, int tile, int term) {
        return tiles[index(output, tile, term)];
    }

    /**
     * Returns the weight of a term of a tile.
     *
     * @param output the output, 0 to M − 1
     * @param tile the tile of the output
     * @param term 0 or 1
     * @return 0 to 1
     */
    public float weight(int output, int tile, int term) {
        return weights[index(output, tile, term)];
    }

    /**
     * Assembles the mosaic.
     *
     * @param array [M, C, H, W], or [M, H, W, C] with NHWC, or [M, H, W]; M, H and W are those of the mosaic. Not modified.
     * @param format the layout
     * @return a new array of the same shape in the input's type; integers become FLOAT
     */
    public INDArray of(INDArray array, DataFormat format) {
        INDArray output = Nd4j.createUninitialized(FloatingPoint.outputType(array), array.shape(), 'c');
        boolean planes = array.rank() == 3 || format == DataFormat.NCHW;
        Optional<HostArray> pixels = planes ? HostArray.of(array) : Optional.empty();
        if (pixels.isPresent()) {
            int channels = array.rank() == 3 ? 1 : (int) array.size(1);
            HostMosaic.apply(this, pixels.get(), channels, HostArray.of(output).orElseThrow());
        } else {
            PortableMosaic.apply(this, array, format, output);
        }
        return output;
    }

    private int index(int output, int tile, int term) {
        return (output * grid.tiles() + tile) * 2 + term;
    }

    /** The builder of {@link Mosaic}. Several threads can fill different outputs. */
    public static final class Builder {
        private final TileGrid grid;
        private final int size;
        private final int[] images;
        private final int[] tiles;
        private final float[] weights;

        private Builder(int size, TileGrid grid) {
            this.grid = grid;
            this.size = size;
            int terms = Math.multiplyExact(Math.multiplyExact(size, grid.tiles()), 2);
            images = new int[terms];
            tiles = new int[terms];
            weights = new float[terms];
        }

        /**
         * Sets one term of one tile.
         *
         * @param output the output, 0 to M − 1
         * @param tile the tile of the output
         * @param term 0 or 1
         * @param image the image that the term comes from
         * @param place the tile of that image
         * @param weight 0 to 1
         * @return this builder
         */
        public Builder put(int output, int tile, int term, int image, int place, double weight) {
            int index = (output * grid.tiles() + tile) * 2 + term;
            images[index] = image;
            tiles[index] = place;
            weights[index] = (float) weight;
            return this;
        }

        /**
         * Makes the mosaic.
         *
         * @return the mosaic
         */
        public Mosaic build() {
            return new Mosaic(this);
        }
    }
}
