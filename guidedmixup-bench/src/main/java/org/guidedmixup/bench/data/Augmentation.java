package org.guidedmixup.bench.data;

/**
 * The usual random changes of a training image: a crop of its own size out of the image with a black border around it
 * (torchvision's RandomCrop with padding), then a horizontal flip.
 *
 * @param padding width of the border in pixels, at least 0; the image shifts by up to so many pixels each way
 * @param flipProbability of the flip, 0 to 1
 */
public record Augmentation(int padding, double flipProbability) {
    /** Images as they are. */
    public static final Augmentation NONE = new Augmentation(0, 0);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Augmentation {
        if (padding < 0 || !(flipProbability >= 0 && flipProbability <= 1)) {
            throw new IllegalArgumentException("padding " + padding + ", flip probability " + flipProbability);
        }
    }

    /**
     * {@return a border of an eighth of the shorter side (4 pixels for 32 x 32) and a flip of every other image}
     *
     * @param images what to augment
     */
    public static Augmentation cropAndFlip(ImageSet images) {
        return new Augmentation(crop(images).padding(), 0.5);
    }

    /**
     * {@return a border of an eighth of the shorter side and no flip}
     *
     * @param images what to augment, such as digits, whose mirror images mean nothing
     */
    public static Augmentation crop(ImageSet images) {
        return new Augmentation(Math.min(images.height(), images.width()) / 8, 0);
    }
}
