package org.guidedmixup.tile;

import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * An image cut into tiles, numbered row by row. Row i of tiles starts at pixel row ⌊i · height / rows⌋, columns likewise. If
 * the number of tiles divides the side, all tiles have one size; otherwise their sides differ by at most one pixel.
 *
 * @param rows tiles along the height
 * @param columns tiles along the width
 * @param height the image's height in pixels
 * @param width the image's width in pixels
 * @serial exclude
 */
public record TileGrid(int rows, int columns, int height, int width) implements Serializable {

    /**
     * Checks that every tile has at least one pixel.
     *
     * @param rows tiles along the height
     * @param columns tiles along the width
     * @param height the image's height in pixels
     * @param width the image's width in pixels
     * @throws IllegalArgumentException if a side has no tile, or more tiles than pixels
     */
    public TileGrid {
        if (rows < 1 || columns < 1 || height < rows || width < columns) {
            throw new IllegalArgumentException("images of " + height + " x " + width + " pixels: expected at least "
                    + rows + " x " + columns + ", one pixel per block, and at least one block");
        }
    }

    /**
     * Cuts an image into as many rows as columns of tiles.
     *
     * @param perSide tiles along each side
     * @param height the image's height in pixels, at least {@code perSide}
     * @param width the image's width in pixels, at least {@code perSide}
     * @return the grid
     * @throws IllegalArgumentException if a side has fewer pixels
     */
    public static TileGrid of(int perSide, int height, int width) {
        return new TileGrid(perSide, perSide, height, width);
    }

    /**
     * Returns the number of tiles.
     *
     * @return rows times columns
     */
    public int tiles() {
        return rows * columns;
    }

    /**
     * Returns whether all tiles have the same size.
     *
     * @return true if the numbers of tiles divide the sides
     */
    public boolean isEven() {
        return height % rows == 0 && width % columns == 0;
    }

    /**
     * Returns the pixel rows at which rows of tiles start.
     *
     * @return the first row of pixels of every row of tiles, then the height; a new array
     */
    public int[] tops() {
        return starts(rows, height);
    }

    /**
     * Returns the pixel columns at which columns of tiles start.
     *
     * @return the first column of pixels of every column of tiles, then the width; a new array
     */
    public int[] lefts() {
        return starts(columns, width);
    }

    private static int[] starts(int count, int length) {
        return IntStream.rangeClosed(0, count)
                .map(tile -> start(tile, count, length))
                .toArray();
    }

    private static int start(int tile, int count, int length) {
        return (int) ((long) tile * length / count);
    }

    /**
     * Returns the number of pixels of a tile.
     *
     * @param tile a tile
     * @return its height times its width
     */
    public int pixels(int tile) {
        int row = tile / columns;
        int column = tile % columns;
        return (start(row + 1, rows, height) - start(row, rows, height))
                * (start(column + 1, columns, width) - start(column, columns, width));
    }

    /**
     * Returns how many times a tile's area fits into the image.
     *
     * @param tile a tile
     * @return pixels of the image over those of the tile; exactly {@link #tiles()} if all tiles have one size
     */
    public double timesInImage(int tile) {
        return (double) height * width / pixels(tile);
    }

    /**
     * Returns the tile that contains a pixel.
     *
     * @param y the row of the pixel
     * @param x the column of the pixel
     * @return a tile
     */
    public int tileAt(int y, int x) {
        return tileOf(y, rows, height) * columns + tileOf(x, columns, width);
    }

    /** Returns the last tile that starts at or before a pixel. */
    private static int tileOf(int pixel, int count, int length) {
        return (int) (((pixel + 1L) * count - 1) / length);
    }

    /**
     * Returns the source pixel of a position when a tile moves there. A tile that moves to a tile of another size is cropped at
     * the bottom and right, or extended by the pixels that follow it there, or, at the end of the image, by those before it.
     *
     * @param tile the tile that moves
     * @param y the row of the position
     * @param x the column of the position
     * @return the pixel's number, counted row by row
     */
    public int pixelIn(int tile, int y, int x) {
        int row = moved(tile / columns, y, rows, height);
        return row * width + moved(tile % columns, x, columns, width);
    }

    private static int moved(int tile, int pixel, int count, int length) {
        int target = tileOf(pixel, count, length);
        return movedStart(tile, target, count, length) + pixel - start(target, count, length);
    }

    /** Returns where, along a side, the pixels start that a tile brings to the place of another tile. */
    private static int movedStart(int tile, int target, int count, int length) {
        int size = start(target + 1, count, length) - start(target, count, length);
        return Math.min(start(tile, count, length), length - size);
    }

    /**
     * Returns a finer grid of the same image, whose tiles lie within these tiles and have sides up to a limit. Each side of a
     * tile is cut into as few equal parts as meet the limit; if the sides of tiles differ by a pixel, so do those of their
     * parts, and only the shorter ones meet the limit.
     *
     * @param limit the largest side in pixels, at least 1
     * @return the finer grid; this one if its tiles are within the limit
     */
    public TileGrid refined(int limit) {
        return new TileGrid(rows * parts(rows, height, limit), columns * parts(columns, width, limit), height, width);
    }

    private static int parts(int count, int length, int limit) {
        int side = length / count;
        return length % count == 0 ? side / largestDivisor(side, limit) : (side + limit - 1) / limit;
    }

    /**
     * Returns the tile of a coarser grid of the same image that contains a tile of this grid.
     *
     * @param coarse a grid that this one refines
     * @param tile a tile of this grid
     * @return a tile of the coarse grid
     */
    public int tileIn(TileGrid coarse, int tile) {
        return tile / columns * coarse.rows / rows * coarse.columns + tile % columns * coarse.columns / columns;
    }

    /** Returns the largest divisor of a number up to a limit. */
    private static int largestDivisor(int number, int limit) {
        int divisor = Math.min(number, limit);
        while (number % divisor != 0) {
            divisor--;
        }
        return divisor;
    }
}
