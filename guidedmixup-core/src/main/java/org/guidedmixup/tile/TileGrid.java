package org.guidedmixup.tile;

import java.io.Serializable;

/**
 * An image cut into tiles of one size, numbered row by row.
 *
 * @param rows tiles along the height
 * @param columns tiles along the width
 * @param tileHeight in pixels
 * @param tileWidth in pixels
 */
public record TileGrid(int rows, int columns, int tileHeight, int tileWidth) implements Serializable {

    /**
     * Cuts an image into square many tiles.
     *
     * @param perSide tiles along each side
     * @param height of the image in pixels, a multiple of {@code perSide}
     * @param width of the image in pixels, a multiple of {@code perSide}
     * @return the grid
     * @throws IllegalArgumentException if a side is no such multiple
     */
    public static TileGrid of(int perSide, int height, int width) {
        if (perSide < 1 || height % perSide != 0 || width % perSide != 0) {
            throw new IllegalArgumentException(
                    "images of " + height + " x " + width + " pixels: expected sides that are multiples of " + perSide
                            + ", the number of blocks along a side");
        }
        return new TileGrid(perSide, perSide, height / perSide, width / perSide);
    }

    /**
     * The number of tiles.
     *
     * @return rows times columns
     */
    public int tiles() {
        return rows * columns;
    }

    /**
     * The height of the image.
     *
     * @return in pixels
     */
    public int height() {
        return rows * tileHeight;
    }

    /**
     * The width of the image.
     *
     * @return in pixels
     */
    public int width() {
        return columns * tileWidth;
    }

    /**
     * The tile that a pixel lies in.
     *
     * @param y row of the pixel
     * @param x column of the pixel
     * @return a tile
     */
    public int tileAt(int y, int x) {
        return y / tileHeight * columns + x / tileWidth;
    }

    /**
     * The pixel of a tile that stands where another pixel stands in its own tile.
     *
     * @param tile the tile
     * @param y row of the other pixel
     * @param x column of the other pixel
     * @return the pixel's number, counted row by row
     */
    public int pixelIn(int tile, int y, int x) {
        int row = tile / columns * tileHeight + y % tileHeight;
        return row * width() + tile % columns * tileWidth + x % tileWidth;
    }

    /**
     * The same image in tiles whose sides divide the sides of these and are as large as possible up to a limit.
     *
     * @param limit the largest side in pixels, at least 1
     * @return the finer grid; this one if its tiles are within the limit
     */
    public TileGrid refined(int limit) {
        int fineHeight = largestDivisor(tileHeight, limit);
        int fineWidth = largestDivisor(tileWidth, limit);
        return new TileGrid(height() / fineHeight, width() / fineWidth, fineHeight, fineWidth);
    }

    /**
     * The tile of a coarser grid of the same image that a tile of this grid lies in.
     *
     * @param tile a tile of this grid
     * @param coarse a grid that this one refines
     * @return a tile of the coarse grid
     */
    public int tileIn(TileGrid coarse, int tile) {
        return coarse.tileAt(tile / columns * tileHeight, tile % columns * tileWidth);
    }

    /**
     * The largest divisor of a number up to a limit.
     *
     * @param number at least 1
     * @param limit at least 1
     * @return the divisor
     */
    public static int largestDivisor(int number, int limit) {
        int divisor = Math.min(number, limit);
        while (number % divisor != 0) {
            divisor--;
        }
        return divisor;
    }
}
