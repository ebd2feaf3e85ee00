package org.guidedmixup.filter;

/**
 * Bilinear resize to a fixed size with aligned corners: the centres of the corner pixels stay in place, and everything between
 * them is interpolated. No anti-aliasing; the aspect ratio is not preserved. A result side of one pixel is the first row or
 * column.
 */
public final class AlignedResize extends SeparableFilter {
    private static final long serialVersionUID = 1L;

    /**
     * Makes a resize.
     *
     * @param height the height of the result in pixels, at least 1
     * @param width the width of the result in pixels, at least 1
     * @throws IllegalArgumentException if either is below 1
     */
    public AlignedResize(int height, int width) {
        super(new Taps("height", height), new Taps("width", width));
    }

    private static final class Taps extends AxisMatrix {
        private static final long serialVersionUID = 1L;

        private final int outputs;

        Taps(String name, int outputs) {
            if (outputs < 1) {
                throw new IllegalArgumentException(name + ": expected at least 1, got " + outputs);
            }
            this.outputs = outputs;
        }

        @Override
        public float[][] compute(int length) {
            float[][] matrix = new float[length][outputs];
            for (int output = 0; output < outputs; output++) {
                long numerator = (long) output * (length - 1);
                int intervals = Math.max(1, outputs - 1);
                int low = (int) (numerator / intervals);
                float share = (float) (numerator % intervals) / intervals;
                matrix[low][output] += 1 - share;
                matrix[Math.min(low + 1, length - 1)][output] += share;
            }
            return matrix;
        }
    }
}
