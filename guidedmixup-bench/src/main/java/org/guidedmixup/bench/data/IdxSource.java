package org.guidedmixup.bench.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * The MNIST family in LeCun's idx format: {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte} and the same
 * with {@code t10k}, with '-' or '.' before {@code idx}, gzipped ({@code .gz}) or not. One channel; the classes are
 * numbers, 0 to the highest label.
 */
final class IdxSource implements DataSource {
    /** Two zero bytes, type 8 (unsigned byte), number of dimensions. */
    private static final int IMAGES_MAGIC = 0x0803;

    private static final int LABELS_MAGIC = 0x0801;

    /** Deflate cannot pack more than this many bytes into one. */
    private static final long MAX_DEFLATE_RATIO = 1032;

    private final Path folder;

    IdxSource(Path folder) {
        this.folder = folder;
    }

    /** The content of a file: its dimensions, the first being the number of items, and all bytes after the header. */
    private static final class Idx {
        private final Path file;
        private final int[] dimensions;
        private final byte[] values;

        Idx(Path file, int[] dimensions, byte[] values) {
            this.file = file;
            this.dimensions = dimensions;
            this.values = values;
        }

        int count() {
            return dimensions[0];
        }
    }

    @Override
    public ImageData load(LoadOptions options) {
        Idx trainImages = read("train-images", IMAGES_MAGIC);
        Idx trainLabels = read("train-labels", LABELS_MAGIC);
        Idx testImages = read("t10k-images", IMAGES_MAGIC);
        Idx testLabels = read("t10k-labels", LABELS_MAGIC);
        int highest = Math.max(highest(trainLabels), highest(testLabels));
        List<String> names = NumberedClasses.names(highest + 1);
        ImageSet train = pair(trainImages, trainLabels, names);
        ImageSet test = pair(testImages, testLabels, names);
        if (train.height() != test.height() || train.width() != test.width()) {
            throw new DataException(testImages.file + ": images are " + test.shapeText() + ", those in "
                    + trainImages.file + " are " + train.shapeText());
        }
        return Selection.apply(train, test, options);
    }

    private static int highest(Idx labels) {
        return IntStream.range(0, labels.count())
                .map(i -> labels.values[i] & 0xff)
                .max()
                .orElse(0);
    }

    private static ImageSet pair(Idx images, Idx labels, List<String> names) {
        if (images.count() != labels.count()) {
            throw new DataException(labels.file + ": " + labels.count() + " labels, but " + images.file + " has "
                    + images.count() + " images");
        }
        int height = images.dimensions[1];
        int width = images.dimensions[2];
        int size = height * width;
        byte[][] pixels = IntStream.range(0, images.count())
                .mapToObj(i -> Arrays.copyOfRange(images.values, i * size, (i + 1) * size))
                .toArray(byte[][]::new);
        int[] classes = IntStream.range(0, labels.count())
                .map(i -> labels.values[i] & 0xff)
                .toArray();
        return new ImageSet(pixels, classes, names, 1, height, width);
    }

    private Path find(String stem, int magic) {
        String type = "idx" + (magic & 0xff) + "-ubyte";
        for (String separator : List.of("-", ".")) {
            for (String ending : List.of("", ".gz")) {
                Path file = folder.resolve(stem + separator + type + ending);
                if (Files.isRegularFile(file)) {
                    DataFolder.requireInside(folder, file);
                    return file;
                }
            }
        }
        throw new DataException(folder + ": no " + stem + "-" + type + " or " + stem + "-" + type + ".gz");
    }

    private Idx read(String stem, int magic) {
        Path file = find(stem, magic);
        boolean zipped = file.toString().endsWith(".gz");
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                DataInputStream in = new DataInputStream(zipped ? new GZIPInputStream(raw, 1 << 16) : raw)) {
            long most = zipped ? Files.size(file) * MAX_DEFLATE_RATIO : Files.size(file);
            return read(file, in, magic, most);
        } catch (EOFException e) {
            throw new DataException(file + ": ends too early, expected a whole idx file", e);
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** @param most bytes the file could hold: a header that claims more is rejected before memory is allocated */
    private static Idx read(Path file, DataInputStream in, int magic, long most) throws IOException {
        int found = in.readInt();
        if (found != magic) {
            throw new DataException(String.format(
                    Locale.ROOT, "%s: begins with 0x%08x, expected the idx magic number 0x%08x", file, found, magic));
        }
        int[] dimensions = new int[magic & 0xff];
        long promised = 1;
        for (int d = 0; d < dimensions.length; d++) {
            dimensions[d] = in.readInt();
            if (dimensions[d] < 1) {
                throw new DataException(file + ": dimension " + dimensions[d] + " in the header, expected at least 1");
            }
            promised = Math.min(Long.MAX_VALUE / Integer.MAX_VALUE, promised) * dimensions[d];
        }
        if (promised > Math.min(most, Integer.MAX_VALUE - 8)) {
            throw lyingHeader(file, dimensions, "its size does not allow that");
        }
        Memory.require(2 * promised, file + ": " + Arrays.toString(dimensions) + " bytes of values");
        byte[] values = in.readNBytes((int) promised);
        if (values.length < promised) {
            throw lyingHeader(file, dimensions, "it ends after " + values.length);
        }
        if (in.read() >= 0) {
            throw lyingHeader(file, dimensions, "it goes on after them");
        }
        return new Idx(file, dimensions, values);
    }

    private static DataException lyingHeader(Path file, int[] dimensions, String reality) {
        return new DataException(
                file + ": the header promises " + Arrays.toString(dimensions) + " bytes of values, but " + reality);
    }
}
