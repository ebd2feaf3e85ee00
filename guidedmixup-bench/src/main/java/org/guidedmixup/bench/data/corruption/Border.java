package org.guidedmixup.bench.data.corruption;

/** What lies beyond the border of an image. */
enum Border {
    /** The pixel at the border again and again. */
    REPEATED {
        @Override
        int inside(int position, int size) {
            return Math.min(size - 1, Math.max(0, position));
        }
    },
    /** The mirrored image, the pixel at the border once. */
    REFLECTED {
        @Override
        int inside(int position, int size) {
            if (size == 1) {
                return 0;
            }
            int period = 2 * (size - 1);
            int folded = Math.floorMod(position, period);
            return folded < size ? folded : period - folded;
        }
    },
    /** The mirrored image, the pixel at the border twice. */
    MIRRORED {
        @Override
        int inside(int position, int size) {
            int folded = Math.floorMod(position, 2 * size);
            return folded < size ? folded : 2 * size - 1 - folded;
        }
    };

    /** The pixel that is seen at a position on an axis of so many pixels. */
    abstract int inside(int position, int size);
}
