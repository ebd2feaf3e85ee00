package org.guidedmixup.bench.data;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Applies {@link LoadOptions} to images already in memory. */
final class Selection {
    private Selection() {}

    /**
     * {@return the images left, labels renumbered 0 to K - 1 in alphabetical order of the class names if classes were
     * chosen}
     *
     * @param train all training images
     * @param test all test images
     * @param options classes, images per class and size to keep
     */
    static ImageData apply(ImageSet train, ImageSet test, LoadOptions options) {
        ImageSet keptTrain = train;
        ImageSet keptTest = test;
        if (options.classes().isPresent()) {
            List<String> kept = classes(train.classNames(), options.classes());
            keptTrain = only(train, kept);
            keptTest = only(test, kept);
        }
        if (options.perClass().isPresent()) {
            keptTrain = firstOfEachClass(keptTrain, options.perClass().getAsInt(), options.neededPerClass());
        }
        if (keptTrain.size() == 0 || keptTest.size() == 0) {
            throw new DataException("no " + (keptTrain.size() == 0 ? "training" : "test") + " images in the classes "
                    + keptTrain.classNames());
        }
        if (options.imageSize().isPresent()) {
            int side = options.imageSize().getAsInt();
            return new ImageData(keptTrain.resized(side, side), keptTest.resized(side, side), 0);
        }
        return new ImageData(keptTrain, keptTest, 0);
    }

    /**
     * {@return the names at i·n/K of the alphabetical order, i = 0 to K - 1; all names, unsorted, if K is empty}
     *
     * @param names n class names in any order. Not modified
     * @param count K
     */
    static List<String> classes(List<String> names, OptionalInt count) {
        if (count.isEmpty()) {
            return names;
        }
        int kept = count.getAsInt();
        if (kept > names.size()) {
            throw new DataException(
                    "--classes " + kept + ": expected at most " + names.size() + ", the number of classes in the data");
        }
        List<String> sorted = names.stream().sorted().toList();
        return IntStream.range(0, kept)
                .mapToObj(i -> sorted.get((int) ((long) i * names.size() / kept)))
                .toList();
    }

    /** Returns the error for a class with fewer training images than requested. */
    static DataException tooFew(String className, int found, int perClass) {
        return new DataException(
                "--per-class " + perClass + ": class '" + className + "' has only " + found + " training images");
    }

    private static ImageSet only(ImageSet images, List<String> classNames) {
        int[] newLabel =
                images.classNames().stream().mapToInt(classNames::indexOf).toArray();
        int[] indices = IntStream.range(0, images.size())
                .filter(i -> newLabel[images.label(i)] >= 0)
                .toArray();
        byte[][] pixels = Arrays.stream(indices).mapToObj(images::pixels).toArray(byte[][]::new);
        int[] labels =
                Arrays.stream(indices).map(i -> newLabel[images.label(i)]).toArray();
        return new ImageSet(pixels, labels, classNames, images.channels(), images.height(), images.width());
    }

    private static ImageSet firstOfEachClass(ImageSet images, int perClass, int needed) {
        int[] found = new int[images.classes()];
        int[] indices = IntStream.range(0, images.size())
                .filter(i -> found[images.label(i)]++ < perClass)
                .toArray();
        for (int k = 0; k < found.length; k++) {
            if (found[k] < needed) {
                throw tooFew(images.classNames().get(k), found[k], needed);
            }
        }
        return images.subset(indices);
    }
}
