package org.guidedmixup.bench.command;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.guidedmixup.bench.data.DataSource;
import org.guidedmixup.bench.data.DataSpec;
import org.guidedmixup.bench.data.ImageData;
import org.guidedmixup.bench.data.LoadOptions;
import picocli.CommandLine.Option;

/** The options that choose images. */
final class DataOptions {
    private static final int NAMES_SHOWN = 5;

    @Option(names = "--data", required = true, paramLabel = "SPEC", description = DataSpec.KNOWN + ".")
    private String data;

    @Option(names = "--classes", description = "Use this many classes, evenly spaced in alphabetical order.")
    private Integer classes;

    @Option(names = "--per-class", description = "Train on this many images per class, the first of each.")
    private Integer perClass;

    @Option(names = "--image-size", description = "Resize all images to this many pixels in height and width.")
    private Integer imageSize;

    @Option(names = "--strict", description = "Fail on an image that cannot be read instead of skipping it.")
    private boolean strict;

    /** Returns where to load from; reads nothing yet. */
    DataSource source() {
        return DataSpec.parse(data);
    }

    /** Returns the data as the user named it. */
    String spec() {
        return data;
    }

    /** Returns how much to load, and at which size. */
    LoadOptions loadOptions(long seed) {
        return new LoadOptions(optional(classes), optional(perClass), false, optional(imageSize), strict, seed);
    }

    private static OptionalInt optional(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** Names the data and the selection from it; a checkpoint of another selection is not resumed. */
    String selection(long seed) {
        return data + " classes " + classes + " per class " + perClass + " image size " + imageSize + " seed " + seed;
    }

    /** Describes in one line what was loaded. */
    static String describe(ImageData images) {
        String skipped = images.skippedFiles() == 0 ? "" : ", " + images.skippedFiles() + " files not read";
        return String.format(
                Locale.ROOT,
                "%d training and %d test images of %d classes, %d x %d x %d%s",
                images.train().size(),
                images.test().size(),
                images.train().classes(),
                images.train().channels(),
                images.train().height(),
                images.train().width(),
                skipped);
    }

    /** Lists the first class names, which show whether a folder was read as intended. */
    static String classNames(ImageData images) {
        List<String> names = images.train().classNames();
        String first = String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())));
        return "classes: " + first + (names.size() > NAMES_SHOWN ? ", …" : "");
    }
}
