package org.guidedmixup.bench.data;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** The parts of a shape picture that are not outlines: the background under it and the camera noise over it. */
final class ShapeTexture {
    private static final double MAX_NOISE = 12;

    private ShapeTexture() {}

    /**
     * Draws a gradient between two colours, soft blotches at two scales and, on every other picture, stripes.
     *
     * @param canvas square. Modified
     * @param random source of the random numbers
     */
    static void background(BufferedImage canvas, SplittableRandom random) {
        int side = canvas.getWidth();
        double[][][] coarse = grids(5, random);
        double[][][] fine = grids(11, random);
        double[] from = color(random);
        double[] to = color(random);
        double angle = random.nextDouble() * 2 * Math.PI;
        double coarseStrength = 15 + random.nextDouble() * 30;
        double fineStrength = 5 + random.nextDouble() * 35;
        double stripeStrength = random.nextInt(2) * random.nextDouble() * 30;
        double stripeFrequency = 12 + random.nextDouble() * 40;
        double stripeAngle = random.nextDouble() * 2 * Math.PI;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double u = (x + 0.5) / side;
                double v = (y + 0.5) / side;
                double along = 0.5 + (u - 0.5) * Math.cos(angle) + (v - 0.5) * Math.sin(angle);
                double wave = Math.sin(stripeFrequency * (u * Math.cos(stripeAngle) + v * Math.sin(stripeAngle)));
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    double value = from[c]
                            + (to[c] - from[c]) * along
                            + coarseStrength * smooth(coarse[c], u, v)
                            + fineStrength * smooth(fine[c], u, v)
                            + stripeStrength * wave;
                    rgb = rgb << 8 | clip(value);
                }
                canvas.setRGB(x, y, rgb);
            }
        }
    }

    /**
     * {@return [3, side, side] unsigned bytes with normally distributed noise of a random strength added}
     *
     * @param canvas square. Not modified
     * @param random source of the random numbers
     */
    static byte[] noisyPlanes(BufferedImage canvas, SplittableRandom random) {
        int side = canvas.getWidth();
        double strength = random.nextDouble() * MAX_NOISE;
        byte[] pixels = new byte[3 * side * side];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    int value = canvas.getRGB(x, y) >> (16 - 8 * c) & 0xff;
                    pixels[(c * side + y) * side + x] = (byte) clip(value + strength * normal(random));
                }
            }
        }
        return pixels;
    }

    /** Returns the sum of twelve uniform numbers minus six: close to normal, and the same in every Java version. */
    private static double normal(SplittableRandom random) {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }

    private static double[] color(SplittableRandom random) {
        return new double[] {random.nextInt(60, 196), random.nextInt(60, 196), random.nextInt(60, 196)};
    }

    /** {@return three grids of numbers in [-1, 1), one per channel, each half noise common to all} */
    private static double[][][] grids(int cells, SplittableRandom random) {
        double[][][] grids = new double[3][cells][cells];
        for (int row = 0; row < cells; row++) {
            for (int column = 0; column < cells; column++) {
                double common = random.nextDouble() * 2 - 1;
                for (int c = 0; c < 3; c++) {
                    grids[c][row][column] = (common + random.nextDouble() * 2 - 1) / 2;
                }
            }
        }
        return grids;
    }

    /** Interpolates the grid bilinearly, u and v in [0, 1]. */
    private static double smooth(double[][] grid, double u, double v) {
        double x = u * (grid.length - 1);
        double y = v * (grid.length - 1);
        int column = Math.min(grid.length - 2, (int) x);
        int row = Math.min(grid.length - 2, (int) y);
        double fx = x - column;
        double fy = y - row;
        double top = grid[row][column] * (1 - fx) + grid[row][column + 1] * fx;
        double bottom = grid[row + 1][column] * (1 - fx) + grid[row + 1][column + 1] * fx;
        return top * (1 - fy) + bottom * fy;
    }

    private static int clip(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }
}
