package org.guidedmixup.bench.model;

/**
 * The shape of one image.
 *
 * @param channels at least 1
 * @param height   in pixels, at least 1
 * @param width    in pixels, at least 1
 */
public record ImageShape(int channels, int height, int width) {

    /** Checks the sizes. */
    public ImageShape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "image shape: expected sizes of at least 1, got [" + channels + ", " + height + ", " + width + "]");
        }
    }
}
