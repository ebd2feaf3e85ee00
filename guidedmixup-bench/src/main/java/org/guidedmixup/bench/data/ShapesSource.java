package org.guidedmixup.bench.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The embedded data: ten classes of shapes of random position, size, rotation and colour on cluttered backgrounds,
 * drawn from the seed. 100 training images per class, or as many as {@link LoadOptions#perClass()} says (also more),
 * and 50 test images per class; RGB, 32 x 32 or as large as {@link LoadOptions#imageSize()} says. The same on every run
 * of the same Java version; another version may smooth an edge differently.
 */
final class ShapesSource implements DataSource {
    private static final int SIDE = 32;
    private static final int TRAIN_PER_CLASS = 100;
    private static final int TEST_PER_CLASS = 50;
    private static final long TRAIN = 0;
    private static final long TEST = 1;

    @Override
    public ImageData load(LoadOptions options) {
        int side = options.imageSize().orElse(SIDE);
        List<String> names = Selection.classes(
                Arrays.stream(ShapeOutline.values())
                        .map(ShapeOutline::className)
                        .toList(),
                options.classes());
        int trainPerClass = options.perClass().orElse(TRAIN_PER_CLASS);
        requireMemory((long) names.size() * (trainPerClass + TEST_PER_CLASS), side);
        return new ImageData(
                draw(names, trainPerClass, side, options.seed(), TRAIN),
                draw(names, TEST_PER_CLASS, side, options.seed(), TEST),
                0);
    }

    private static void requireMemory(long images, int side) {
        String what = images + " shapes of " + side + " x " + side + " pixels";
        if (images > Integer.MAX_VALUE / 2) {
            throw new DataException(what + ": expected at most " + Integer.MAX_VALUE / 2);
        }
        Memory.require(images * 3 * side * side, what);
    }

    private static ImageSet draw(List<String> names, int perClass, int side, long seed, long split) {
        byte[][] pixels = IntStream.range(0, names.size() * perClass)
                .parallel()
                .mapToObj(i -> {
                    ShapeOutline shape = outline(names.get(i / perClass));
                    var random = RandomStreams.of(seed, split, shape.className().hashCode(), i % perClass);
                    return new ShapeScene(side, random).draw(shape);
                })
                .toArray(byte[][]::new);
        int[] labels = IntStream.range(0, pixels.length).map(i -> i / perClass).toArray();
        return new ImageSet(pixels, labels, names, 3, side, side);
    }

    private static ShapeOutline outline(String className) {
        return Arrays.stream(ShapeOutline.values())
                .filter(shape -> shape.className().equals(className))
                .findFirst()
                .orElseThrow();
    }
}
