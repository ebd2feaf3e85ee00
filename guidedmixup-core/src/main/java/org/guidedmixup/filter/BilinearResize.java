package org.guidedmixup.filter;

/**
 * Bilinear resize to a fixed size: half-pixel centres, no anti-aliasing, edges clamped. The aspect ratio is not preserved.
 */
public final class BilinearResize extends SeparableFilter {
    private static final long serialVersionUID = 1L;

    /**
     * Makes a resize.
     *
     * @param height the height of the result in pixels, at least 1
     * @param width the width of the result in pixels, at least 1
     * @throws IllegalArgumentException if either is below 1
     */
    public BilinearResize(int height, int width) {
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
                double position = Math.max(0, (output + 0.5) * length / outputs - 0.5);
                int low = Math.min((int) position, length - 1);
                int high = Math.min(low + 1, length - 1);
                float share = (float) (position - low);
                matrix[low][output] += 1 - share;
                matrix[high][output] += share;
            }
            return matrix;
        }
    }
}
