package org.guidedmixup.bench.data;

/** How an image continues beyond its border. */
public enum Border {
    /** The border pixel, repeated. */
    REPEATED {
        @Override
        public int inside(int position, int size) {
            return Math.min(size - 1, Math.max(0, position));
        }
    },
    /** The mirrored image, without repeating the border pixel. */
    REFLECTED {
        @Override
        public int inside(int position, int size) {
            if (size == 1) {
                return 0;
            }
            int period = 2 * (size - 1);
            int folded = Math.floorMod(position, period);
            return folded < size ? folded : period - folded;
        }
    },
    /** The mirrored image, with the border pixel repeated. */
    MIRRORED {
        @Override
        public int inside(int position, int size) {
            int folded = Math.floorMod(position, 2 * size);
            return folded < size ? folded : 2 * size - 1 - folded;
        }
    };

    /**
     * {@return the pixel seen at a position on an axis, 0 to size - 1}
     *
     * @param position any number
     * @param size pixels of the axis, at least 1
     */
    public abstract int inside(int position, int size);
}
