package org.guidedmixup.bench.data.corruption;

import java.util.SplittableRandom;

/** Clouds by the diamond-square algorithm (Fournier, Fussell and Carpenter 1982) on a torus. */
final class Plasma {
    private static final double ROUGHNESS = 100;

    private final int size;
    private final double[][] heights;
    private final SplittableRandom random;

    private Plasma(int size, SplittableRandom random) {
        this.size = size;
        this.heights = new double[size][size];
        this.random = random;
    }

    /**
     * Draws clouds.
     *
     * @param decay how much less rough each finer step is
     * @return [H, W], lowest 0, highest 1 over the square that the image is the upper left of
     */
    static float[] draw(int height, int width, double decay, SplittableRandom random) {
        int side = Math.max(2, Math.max(height, width));
        int size = Integer.highestOneBit(side - 1) << 1;
        Plasma plasma = new Plasma(size, random);
        plasma.fill(decay);
        return plasma.upperLeft(height, width);
    }

    private void fill(double decay) {
        double roughness = ROUGHNESS;
        for (int step = size; step >= 2; step /= 2) {
            int half = step / 2;
            for (int y = 0; y < size; y += step) {
                for (int x = 0; x < size; x += step) {
                    double corners = at(y, x) + at(y + step, x) + at(y, x + step) + at(y + step, x + step);
                    heights[y + half][x + half] = around(corners, roughness);
                }
            }
            for (int y = 0; y < size; y += step) {
                for (int x = 0; x < size; x += step) {
                    heights[y][x + half] = around(
                            at(y, x) + at(y, x + step) + at(y + half, x + half) + at(y - half, x + half), roughness);
                    heights[y + half][x] = around(
                            at(y, x) + at(y + step, x) + at(y + half, x + half) + at(y + half, x - half), roughness);
                }
            }
            roughness /= decay;
        }
    }

    private double around(double fourHeights, double roughness) {
        return fourHeights / 4 + roughness * roughness * (2 * random.nextDouble() - 1);
    }

    private double at(int y, int x) {
        return heights[Math.floorMod(y, size)][Math.floorMod(x, size)];
    }

    private float[] upperLeft(int height, int width) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] row : heights) {
            for (double value : row) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        float[] part = new float[height * width];
        for (int p = 0; p < part.length; p++) {
            part[p] = (float) ((heights[p / width][p % width] - low) / (high - low));
        }
        return part;
    }
}
