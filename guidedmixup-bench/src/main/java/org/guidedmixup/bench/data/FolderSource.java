package org.guidedmixup.bench.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.guidedmixup.bench.data.FolderImages.ClassImages;
import org.guidedmixup.bench.data.FolderImages.SplitImages;
import org.guidedmixup.bench.data.FolderImages.Unreadable;
import org.guidedmixup.bench.data.FolderLayout.ClassFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Image files in one folder per class, see {@link FolderLayout}; always RGB. Unreadable files are skipped with a
 * warning, or are an error if strict.
 */
final class FolderSource implements DataSource {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSource.class);
    private static final int WARNINGS_SHOWN = 5;

    private final Path folder;

    FolderSource(Path folder) {
        this.folder = folder;
    }

    @Override
    public ImageData load(LoadOptions options) {
        FolderLayout layout = FolderLayout.of(folder);
        layout.remarks().forEach(LOG::warn);
        List<String> names = layout.train().stream().map(ClassFiles::name).toList();
        List<String> kept = Selection.classes(names, options.classes());
        List<ClassFiles> trainFiles = only(layout.train(), kept);
        Optional<List<ClassFiles>> testFiles = layout.test().map(test -> only(test, kept));
        OptionalInt perClass = options.perClassOf(kept.size());
        OptionalInt perTestClass = options.sample() ? OptionalInt.of(1) : OptionalInt.empty();
        long count = testFiles.isPresent()
                ? imageCount(trainFiles, perClass) + imageCount(testFiles.get(), perTestClass)
                : splitCount(trainFiles, perClass, options.sample());
        FolderImages images = FolderImages.like(folder, trainFiles, options.imageSize(), count);

        List<ClassImages> train;
        List<ClassImages> test;
        if (testFiles.isPresent()) {
            train = images.decode(trainFiles, perClass);
            test = images.decode(testFiles.get(), perTestClass);
        } else {
            int[] numbers = kept.stream().mapToInt(names::indexOf).toArray();
            List<SplitImages> split = images.split(trainFiles, numbers, perClass, options);
            train = split.stream().map(SplitImages::train).toList();
            test = split.stream().map(SplitImages::test).toList();
        }
        int skipped = report(train, test, options.strict());
        requireAllSupported(layout, options.strict());
        train.forEach(found -> requireEnough(found, options.neededPerClass()));
        test.forEach(found -> requireEnough(found, 0));
        return new ImageData(
                imageSet(train, kept, images.target()),
                imageSet(test, kept, images.target()),
                skipped + layout.unsupported());
    }

    private void requireAllSupported(FolderLayout layout, boolean strict) {
        if (strict && layout.unsupported() > 0) {
            throw new DataException(folder + ": " + layout.unsupported() + " images of formats that are not read, only "
                    + ImageFile.READ + " are");
        }
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

    /** Returns an upper bound of the number of images kept; a drawn split takes a fifth of each class for testing. */
    private static long splitCount(List<ClassFiles> classes, OptionalInt perClass, boolean sample) {
        int most = perClass.orElse(Integer.MAX_VALUE);
        return classes.stream()
                .mapToLong(c -> c.files().size())
                .map(all -> Math.min(all, sample ? FolderImages.withTests(most) : most + 1L + all / 5))
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

    private static void requireEnough(ClassImages images, int needed) {
        if (images.pixels().isEmpty()) {
            Unreadable first = images.unreadable().get(0);
            throw new DataException(first.file() + ": unreadable image, like all others of class '"
                    + images.source().name() + "': " + first.reason());
        }
        if (images.pixels().size() < needed) {
            throw Selection.tooFew(images.source().name(), images.pixels().size(), needed);
        }
    }

    private static ImageSet imageSet(List<ClassImages> classes, List<String> names, ImageFile.Size size) {
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
                FolderImages.CHANNELS,
                size.height(),
                size.width());
    }
}
