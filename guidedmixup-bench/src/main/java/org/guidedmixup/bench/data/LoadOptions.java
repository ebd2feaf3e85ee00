package org.guidedmixup.bench.data;

import java.util.OptionalInt;

/**
 * How much of a data set to load, and at which size.
 *
 * @param classes keep this many classes: of n classes in alphabetical order those at i·n/classes, i = 0, 1, …
 *     (20 of CIFAR-100: every fifth); at least 1. Empty: all
 * @param perClass train on this many images per class, the first in file order, so that others can repeat the choice;
 *     at least 1. Empty: all. The test images stay as they are
 * @param imageSize resize every image to this many pixels in height and width (the aspect ratio is not kept), 4 to
 *     2048. Empty: leave the images as they are
 * @param sample whether the images are only looked at: a class may have fewer training images than perClass, which
 *     is otherwise an error, and of a folder no more is decoded than needed
 * @param strict whether an unreadable image file is an error, not a warning
 * @param seed draws the split of a folder without splits, and the embedded shapes
 */
public record LoadOptions(
        OptionalInt classes, OptionalInt perClass, boolean sample, OptionalInt imageSize, boolean strict, long seed) {
    private static final long CHOICE = 4;

    /**
     * Checks the ranges.
     *
     * @throws DataException if a number is out of its range
     */
    public LoadOptions {
        requireRange("classes", classes, 1, Integer.MAX_VALUE);
        requireRange("per-class", perClass, 1, Integer.MAX_VALUE);
        requireRange("image-size", imageSize, 4, 2048);
    }

    /**
     * Returns options that load everything at its own size and skip unreadable files.
     *
     * @param seed see {@link #seed()}
     * @return the options
     */
    public static LoadOptions all(long seed) {
        return new LoadOptions(OptionalInt.empty(), OptionalInt.empty(), false, OptionalInt.empty(), false, seed);
    }

    /**
     * {@return these options with another number of classes}
     *
     * @param count see {@link #classes()}
     */
    public LoadOptions withClasses(int count) {
        return new LoadOptions(OptionalInt.of(count), perClass, sample, imageSize, strict, seed);
    }

    /**
     * {@return these options with another number of training images per class}
     *
     * @param count see {@link #perClass()}
     */
    public LoadOptions withPerClass(int count) {
        return new LoadOptions(classes, OptionalInt.of(count), false, imageSize, strict, seed);
    }

    /**
     * {@return these options for choosing a few images to look at: at most so many training images per class, all of a
     * class that has fewer}
     *
     * @param count the number of images that will be chosen, at least 1
     */
    public LoadOptions withSample(int count) {
        return new LoadOptions(classes, OptionalInt.of(count), true, imageSize, strict, seed);
    }

    /**
     * {@return the number of training images per class that are decoded of a folder; of a sample a choice of four for
     * every image, as far as each class then has one}
     *
     * @param count the number of classes
     */
    OptionalInt perClassOf(int count) {
        if (!sample || perClass.isEmpty()) {
            return perClass;
        }
        int wanted = perClass.getAsInt();
        long each = Math.max(1, (CHOICE * wanted + count - 1) / count);
        return OptionalInt.of((int) Math.min(wanted, each));
    }

    /** {@return the number of training images that a class must have; 0 if any number will do} */
    int neededPerClass() {
        return sample ? 0 : perClass.orElse(0);
    }

    /**
     * {@return these options with another size}
     *
     * @param side see {@link #imageSize()}
     */
    public LoadOptions withImageSize(int side) {
        return new LoadOptions(classes, perClass, sample, OptionalInt.of(side), strict, seed);
    }

    /** {@return these options with unreadable files as errors} */
    public LoadOptions withStrict() {
        return new LoadOptions(classes, perClass, sample, imageSize, true, seed);
    }

    private static void requireRange(String option, OptionalInt value, int low, int high) {
        if (value.isPresent() && (value.getAsInt() < low || value.getAsInt() > high)) {
            String range = high == Integer.MAX_VALUE ? "at least " + low : "between " + low + " and " + high;
            throw new DataException("--" + option + " " + value.getAsInt() + ": expected " + range);
        }
    }
}
