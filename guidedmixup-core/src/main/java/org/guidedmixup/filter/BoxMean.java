package org.guidedmixup.filter;

/** Mean over a square box with replicated borders: a position outside the map counts as the nearest edge pixel. */
public final class BoxMean extends SeparableFilter {
    private static final long serialVersionUID = 1L;

    /**
     * Makes a box mean.
     *
     * @param side the side of the box in pixels, odd
     * @throws IllegalArgumentException if the side is even or not positive
     */
    public BoxMean(int side) {
        super(new Taps(side), new Taps(side));
    }

    private static final class Taps extends AxisMatrix {
        private static final long serialVersionUID = 1L;

        private final int side;

        Taps(int side) {
            if (side < 1 || side % 2 == 0) {
                throw new IllegalArgumentException("side: expected an odd number of at least 1, got " + side);
            }
            this.side = side;
        }

        @Override
        public float[][] compute(int length) {
            float[][] matrix = new float[length][length];
            for (int output = 0; output < length; output++) {
                for (int d = -side / 2; d <= side / 2; d++) {
                    int input = Math.max(0, Math.min(length - 1, output + d));
                    matrix[input][output] += 1f / side;
                }
            }
            return matrix;
        }
    }
}
