package org.guidedmixup.bench.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.guidedmixup.bench.data.FolderLayout.ClassFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Image files in a folder a class, see {@link FolderLayout}; always RGB. Classes are decoded in parallel. Files that
 * cannot be read are left out with a warning, or are an error if strict.
 */
final class FolderSource implements DataSource {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSource.class);
    private static final int CHANNELS = 3;
    private static final int WARNINGS_SHOWN = 5;

    private final Path folder;

    FolderSource(Path folder) {
        this.folder = folder;
    }

    /** A file that could not be read, and why. */
    private record Unreadable(Path file, String reason) {}

    /** What became of one class folder. */
    private record ClassImages(ClassFiles source, List<byte[]> pixels, List<Unreadable> unreadable) {}

    @Override
    public ImageData load(LoadOptions options) {
        FolderLayout layout = FolderLayout.of(folder, options.seed());
        List<String> kept =
                Selection.classes(layout.train().stream().map(ClassFiles::name).toList(), options.classes());
        List<ClassFiles> trainFiles = only(layout.train(), kept);
        List<ClassFiles> testFiles = only(layout.test(), kept);
        Decoder decoder = Decoder.forFilesLike(folder, trainFiles, options.imageSize());
        decoder.requireMemory(imageCount(trainFiles, options.perClass()) + imageCount(testFiles, OptionalInt.empty()));

        List<ClassImages> train = decoder.decode(trainFiles, options.perClass());
        List<ClassImages> test = decoder.decode(testFiles, OptionalInt.empty());
        int skipped = report(train, test, options.strict());
        train.forEach(images -> requireEnough(images, options.perClass()));
        test.forEach(images -> requireEnough(images, OptionalInt.empty()));
        return new ImageData(imageSet(train, kept, decoder), imageSet(test, kept, decoder), skipped);
    }

    private static List<ClassFiles> only(List<ClassFiles> classes, List<String> names) {
        return classes.stream()
                .filter(candidate -> names.contains(candidate.name()))
                .toList();
    }

    private static long imageCount(List<ClassFiles> classes, OptionalInt perClass) {
        return classes.stream()
                .mapToLong(c -> Math.min(c.files().size(), perClass.orElse(Integer.MAX_VALUE)))
                .sum();
    }

    private int report(List<ClassImages> train, List<ClassImages> test, boolean strict) {
        List<Unreadable> all = Stream.concat(train.stream(), test.stream())
                .flatMap(images -> images.unreadable().stream())
                .toList();
        if (strict && !all.isEmpty()) {
            throw new DataException(
                    all.get(0).file() + ": unreadable image: " + all.get(0).reason());
        }
        all.stream()
                .limit(WARNINGS_SHOWN)
                .forEach(bad -> LOG.warn("{}: unreadable image skipped: {}", bad.file(), bad.reason()));
        if (all.size() > WARNINGS_SHOWN) {
            LOG.warn("{}: {} unreadable images skipped in all", folder, all.size());
        }
        return all.size();
    }

    private static void requireEnough(ClassImages images, OptionalInt perClass) {
        if (images.pixels().isEmpty()) {
            Unreadable first = images.unreadable().get(0);
            throw new DataException(first.file() + ": unreadable image, like all others of class '"
                    + images.source().name() + "': " + first.reason());
        }
        if (images.pixels().size() < perClass.orElse(0)) {
            throw Selection.tooFew(images.source().name(), images.pixels().size(), perClass.getAsInt());
        }
    }

    private static ImageSet imageSet(List<ClassImages> classes, List<String> names, Decoder decoder) {
        List<byte[]> pixels = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (ClassImages images : classes) {
            int label = names.indexOf(images.source().name());
            images.pixels().forEach(image -> {
                pixels.add(image);
                labels.add(label);
            });
        }
        return new ImageSet(
                pixels.toArray(byte[][]::new),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                names,
                CHANNELS,
                decoder.target.height(),
                decoder.target.width());
    }

    /** Brings every file to one size: by resizing if the user asked for that, else by insisting on it. */
    private record Decoder(Path root, Path reference, ImageFile.Size target, boolean resizing) {
        static Decoder forFilesLike(Path root, List<ClassFiles> classes, OptionalInt imageSize) {
            for (ClassFiles files : classes) {
                for (Path file : files.files()) {
                    try {
                        requireInside(root, file);
                        ImageFile.Size own = ImageFile.size(file);
                        int side = imageSize.orElse(0);
                        return imageSize.isPresent()
                                ? new Decoder(root, file, new ImageFile.Size(side, side), true)
                                : new Decoder(root, file, own, false);
                    } catch (IOException e) {
                        LOG.debug("{}: not usable as the reference for the size", file, e);
                    }
                }
            }
            throw new DataException(classes.get(0).files().get(0) + ": unreadable image, like all others");
        }

        void requireMemory(long images) {
            Memory.require(
                    images * CHANNELS * target.height() * target.width(), images + " images of " + target + " pixels");
        }

        List<ClassImages> decode(List<ClassFiles> classes, OptionalInt perClass) {
            int most = perClass.orElse(Integer.MAX_VALUE);
            return Arrays.stream(classes.toArray(ClassFiles[]::new))
                    .parallel()
                    .map(files -> decode(files, most))
                    .toList();
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
                    unreadable.add(new Unreadable(file, String.valueOf(e.getMessage())));
                }
            }
            return new ClassImages(files, pixels, unreadable);
        }

        private byte[] decode(Path file) throws IOException {
            requireInside(root, file);
            if (!resizing) {
                requireTargetSize(file, ImageFile.size(file));
            }
            ImageFile.Decoded image = ImageFile.read(file);
            ImageFile.Size own = image.size();
            return own.equals(target)
                    ? image.pixels()
                    : new TriangleResize(own.height(), own.width(), target.height(), target.width())
                            .apply(image.pixels(), CHANNELS);
        }

        private static void requireInside(Path root, Path file) throws IOException {
            if (!DataFolder.isInside(root, file)) {
                throw new IOException("a link out of the data folder");
            }
        }

        private void requireTargetSize(Path file, ImageFile.Size own) {
            if (!own.equals(target)) {
                throw new DataException(file + " is " + own + " pixels but " + reference + " is " + target
                        + ": use --image-size N to bring all images to N x N");
            }
        }
    }
}
