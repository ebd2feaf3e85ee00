package org.guidedmixup.tile;

import org.guidedmixup.internal.host.Chunks;
import org.guidedmixup.internal.host.HostArray;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The saliency of the tiles of images: for every image the mean saliency of every tile, divided by the sum of the means. An
 * image whose saliency is 0 or not finite has equally salient tiles. Immutable.
 */
public final class TileSaliency {
    private final double[][] shares;
    private final int nonFinite;

    private TileSaliency(double[][] shares, int nonFinite) {
        this.shares = shares;
        this.nonFinite = nonFinite;
    }

    /**
     * Computes the saliency of tiles.
     *
     * @param maps saliency [M, H, W], not negative. Not modified.
     * @param grid the tiles, of H x W pixels
     * @return the saliency of tiles
     */
    public static TileSaliency of(INDArray maps, TileGrid grid) {
        return of(HostArray.reading(maps), Math.toIntExact(maps.size(0)), grid);
    }

    private static TileSaliency of(HostArray maps, int size, TileGrid grid) {
        double[][] shares = new double[size][grid.tiles()];
        boolean[] nonFinite = new boolean[size];
        int[] lefts = grid.lefts();
        Chunks.forEach(size, (from, to) -> {
            float[] row = new float[grid.width()];
            for (int i = from; i < to; i++) {
                double sum = sums(maps, i, grid, lefts, row, shares[i]);
                nonFinite[i] = !Double.isFinite(sum);
                scale(shares[i], grid.isEven() ? sum : means(grid, shares[i]));
            }
        });
        int count = 0;
        for (boolean value : nonFinite) {
            count += value ? 1 : 0;
        }
        return new TileSaliency(shares, count);
    }

    /**
     * Returns the saliency of the tiles of an image.
     *
     * @param image 0 to M − 1
     * @return [tiles], at least 0 with a sum of 1; shared, do not modify
     */
    public double[] of(int image) {
        return shares[image];
    }

    /**
     * Returns the number of images whose saliency was not finite.
     *
     * @return 0 to M
     */
    public int nonFinite() {
        return nonFinite;
    }

    private static double sums(HostArray maps, int image, TileGrid grid, int[] lefts, float[] row, double[] sums) {
        int height = grid.height();
        double total = 0;
        for (int y = 0; y < height; y++) {
            maps.read(((long) image * height + y) * row.length, row, row.length);
            int first = grid.tileAt(y, 0);
            for (int column = 0; column < grid.columns(); column++) {
                double sum = 0;
                for (int x = lefts[column]; x < lefts[column + 1]; x++) {
                    sum += row[x];
                }
                sums[first + column] += sum;
                total += sum;
            }
        }
        return total;
    }

    /** Converts sums to means if tiles differ in size; returns the sum of the means. */
    private static double means(TileGrid grid, double[] sums) {
        double total = 0;
        for (int tile = 0; tile < sums.length; tile++) {
            sums[tile] /= grid.pixels(tile);
            total += sums[tile];
        }
        return total;
    }

    private static void scale(double[] shares, double sum) {
        boolean uniform = !Double.isFinite(sum) || !(sum > 0);
        for (int tile = 0; tile < shares.length; tile++) {
            shares[tile] = uniform ? 1.0 / shares.length : shares[tile] / sum;
        }
    }
}
