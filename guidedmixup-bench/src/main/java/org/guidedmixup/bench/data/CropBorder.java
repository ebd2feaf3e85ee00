package org.guidedmixup.bench.data;

import java.util.Locale;

/** What the random shift of a training image brings in from beyond its border. */
public enum CropBorder {
    /**
     * Black. torchvision's RandomCrop with padding does this to images before they are normalised, and the released code
     * of the paper trains so on CIFAR-100 and Tiny-ImageNet.
     */
    BLACK {
        @Override
        int inside(int position, int size) {
            return position < 0 || position >= size ? OUTSIDE : position;
        }
    },
    /** The mirrored image, without repeating the border pixel, as PyTorch's padding mode {@code reflect}. */
    REFLECT {
        @Override
        int inside(int position, int size) {
            return Border.REFLECTED.inside(position, size);
        }
    },
    /** The border pixel, repeated. */
    EDGE {
        @Override
        int inside(int position, int size) {
            return Border.REPEATED.inside(position, size);
        }
    },
    /** The mean colour of the {@link Normalization}, which becomes 0; black without normalisation. */
    MEAN {
        @Override
        int inside(int position, int size) {
            return BLACK.inside(position, size);
        }

        @Override
        float outside(float black) {
            return 0;
        }
    };

    /** What trainings use that follow no published protocol: two points better than black, with every method. */
    public static final CropBorder DEFAULT = REFLECT;

    /** The position of what is not in the image. */
    static final int OUTSIDE = -1;

    /**
     * {@return the pixel seen at a position on an axis, 0 to size - 1, or {@link #OUTSIDE}}
     *
     * @param position any number
     * @param size pixels of the axis, at least 1
     */
    abstract int inside(int position, int size);

    /**
     * {@return the normalised value of pixels that are outside the image}
     *
     * @param black the normalised value of black
     */
    float outside(float black) {
        return black;
    }

    /** Returns the name on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
