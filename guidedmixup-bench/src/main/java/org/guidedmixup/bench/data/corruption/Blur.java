package org.guidedmixup.bench.data.corruption;

import org.guidedmixup.bench.data.Border;

/** Weighted means of neighbouring pixels. */
final class Blur {
    private Blur() {}

    /**
     * Applies a separable Gaussian.
     *
     * @param sigma    standard deviation in pixels; 0 returns the picture unchanged
     * @param truncate reach in standard deviations
     */
    static Picture gaussian(Picture x, double sigma, double truncate, Border border) {
        int reach = (int) (truncate * sigma + 0.5);
        if (reach == 0) {
            return x;
        }
        double[] weights = new double[2 * reach + 1];
        for (int i = -reach; i <= reach; i++) {
            weights[i + reach] = Math.exp(-0.5 * i * i / (sigma * sigma));
        }
        normalize(weights);
        Picture across = alongAxis(x, weights, reach, 0, 1, border);
        return alongAxis(across, weights, reach, 1, 0, border);
    }

    /** Applies scikit-image's Gaussian: four standard deviations, borders repeated. */
    static Picture gaussian(Picture x, double sigma) {
        return gaussian(x, sigma, 4, Border.REPEATED);
    }

    private static Picture alongAxis(Picture x, double[] weights, int reach, int down, int right, Border border) {
        return x.map((value, c, p) -> {
            double sum = 0;
            for (int i = -reach; i <= reach; i++) {
                sum += weights[i + reach] * x.pixel(c, x.row(p) + i * down, x.column(p) + i * right, border);
            }
            return sum;
        });
    }

    /**
     * Blurs by a disk with a smoothed edge.
     *
     * @param radius pixels
     * @param alias  standard deviation of the 3 x 3 Gaussian over the disk
     */
    static Picture defocus(Picture x, double radius, double alias) {
        int reach = (int) Math.floor(radius) + 1;
        double[][] disk = new double[2 * reach + 1][2 * reach + 1];
        double[] edge = {Math.exp(-0.5 / (alias * alias)), 1, Math.exp(-0.5 / (alias * alias))};
        normalize(edge);
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
            for (int j = -reach; j <= reach; j++) {
                sum += i * i + j * j <= radius * radius ? 1 : 0;
                for (int a = -1; a <= 1; a++) {
                    for (int b = -1; b <= 1; b++) {
                        boolean inside = (i + a) * (i + a) + (j + b) * (j + b) <= radius * radius;
                        disk[i + reach][j + reach] += inside ? edge[a + 1] * edge[b + 1] : 0;
                    }
                }
            }
        }
        double area = sum;
        return x.map((value, c, p) -> {
            double mean = 0;
            for (int i = -reach; i <= reach; i++) {
                for (int j = -reach; j <= reach; j++) {
                    mean += disk[i + reach][j + reach]
                            / area
                            * x.pixel(c, x.row(p) + i, x.column(p) + j, Border.REFLECTED);
                }
            }
            return mean;
        });
    }

    /**
     * Blurs along the trace of a moving camera: a line of pixels with the weights of half a Gaussian. Our own, in place
     * of ImageMagick's.
     *
     * @param radius pixels; the line has 2 radius + 1
     * @param sigma  of the weights, pixels
     * @param angle  degrees
     */
    static Picture motion(Picture x, int radius, double sigma, double angle) {
        double[] weights = new double[2 * radius + 1];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(-0.5 * i * i / (sigma * sigma));
        }
        normalize(weights);
        double down = Math.sin(Math.toRadians(angle));
        double right = Math.cos(Math.toRadians(angle));
        return x.map((value, c, p) -> {
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                int row = x.row(p) + (int) Math.round(i * down);
                int column = x.column(p) + (int) Math.round(i * right);
                sum += weights[i] * x.pixel(c, row, column, Border.REPEATED);
            }
            return sum;
        });
    }

    private static void normalize(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
    }
}
