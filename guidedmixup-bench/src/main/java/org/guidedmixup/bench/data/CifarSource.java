package org.guidedmixup.bench.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * CIFAR-10 and CIFAR-100 in Krizhevsky's binary layouts: records of label bytes (CIFAR-100: coarse, then fine; the fine
 * one is used) and 3072 bytes of a 3 x 32 x 32 image. Class names come from {@code batches.meta.txt} or
 * {@code fine_label_names.txt}; without that file they are numbers.
 */
final class CifarSource implements DataSource {
    private static final int SIDE = 32;
    private static final long LONGEST_NAMES = 1_000_000;
    private static final int PIXELS = 3 * SIDE * SIDE;

    private final Path folder;
    private final int labelBytes;
    private final int classes;
    private final String namesFile;
    private final List<String> trainFiles;
    private final String testFile;

    private CifarSource(
            Path folder, int labelBytes, int classes, String namesFile, List<String> trainFiles, String testFile) {
        this.folder = folder;
        this.labelBytes = labelBytes;
        this.classes = classes;
        this.namesFile = namesFile;
        this.trainFiles = trainFiles;
        this.testFile = testFile;
    }

    static CifarSource cifar100(Path folder) {
        return new CifarSource(folder, 2, 100, "fine_label_names.txt", List.of("train.bin"), "test.bin");
    }

    /** {@code data_batch_1.bin} to {@code 5} and {@code test_batch.bin}, or {@code train.bin} and {@code test.bin}. */
    static CifarSource cifar10(Path folder) {
        if (Files.exists(folder.resolve("train.bin"))) {
            return new CifarSource(folder, 1, 10, "batches.meta.txt", List.of("train.bin"), "test.bin");
        }
        List<String> batches = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> "data_batch_" + i + ".bin")
                .toList();
        return new CifarSource(folder, 1, 10, "batches.meta.txt", batches, "test_batch.bin");
    }

    @Override
    public ImageData load(LoadOptions options) {
        try {
            List<String> names = classNames();
            return Selection.apply(read(trainFiles, names), read(List.of(testFile), names), options);
        } catch (IOException e) {
            throw new DataException(folder + ": cannot be read: " + e, e);
        }
    }

    private List<String> classNames() throws IOException {
        Path file = folder.resolve(namesFile);
        if (!Files.exists(file)) {
            return NumberedClasses.names(classes);
        }
        DataFolder.requireInside(folder, file);
        if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_NAMES) {
            throw new DataException(file + ": expected a text file of at most " + LONGEST_NAMES + " bytes");
        }
        List<String> names = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (names.size() != classes || names.stream().distinct().count() != classes) {
            throw new DataException(
                    file + ": expected " + classes + " different class names, one per line, found " + names.size());
        }
        return names;
    }

    private ImageSet read(List<String> fileNames, List<String> classNames) throws IOException {
        List<byte[]> pixels = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (String fileName : fileNames) {
            readRecords(folder.resolve(fileName), pixels, labels);
        }
        int[] labelArray = labels.stream().mapToInt(Integer::intValue).toArray();
        return new ImageSet(pixels.toArray(byte[][]::new), labelArray, classNames, 3, SIDE, SIDE);
    }

    /** Appends the file's records to {@code pixels} and {@code labels}. */
    private void readRecords(Path file, List<byte[]> pixels, List<Integer> labels) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DataException(folder + ": no " + file.getFileName() + ", expected "
                    + String.join(", ", trainFiles) + " and " + testFile);
        }
        DataFolder.requireInside(folder, file);
        int recordSize = labelBytes + PIXELS;
        long size = Files.size(file);
        if (size == 0 || size % recordSize != 0 || size > Integer.MAX_VALUE - 8) {
            throw new DataException(
                    file + ": " + size + " bytes, expected a multiple of the record size " + recordSize);
        }
        Memory.require(2 * size, file + ": " + size + " bytes");
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at += recordSize) {
            int label = bytes[at + labelBytes - 1] & 0xff;
            if (label >= classes) {
                throw new DataException(file + ": label " + label + " in record " + at / recordSize + ", expected 0 to "
                        + (classes - 1));
            }
            labels.add(label);
            pixels.add(Arrays.copyOfRange(bytes, at + labelBytes, at + recordSize));
        }
    }
}
