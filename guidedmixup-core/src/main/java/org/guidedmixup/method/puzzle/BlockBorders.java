package org.guidedmixup.method.puzzle;

import java.util.Arrays;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.tile.TileGrid;

/**
 * The pixels of one image on both sides of the borders between its blocks, averaged over small squares, in units of the image
 * before normalisation. The data-local smoothness compares them.
 */
final class BlockBorders {
    private final int side;

    /** The squares' edges in pixels. */
    private final int[] tops;

    private final int[] lefts;

    /** [border][channel · squares along it]: the last squares above, the first below, left and right of a border. */
    private final float[][] above;

    private final float[][] below;
    private final float[][] left;
    private final float[][] right;

    /** The differences across this image's own borders: both of its pairs need them. */
    private double[] ownDown;

    private double[] ownRight;

    private BlockBorders(int side, TileGrid squares, int channels) {
        this.side = side;
        tops = squares.tops();
        lefts = squares.lefts();
        above = new float[side - 1][channels * squares.columns()];
        below = new float[side - 1][channels * squares.columns()];
        left = new float[side - 1][channels * squares.rows()];
        right = new float[side - 1][channels * squares.rows()];
    }

    /**
     * Reads the borders of an image.
     *
     * @param images [M, C, H, W]. Not modified.
     * @param image the image, 0 to M − 1
     * @param grid its blocks
     * @param square the largest side of the squares in pixels, as in {@link TileGrid#refined}; they divide the block
     * @param deviation the standard deviation by which each channel was divided, [C]. Not modified.
     */
    static BlockBorders of(HostArray images, int image, TileGrid grid, int square, double[] deviation) {
        TileGrid fine = grid.refined(square);
        int channels = deviation.length;
        BlockBorders borders = new BlockBorders(grid.rows(), fine, channels);
        float[] plane = new float[grid.height() * grid.width()];
        int downStep = fine.rows() / grid.rows();
        int rightStep = fine.columns() / grid.columns();
        for (int c = 0; c < channels; c++) {
            images.read(((long) image * channels + c) * plane.length, plane, plane.length);
            for (int border = 0; border < borders.side - 1; border++) {
                int row = (border + 1) * downStep;
                int column = (border + 1) * rightStep;
                for (int s = 0; s < fine.columns(); s++) {
                    int at = c * fine.columns() + s;
                    borders.above[border][at] = borders.mean(plane, row - 1, s, deviation[c]);
                    borders.below[border][at] = borders.mean(plane, row, s, deviation[c]);
                }
                for (int s = 0; s < fine.rows(); s++) {
                    int at = c * fine.rows() + s;
                    borders.left[border][at] = borders.mean(plane, s, column - 1, deviation[c]);
                    borders.right[border][at] = borders.mean(plane, s, column, deviation[c]);
                }
            }
        }
        borders.ownDown = borders.down(borders, channels);
        borders.ownRight = borders.right(borders, channels);
        return borders;
    }

    /**
     * Returns how much this image, above a border, differs from itself below it, as {@link #down}.
     *
     * @return [(b−1) b], shared
     */
    double[] ownDown() {
        return ownDown;
    }

    /**
     * Returns how much this image, left of a border, differs from itself right of it, as {@link #right}.
     *
     * @return [b (b−1)], shared
     */
    double[] ownRight() {
        return ownRight;
    }

    private float mean(float[] plane, int row, int column, double scale) {
        int width = lefts[lefts.length - 1];
        float sum = 0;
        int across = lefts[column + 1] - lefts[column];
        for (int y = tops[row]; y < tops[row + 1]; y++) {
            int start = y * width + lefts[column];
            for (int x = start; x < start + across; x++) {
                sum += plane[x];
            }
        }
        return (float) (sum * scale / ((tops[row + 1] - tops[row]) * across));
    }

    /**
     * Computes how much this image, above a border, differs from another one below it: |difference| averaged over channels and
     * the squares along the border.
     *
     * @return [(b−1) b]
     */
    double[] down(BlockBorders other, int channels) {
        double[] differences = new double[(side - 1) * side];
        double[] sums = new double[side];
        for (int border = 0; border < side - 1; border++) {
            differences(above[border], other.below[border], channels, sums);
            System.arraycopy(sums, 0, differences, border * side, side);
        }
        return differences;
    }

    /**
     * Computes how much this image, left of a border, differs from another one right of it.
     *
     * @return [b (b−1)]
     */
    double[] right(BlockBorders other, int channels) {
        double[] differences = new double[side * (side - 1)];
        double[] sums = new double[side];
        for (int border = 0; border < side - 1; border++) {
            differences(left[border], other.right[border], channels, sums);
            for (int block = 0; block < side; block++) {
                differences[block * (side - 1) + border] = sums[block];
            }
        }
        return differences;
    }

    /** Computes the differences along one border, one per block. */
    private void differences(float[] near, float[] far, int channels, double[] means) {
        int squares = near.length / channels / side;
        Arrays.fill(means, 0);
        for (int c = 0; c < channels; c++) {
            for (int s = 0; s < squares; s++) {
                int at = c * squares * side + s;
                for (int block = 0; block < side; block++) {
                    means[block] += Math.abs(near[at + block * squares] - far[at + block * squares]);
                }
            }
        }
        for (int block = 0; block < side; block++) {
            // A pixel that is not finite carries no information on smoothness.
            means[block] = Double.isFinite(means[block]) ? means[block] / (channels * squares) : 0;
        }
    }
}
