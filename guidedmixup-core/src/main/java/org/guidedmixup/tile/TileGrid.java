package org.guidedmixup.tile;

import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * An image cut into tiles, numbered row by row. Row i of tiles starts at pixel row ⌊i · height / rows⌋, columns likewise: all
 * tiles are of one size where the number of tiles divides the side, otherwise their sides differ by one pixel.
 *
 * @param rows tiles along the height
 * @param columns tiles along the width
 * @param height of the image in pixels
 * @param width of the image in pixels
 */
public record TileGrid(int rows, int columns, int height, int width) implements Serializable {

    /**
     * Checks that every tile has a pixel.
     *
     * @throws IllegalArgumentException if there is no tile along a side, or more than pixels
     */
    public TileGrid {
        if (rows < 1 || columns < 1 || height < rows || width < columns) {
            throw new IllegalArgumentException("images of " + height + " x " + width + " pixels: expected at least "
                    + rows + " x " + columns + ", a pixel for every block, and at least one block");
        }
    }

    /**
     * Cuts an image into as many rows as columns of tiles.
     *
     * @param perSide tiles along each side
     * @param height of the image in pixels, at least {@code perSide}
     * @param width of the image in pixels, at least {@code perSide}
     * @return the grid
     * @throws IllegalArgumentException if a side is shorter
     */
    public static TileGrid of(int perSide, int height, int width) {
        return new TileGrid(perSide, perSide, height, width);
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
     * Whether all tiles are of one size.
     *
     * @return true if the numbers of tiles divide the sides
     */
    public boolean isEven() {
        return height % rows == 0 && width % columns == 0;
    }

    /**
     * Where rows of tiles start.
     *
     * @return the first row of pixels of every row of tiles, then the height; a new array
     */
    public int[] tops() {
        return starts(rows, height);
    }

    /**
     * Where columns of tiles start.
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
     * The number of pixels of a tile.
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
     * How many tiles of this size make up the image.
     *
     * @param tile a tile
     * @return pixels of the image over those of the tile; {@link #tiles()}, exactly, where all are of one size
     */
    public double timesInImage(int tile) {
        return (double) height * width / pixels(tile);
    }

    /**
     * The tile that a pixel lies in.
     *
     * @param y row of the pixel
     * @param x column of the pixel
     * @return a tile
     */
    public int tileAt(int y, int x) {
        return tileOf(y, rows, height) * columns + tileOf(x, columns, width);
    }

    /** The last tile that starts at a pixel or before. */
    private static int tileOf(int pixel, int count, int length) {
        return (int) (((pixel + 1L) * count - 1) / length);
    }

    /**
     * The pixel that comes to stand at a place when a tile moves there. A tile that moves to a tile of another size is cut off
     * below and right, or extended by the pixels that follow it there; where the image ends, by those before it.
     *
     * @param tile the tile that moves
     * @param y row of the place
     * @param x column of the place
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

    /** Where along a side the pixels start that a tile takes along to the place of another one. */
    private static int movedStart(int tile, int target, int count, int length) {
        int size = start(target + 1, count, length) - start(target, count, length);
        return Math.min(start(tile, count, length), length - size);
    }

    /**
     * The same image in finer tiles, each within one of these, with sides up to a limit. A tile is cut along each side into
     * as few equal parts as meet the limit; where the tiles themselves differ by a pixel, so do their parts, and the shorter
     * ones meet it.
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
     * The tile of a coarser grid of the same image that a tile of this grid lies in.
     *
     * @param coarse a grid that this one refines
     * @param tile a tile of this grid
     * @return a tile of the coarse grid
     */
    public int tileIn(TileGrid coarse, int tile) {
        return tile / columns * coarse.rows / rows * coarse.columns + tile % columns * coarse.columns / columns;
    }

    /** The largest divisor of a number up to a limit. */
    private static int largestDivisor(int number, int limit) {
        int divisor = Math.min(number, limit);
        while (number % divisor != 0) {
            divisor--;
        }
        return divisor;
    }
}
