package org.guidedmixup.bench.data;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.guidedmixup.bench.data.FolderLayout.ClassFiles;

/**
 * Decodes the images of class folders and brings them to one size: it resizes them if the user gave a size, and
 * otherwise requires equal sizes. Classes are decoded in parallel.
 */
final class FolderImages {
    /** RGB has three bytes per pixel. */
    static final int CHANNELS = 3;

    private final Path root;
    private final Path reference;
    private final ImageFile.Size target;
    private final boolean resizing;
    private final DecodingMemory memory;

    /** A file that could not be read, and why. */
    record Unreadable(Path file, String reason) {}

    /** The result of decoding some files of a class. */
    record ClassImages(ClassFiles source, List<byte[]> pixels, List<Unreadable> unreadable) {}

    /** A class split at random. */
    record SplitImages(ClassImages train, ClassImages test) {}

    private FolderImages(Path root, Path reference, ImageFile.Size target, boolean resizing, DecodingMemory memory) {
        this.root = root;
        this.reference = reference;
        this.target = target;
        this.resizing = resizing;
        this.memory = memory;
    }

    /**
     * Chooses the size: the requested one, or that of the first readable file.
     *
     * @param root the data folder
     * @param classes where to look for that file
     * @param imageSize the requested size
     * @param count how many images will be kept
     * @throws DataException if no file can be read, or the images do not fit into the JVM
     */
    static FolderImages like(Path root, List<ClassFiles> classes, OptionalInt imageSize, long count) {
        Path reference = classes.get(0).files().get(0);
        ImageFile.Size target =
                imageSize.isPresent() ? new ImageFile.Size(imageSize.getAsInt(), imageSize.getAsInt()) : null;
        List<Unreadable> unreadable = new ArrayList<>();
        for (int k = 0; k < classes.size() && target == null; k++) {
            for (int i = 0; i < classes.get(k).files().size() && target == null; i++) {
                reference = classes.get(k).files().get(i);
                try {
                    requireInside(root, reference);
                    target = ImageFile.size(reference);
                } catch (IOException e) {
                    unreadable.add(new Unreadable(reference, reason(e)));
                }
            }
        }
        if (target == null) {
            Unreadable first = unreadable.get(0);
            throw new DataException(first.file() + ": unreadable image, like all others: " + first.reason());
        }
        long bytes = count * CHANNELS * target.pixels();
        Memory.require(bytes, count + " images of " + target + " pixels");
        return new FolderImages(root, reference, target, imageSize.isPresent(), new DecodingMemory(Memory.left(bytes)));
    }

    ImageFile.Size target() {
        return target;
    }

    /**
     * {@return the images of every class}
     *
     * @param classes the files
     * @param perClass how many readable images of each class to return, the first ones; all if empty
     */
    List<ClassImages> decode(List<ClassFiles> classes, OptionalInt perClass) {
        return inParallel(classes.size(), k -> decode(classes.get(k), perClass.orElse(Integer.MAX_VALUE)));
    }

    private ClassImages decode(ClassFiles files, int most) {
        List<byte[]> pixels = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (Path file : files.files()) {
            if (pixels.size() == most) {
                break;
            }
            try {
                pixels.add(decode(file));
            } catch (IOException e) {
                unreadable.add(new Unreadable(file, reason(e)));
            }
        }
        return new ClassImages(files, pixels, unreadable);
    }

    /**
     * {@return the images of every class, with unreadable ones left out and then a fifth, rounded, at least one image,
     * drawn for testing}
     *
     * @param classes the files
     * @param numbers a number for every class, part of the seed of its split
     * @param perClass train on this many of each class, the first ones; all if empty
     * @param options the seed of the split, and whether no more files are read than a sample needs
     * @throws DataException if a class has fewer than two images that can be read
     */
    List<SplitImages> split(List<ClassFiles> classes, int[] numbers, OptionalInt perClass, LoadOptions options) {
        return inParallel(classes.size(), k -> split(classes.get(k), numbers[k], perClass, options));
    }

