package org.guidedmixup.bench.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which files of a folder are for training and which for testing; nothing is decoded. A class is a folder with image
 * files in it, at any depth; other files and names that begin with a dot are ignored. Links are followed only to places
 * inside the data folder.
 *
 * @param train classes in alphabetical order
 * @param test the same classes in the same order
 */
record FolderLayout(List<ClassFiles> train, List<ClassFiles> test) {
    /**
     * The images of one class.
     *
     * @param name the folder's name
     * @param files in alphabetical order, not empty
     */
    record ClassFiles(String name, List<Path> files) {
        private ClassFiles take(int[] indices) {
            return new ClassFiles(
                    name, Arrays.stream(indices).sorted().mapToObj(files::get).toList());
        }
    }

    private static final Set<String> SPLITS = Set.of("train", "val", "test");

    /**
     * {@return {@code train/} against {@code test/}, or {@code val/} if there is no {@code test/} (with a {@code test/},
     * {@code val/} is not used); without these folders the drawn split}
     *
     * @param root the data folder
     * @param seed draws the split if there is none: a fifth of each class, rounded, at least one image, for testing
     */
    static FolderLayout of(Path root, long seed) {
        try {
            List<String> splits = visible(root).stream()
                    .filter(folder -> SPLITS.contains(folder.getFileName().toString()))
                    .filter(folder -> !isClass(folder))
                    .map(folder -> folder.getFileName().toString())
                    .toList();
            if (splits.isEmpty()) {
                return drawn(classes(root, root), seed);
            }
            if (!splits.contains("train")) {
                throw new DataException(root + ": has " + splits.get(0) + "/ but no train/");
            }
            List<ClassFiles> train = classes(root, root.resolve("train"));
            if (splits.size() == 1) {
                return drawn(train, seed);
            }
            Path testFolder = root.resolve(splits.contains("test") ? "test" : "val");
            List<ClassFiles> test = classes(root, testFolder);
            requireAll(train, test, testFolder);
            requireAll(test, train, root.resolve("train"));
            return new FolderLayout(train, test);
        } catch (IOException e) {
            throw new DataException(root + ": cannot be listed: " + e, e);
        }
    }

    /** A folder called train, val or test is a split unless images lie directly in it (trains can be a class too). */
    private static boolean isClass(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.anyMatch(ImageFile::hasImageName);
        } catch (IOException e) {
            throw new DataException(folder + ": cannot be listed: " + e, e);
        }
    }

    private static List<Path> visible(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparing(entry -> entry.getFileName().toString()))
                    .toList();
        }
    }

    private static List<ClassFiles> classes(Path root, Path folder) throws IOException {
        List<ClassFiles> classes = new ArrayList<>();
        for (Path classFolder : visible(folder)) {
            DataFolder.requireInside(root, classFolder);
            List<Path> files = images(classFolder);
            if (files.isEmpty()) {
                throw new DataException(
                        classFolder + ": no images (.jpg, .jpeg, .png, .bmp, .gif) in this class folder");
            }
            classes.add(new ClassFiles(classFolder.getFileName().toString(), files));
        }
        if (classes.isEmpty()) {
            throw new DataException(folder + ": no class folders, expected one folder of images a class");
        }
        return classes;
    }

    private static List<Path> images(Path classFolder) throws IOException {
        try (Stream<Path> files =
                Files.walk(Files.isSymbolicLink(classFolder) ? classFolder.toRealPath() : classFolder)) {
            return files.filter(file -> ImageFile.hasImageName(file) && mayBeRead(file))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }

    /** Files, and links that are looked at later; not folders, and no pipes or devices, which may never end. */
    private static boolean mayBeRead(Path file) {
        return Files.isRegularFile(file) || Files.notExists(file);
    }

    private static void requireAll(List<ClassFiles> wanted, List<ClassFiles> found, Path folder) {
        Set<String> missing = wanted.stream().map(ClassFiles::name).collect(Collectors.toCollection(TreeSet::new));
        found.forEach(present -> missing.remove(present.name()));
        if (!missing.isEmpty()) {
            String others = missing.size() == 1 ? "" : " and " + (missing.size() - 1) + " more";
            throw new DataException(folder + ": no class folder '"
                    + missing.iterator().next() + "'" + others + ", expected the same classes in all splits");
        }
    }

    private static FolderLayout drawn(List<ClassFiles> classes, long seed) {
        List<ClassFiles> train = new ArrayList<>();
        List<ClassFiles> test = new ArrayList<>();
        for (int k = 0; k < classes.size(); k++) {
            ClassFiles all = classes.get(k);
            int count = all.files().size();
            if (count < 2) {
                throw new DataException(all.files().get(0) + ": the only image of class '" + all.name()
                        + "', expected at least 2 to split into training and test");
            }
            int[] order = IntStream.range(0, count).toArray();
            RandomStreams.shuffle(order, RandomStreams.of(seed, k));
            int testCount = Math.max(1, Math.round(count / 5f));
            test.add(all.take(Arrays.copyOfRange(order, 0, testCount)));
            train.add(all.take(Arrays.copyOfRange(order, testCount, count)));
        }
        return new FolderLayout(train, test);
    }
}
