package org.guidedmixup.bench.data;

/**
 * A data set, split into training and test images.
 *
 * @param train what to train on
 * @param test what to report accuracy on; same classes and image shape as {@code train}
 * @param skippedFiles how many unreadable image files were left out of both
 */
public record ImageData(ImageSet train, ImageSet test, int skippedFiles) {
    /**
     * Checks the two sets.
     *
     * @throws IllegalArgumentException if the two sets differ in classes or image shape
     */
    public ImageData {
        if (!train.classNames().equals(test.classNames())) {
            throw new IllegalArgumentException(
                    "test: expected the classes of train, " + train.classNames() + ", got " + test.classNames());
        }
        if (train.channels() != test.channels() || train.height() != test.height() || train.width() != test.width()) {
            throw new IllegalArgumentException(
                    "test: expected images of " + train.shapeText() + " as in train, got " + test.shapeText());
        }
    }
}
