package org.guidedmixup.tile;

import java.util.Arrays;
import org.guidedmixup.internal.host.Chunks;
import org.guidedmixup.internal.host.HostArray;

/** Assembles mosaics on the CPU: neighbouring tiles that stay neighbours are copied as one run of pixels. */
final class HostMosaic {
    private final Mosaic mosaic;
    private final TileGrid grid;
    private final HostArray images;
    private final HostArray output;
    private final int channels;
    private final int[] tops;
    private final int[] lefts;
    private final boolean even;

    private HostMosaic(Mosaic mosaic, HostArray images, int channels, HostArray output) {
        this.mosaic = mosaic;
        this.grid = mosaic.grid();
        this.images = images;
        this.output = output;
        this.channels = channels;
        tops = grid.tops();
        lefts = grid.lefts();
        even = grid.isEven();
    }

    /**
     * Assembles a mosaic.
     *
     * @param mosaic the mosaic
     * @param images [M, C, H, W]. Not modified.
     * @param channels C
     * @param output of the same shape; must be another array. Modified.
     */
    static void apply(Mosaic mosaic, HostArray images, int channels, HostArray output) {
        HostMosaic work = new HostMosaic(mosaic, images, channels, output);
        Chunks.forEach(mosaic.size(), work::fill);
    }

    private void fill(int from, int to) {
        float[] row = new float[grid.width()];
        float[] term = new float[grid.width()];
        int[] runs = new int[grid.columns() + 1];
        for (int o = from; o < to; o++) {
            for (int tileRow = 0; tileRow < grid.rows(); tileRow++) {
                int count = findRuns(o, tileRow, runs);
                for (int c = 0; c < channels; c++) {
                    for (int y = tops[tileRow]; y < tops[tileRow + 1]; y++) {
                        for (int run = 0; run < count; run++) {
                            fillRun(o, tileRow, runs[run], runs[run + 1], c, y, row, term);
                        }
                        output.write(position(o, c, y, 0), row, row.length);
                    }
                }
            }
        }
    }

    /** Writes the first column of every run of a row of tiles, then the number of columns; returns the number of runs. */
    private int findRuns(int o, int tileRow, int[] runs) {
        int count = 0;
        for (int column = 0; column < grid.columns(); column++) {
            int tile = tileRow * grid.columns() + column;
            if (column == 0 || !(continues(o, tile, 0) && continues(o, tile, 1))) {
                runs[count++] = column;
            }
        }
        runs[count] = grid.columns();
        return count;
    }

    /**
     * Returns whether a term of a tile comes from directly right of the same term of the tile before it, with the same weight.
     */
    private boolean continues(int o, int tile, int term) {
        float weight = mosaic.weight(o, tile, term);
        if (weight != mosaic.weight(o, tile - 1, term)) {
            return false;
        }
        int place = mosaic.tile(o, tile, term);
        return weight == 0
                || (mosaic.image(o, tile, term) == mosaic.image(o, tile - 1, term)
                        && place == mosaic.tile(o, tile - 1, term) + 1
                        && place % grid.columns() != 0
                        && (even || shift(tile, place) == shift(tile - 1, place - 1)));
    }

    /** Returns how far to the right of its new place a tile was. */
    private int shift(int tile, int place) {
        int column = tile % grid.columns();
        return left(column, place % grid.columns()) - lefts[column];
    }

    /** Returns the first column of pixels, as in {@link TileGrid#pixelIn}. */
    private int left(int column, int from) {
        return Math.min(lefts[from], grid.width() - (lefts[column + 1] - lefts[column]));
    }

    /** Returns the first row of pixels, as in {@link TileGrid#pixelIn}. */
    private int top(int row, int from) {
        return Math.min(tops[from], grid.height() - (tops[row + 1] - tops[row]));
    }

    private void fillRun(int o, int tileRow, int from, int to, int c, int y, float[] row, float[] term) {
        int start = lefts[from];
        int end = lefts[to];
        int tile = tileRow * grid.columns() + from;
        float first = mosaic.weight(o, tile, 0);
        float second = mosaic.weight(o, tile, 1);
        if (first != 0) {
            read(o, tileRow, from, 0, c, y, row, start, end);
            scale(row, first, start, end);
            if (second != 0) {
                read(o, tileRow, from, 1, c, y, term, start, end);
                addScaled(row, term, second, start, end);
            }
        } else if (second != 0) {
            read(o, tileRow, from, 1, c, y, row, start, end);
            scale(row, second, start, end);
        } else {
            Arrays.fill(row, start, end, 0);
        }
    }

    private void read(int o, int tileRow, int column, int term, int c, int y, float[] target, int start, int end) {
        int tile = tileRow * grid.columns() + column;
        int place = mosaic.tile(o, tile, term);
        int fromY = top(tileRow, place / grid.columns()) + y - tops[tileRow];
        int fromX = left(column, place % grid.columns());
        images.read(position(mosaic.image(o, tile, term), c, fromY, fromX), target, start, end - start);
    }

    private static void scale(float[] row, float weight, int start, int end) {
        if (weight != 1) {
            for (int x = start; x < end; x++) {
                row[x] *= weight;
            }
        }
    }

    private static void addScaled(float[] row, float[] term, float weight, int start, int end) {
        for (int x = start; x < end; x++) {
            row[x] += weight * term[x];
        }
    }

    private long position(int image, int channel, int y, int x) {
        return (((long) image * channels + channel) * grid.height() + y) * grid.width() + x;
    }
}
