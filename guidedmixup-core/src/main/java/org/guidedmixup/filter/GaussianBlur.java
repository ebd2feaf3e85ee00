package org.guidedmixup.filter;

/**
 * Gaussian blur with reflected borders (the edge pixel is not repeated): taps ∝ exp(−d² / 2σ²), normalised.
 *
 * <p>O(M H W (H + W)) as matrix products. Maps smaller than the kernel are reflected repeatedly.
 */
public final class GaussianBlur extends SeparableFilter {
    private static final long serialVersionUID = 1L;

    /**
     * Makes a blur.
     *
     * @param kernel the number of taps along each axis, odd
     * @param sigma the standard deviation in pixels, above 0
     * @throws IllegalArgumentException if the kernel is even or not positive, or sigma is not above 0
     */
    public GaussianBlur(int kernel, double sigma) {
        super(new Taps(kernel, sigma), new Taps(kernel, sigma));
    }

    private static final class Taps extends AxisMatrix {
        private static final long serialVersionUID = 1L;

        private final int radius;
        private final double sigma;

        Taps(int kernel, double sigma) {
            if (kernel < 1 || kernel % 2 == 0) {
                throw new IllegalArgumentException("kernel: expected an odd number of at least 1, got " + kernel);
            }
            if (!(sigma > 0 && Double.isFinite(sigma))) {
                throw new IllegalArgumentException("sigma: expected a finite number above 0, got " + sigma);
            }
            this.radius = kernel / 2;
            this.sigma = sigma;
        }

        @Override
        public float[][] compute(int length) {
            double total = 0;
            for (int d = -radius; d <= radius; d++) {
                total += tap(d);
            }
            float[][] matrix = new float[length][length];
            for (int output = 0; output < length; output++) {
                for (int d = -radius; d <= radius; d++) {
                    matrix[reflect(output + d, length)][output] += (float) (tap(d) / total);
                }
            }
            return matrix;
        }

        private double tap(int distance) {
            return Math.exp(-distance * distance / (2 * sigma * sigma));
        }

        /** Returns the pixel shown at a position outside the map: … 2 1 | 0 1 2 … n−1 | n−2 … */
        private static int reflect(int position, int length) {
            if (length == 1) {
                return 0;
            }
            int period = 2 * (length - 1);
            int folded = Math.floorMod(position, period);
            return Math.min(folded, period - folded);
        }
    }
}
