package org.guidedmixup.method.puzzle;

import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.tile.TileGrid;

/**
 * The pixels of one image on both sides of the borders between its blocks, averaged over small squares, in units of the image
 * before it was normalised: what the data-local smoothness compares.
 */
final class BlockBorders {
    private final int side;

    /** [border][channel · squares along it]: the last squares above, the first below, left and right of a border. */
    private final float[][] above;

    private final float[][] below;
    private final float[][] left;
    private final float[][] right;

    private BlockBorders(int side, int alongRows, int alongColumns) {
        this.side = side;
        above = new float[side - 1][alongRows];
        below = new float[side - 1][alongRows];
        left = new float[side - 1][alongColumns];
        right = new float[side - 1][alongColumns];
    }

    /**
     * Reads the borders of an image.
     *
     * @param images [M, C, H, W]. Not modified.
     * @param image the image, 0 to M − 1
     * @param grid its blocks
     * @param square the largest side of the squares in pixels; they divide the block
     * @param deviation what each channel was divided by when it was normalised, [C]. Not modified.
     */
    static BlockBorders of(HostArray images, int image, TileGrid grid, int square, double[] deviation) {
        TileGrid fine = grid.refined(square);
        int channels = deviation.length;
        BlockBorders borders = new BlockBorders(grid.rows(), channels * fine.columns(), channels * fine.rows());
        float[] plane = new float[grid.height() * grid.width()];
        int downStep = grid.tileHeight() / fine.tileHeight();
        int rightStep = grid.tileWidth() / fine.tileWidth();
        for (int c = 0; c < channels; c++) {
            images.read(((long) image * channels + c) * plane.length, plane, plane.length);
            for (int border = 0; border < borders.side - 1; border++) {
                int row = (border + 1) * downStep;
                int column = (border + 1) * rightStep;
                for (int s = 0; s < fine.columns(); s++) {
                    int at = c * fine.columns() + s;
                    borders.above[border][at] = mean(plane, fine, row - 1, s, deviation[c]);
                    borders.below[border][at] = mean(plane, fine, row, s, deviation[c]);
                }
                for (int s = 0; s < fine.rows(); s++) {
                    int at = c * fine.rows() + s;
                    borders.left[border][at] = mean(plane, fine, s, column - 1, deviation[c]);
                    borders.right[border][at] = mean(plane, fine, s, column, deviation[c]);
                }
            }
        }
        return borders;
    }

    private static float mean(float[] plane, TileGrid fine, int row, int column, double scale) {
        float sum = 0;
        for (int y = row * fine.tileHeight(); y < (row + 1) * fine.tileHeight(); y++) {
            int start = y * fine.width() + column * fine.tileWidth();
            for (int x = start; x < start + fine.tileWidth(); x++) {
                sum += plane[x];
            }
        }
        return (float) (sum * scale / (fine.tileHeight() * fine.tileWidth()));
    }

    /**
     * How much this image, above a border, differs from another one below it: |difference| averaged over channels and along
     * the border.
     *
     * @return [(b−1) b]
     */
    double[] down(BlockBorders other, int channels) {
        double[] differences = new double[(side - 1) * side];
        for (int border = 0; border < side - 1; border++) {
            for (int block = 0; block < side; block++) {
                differences[border * side + block] = difference(above[border], other.below[border], block, channels);
            }
        }
        return differences;
    }

    /**
     * How much this image, left of a border, differs from another one right of it.
     *
     * @return [b (b−1)]
     */
    double[] right(BlockBorders other, int channels) {
        double[] differences = new double[side * (side - 1)];
        for (int border = 0; border < side - 1; border++) {
            for (int block = 0; block < side; block++) {
                differences[block * (side - 1) + border] =
                        difference(left[border], other.right[border], block, channels);
            }
        }
        return differences;
    }

    private double difference(float[] near, float[] far, int block, int channels) {
        int squares = near.length / channels / side;
        double sum = 0;
        for (int c = 0; c < channels; c++) {
            int start = c * squares * side + block * squares;
            for (int s = start; s < start + squares; s++) {
                sum += Math.abs(near[s] - far[s]);
            }
        }
        // A pixel that is not finite says nothing of smoothness.
        return Double.isFinite(sum) ? sum / (channels * squares) : 0;
    }
}
