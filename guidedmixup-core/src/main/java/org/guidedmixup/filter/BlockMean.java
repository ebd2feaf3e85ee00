package org.guidedmixup.filter;

/**
 * Shrinks maps to the means of square blocks: [M, H, W] becomes [M, ceil(H / side), ceil(W / side)]. Blocks cut off by the
 * lower or right edge are means of the pixels they have.
 */
public final class BlockMean extends SeparableFilter {
    private static final long serialVersionUID = 1L;

    /**
     * Makes a block mean.
     *
     * @param side the side of a block in pixels, at least 1
     * @throws IllegalArgumentException if the side is not positive
     */
    public BlockMean(int side) {
        super(new Taps(side), new Taps(side));
    }

    private static final class Taps extends AxisMatrix {
        private static final long serialVersionUID = 1L;

        private final int side;

        Taps(int side) {
            if (side < 1) {
                throw new IllegalArgumentException("side: expected at least 1, got " + side);
            }
            this.side = side;
        }

        @Override
        public float[][] compute(int length) {
            int outputs = (length + side - 1) / side;
            float[][] matrix = new float[length][outputs];
            for (int input = 0; input < length; input++) {
                int output = input / side;
                int inBlock = Math.min(side, length - output * side);
                matrix[input][output] = 1f / inBlock;
            }
            return matrix;
        }
    }
}