    private SplitImages split(ClassFiles files, int number, OptionalInt perClass, LoadOptions options) {
        long most = options.sample() && perClass.isPresent() ? withTests(perClass.getAsInt()) : Long.MAX_VALUE;
        List<Path> readable = new ArrayList<>();
        List<byte[]> pixels = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (Path file : files.files()) {
            if (readable.size() == most) {
                break;
            }
            try {
                byte[] image = decode(file);
                readable.add(file);
                if (perClass.isEmpty()) {
                    pixels.add(image);
                }
            } catch (IOException e) {
                unreadable.add(new Unreadable(file, reason(e)));
            }
        }
        requireTwo(files, readable, unreadable);
        int[] order = IntStream.range(0, readable.size()).toArray();
        RandomStreams.shuffle(order, RandomStreams.of(options.seed(), number));
        int testCount = Math.max(1, Math.round(order.length / 5f));
        int[] test = Arrays.stream(order, 0, testCount).sorted().toArray();
        int[] train = Arrays.stream(order, testCount, order.length)
                .sorted()
                .limit(perClass.orElse(order.length))
                .toArray();
        // With few images per class most are left out and not kept in memory: those in use are decoded again.
        IntFunction<byte[]> image = i -> perClass.isEmpty() ? pixels.get(i) : decodeAgain(readable.get(i));
        return new SplitImages(
                new ClassImages(files, Arrays.stream(train).mapToObj(image).toList(), unreadable),
                new ClassImages(files, Arrays.stream(test).mapToObj(image).toList(), List.of()));
    }

    /** Returns how many images are enough to train on so many after a fifth, rounded, is drawn for testing. */
    static long withTests(int perClass) {
        return perClass * 5L / 4 + 1;
    }

    private static void requireTwo(ClassFiles files, List<Path> readable, List<Unreadable> unreadable) {
        if (readable.size() < 2) {
            String others = unreadable.isEmpty()
                    ? ""
                    : "; unreadable: " + unreadable.get(0).file() + ": "
                            + unreadable.get(0).reason()
                            + (unreadable.size() > 1 ? " and " + (unreadable.size() - 1) + " more" : "");
            throw new DataException(
                    (readable.isEmpty() ? files.files().get(0) : readable.get(0)).getParent() + ": class '"
                            + files.name() + "' has " + readable.size()
                            + " readable images, expected at least 2 to split into training and test" + others);
        }
    }

    private byte[] decodeAgain(Path file) {
        try {
            return decode(file);
        } catch (IOException e) {
            throw new DataException(file + ": could be read once, but not again: " + reason(e), e);
        }
    }

    private byte[] decode(Path file) throws IOException {
        requireInside(root, file);
        try (DecodingMemory.Share share = memory.share()) {
            ImageFile.Decoded image = ImageFile.read(file, size -> {
                requireTargetSize(file, size);
                share.take(size);
            });
            ImageFile.Size own = image.size();
            return own.equals(target)
                    ? image.pixels()
                    : new TriangleResize(own.height(), own.width(), target.height(), target.width())
                            .apply(image.pixels(), CHANNELS);
        }
    }

    private void requireTargetSize(Path file, ImageFile.Size own) {
        if (!resizing && !own.equals(target)) {
            throw new DataException(file + " is " + own + " pixels but " + reference + " is " + target
                    + ": use --image-size N to bring all images to N x N");
        }
    }

    private static void requireInside(Path root, Path file) throws IOException {
        if (!DataFolder.isInside(root, file)) {
            throw new IOException("a link out of the data folder");
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        return e instanceof FileSystemException
                ? e.getClass().getSimpleName().replace("Exception", "") + " " + message
                : message;
    }

    private static <T> List<T> inParallel(int count, IntFunction<T> task) {
        return IntStream.range(0, count).parallel().mapToObj(task).toList();
    }
}
