package org.guidedmixup.bench.data;

/**
 * The usual random changes to a training image: a crop of the image's own size, taken after adding a border
 * (torchvision's RandomCrop with padding), then a horizontal flip.
 *
 * @param padding width of the border in pixels, at least 0; the image shifts by up to this many pixels each way
 * @param border what the border shows
 * @param flipProbability probability of the flip, 0 to 1
 */
public record Augmentation(int padding, CropBorder border, double flipProbability) {
    /** No changes. */
    public static final Augmentation NONE = new Augmentation(0, CropBorder.DEFAULT, 0);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Augmentation {
        if (padding < 0 || !(flipProbability >= 0 && flipProbability <= 1)) {
            throw new IllegalArgumentException("padding, flipProbability: expected at least 0 and 0 to 1, got "
                    + padding + " and " + flipProbability);
        }
    }

    /**
     * {@return a border of an eighth of the shorter side (4 pixels for 32 x 32) and a flip with probability 0.5}
     *
     * @param images the images to augment
     */
    public static Augmentation cropAndFlip(ImageSet images) {
        return new Augmentation(crop(images).padding(), CropBorder.DEFAULT, 0.5);
    }

    /**
     * {@return a border of an eighth of the shorter side and no flip}
     *
     * @param images the images to augment, such as digits, whose mirror images mean nothing
     */
    public static Augmentation crop(ImageSet images) {
        return new Augmentation(Math.min(images.height(), images.width()) / 8, CropBorder.DEFAULT, 0);
    }

    /**
     * {@return the same changes with another border}
     *
     * @param value what the border shows
     */
    public Augmentation withBorder(CropBorder value) {
        return new Augmentation(padding, value, flipProbability);
    }
}
