package org.guidedmixup.bench.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which files of a folder are for training and which for testing; nothing is decoded. A class is a folder with image
 * files in it, at any depth; other files and names that begin with a dot are ignored. Links are followed only to places
 * inside the data folder.
 *
 * @param train classes in alphabetical order; all images where there is no split
 * @param test the same classes in the same order; empty if the split is to be drawn
 * @param remarks what a user should know about how the folder was read, one line each: images not used, folders taken
 *     as one class
 * @param unsupported the number of image files in unsupported formats
 */
record FolderLayout(List<ClassFiles> train, Optional<List<ClassFiles>> test, List<String> remarks, int unsupported) {
    private static final int NAMES_SHOWN = 3;

    /**
     * The images of one class.
     *
     * @param name the folder's name
     * @param files in alphabetical order, not empty
     */
    record ClassFiles(String name, List<Path> files) {}

    /**
     * {@return the training folder against the test folder, or the validation folder if there is no test folder;
     * without these folders all images}
     *
     * @param root the data folder
     * @throws DataException if splits or classes are missing or contradict each other, or there is only one class
     */
    static FolderLayout of(Path root) {
        return new Reading(root).layout();
    }

    /** The analysis of one folder. */
    private static final class Reading {
        private final Path root;
        private final List<String> remarks = new ArrayList<>();
        private final SortedMap<String, Integer> unsupported = new TreeMap<>();
        private final Map<SplitName, Path> splits = new EnumMap<>(SplitName.class);
        private final List<ClassFolder> others = new ArrayList<>();
        private final List<Path> outside = new ArrayList<>();

        Reading(Path root) {
            this.root = root;
        }

        FolderLayout layout() {
            List<Path> folders = ClassFolder.foldersIn(root);
            findSplits(folders);
            if (splits.isEmpty()) {
                outside.forEach(folder -> DataFolder.requireInside(root, folder));
                refuseUnsortedSplits();
                refuseSplitsBelow();
                List<ClassFiles> all = classes(root, others);
                requireTwo(root, others);
                remarkUnused(root);
                return result(all, Optional.empty());
            }
            Path train = splits.get(SplitName.TRAIN);
            if (train == null) {
                throw new DataException(
                        root + ": has " + names(List.copyOf(splits.values())) + " but no train/ or training/");
            }
            Path tested = splits.getOrDefault(SplitName.TEST, splits.get(SplitName.VALIDATION));
            List<ClassFolder> trainFolders = scanned(train);
            List<ClassFiles> trainClasses = classes(train, trainFolders);
            requireTwo(train, trainFolders);
            Optional<List<ClassFiles>> testClasses =
                    tested == null ? Optional.empty() : Optional.of(classes(tested, scanned(tested)));
            remarkUnused(train, tested);
            testClasses.ifPresent(test -> {
                requireAll(trainClasses, test, tested);
                requireAll(test, trainClasses, train);
            });
            return result(trainClasses, testClasses);
        }

        private FolderLayout result(List<ClassFiles> train, Optional<List<ClassFiles>> test) {
            int count =
                    unsupported.values().stream().mapToInt(Integer::intValue).sum();
            if (count > 0) {
                String kinds = unsupported.entrySet().stream()
                        .map(kind -> kind.getValue() + " " + kind.getKey())
                        .collect(Collectors.joining(", "));
                remarks.add(root + ": " + kinds + " not read, only " + ImageFile.READ + " are");
            }
            return new FolderLayout(train, test, List.copyOf(remarks), count);
        }

        /**
         * Finds the splits: a folder called train, val or test is one unless it is a class itself (trains can be a
         * class too).
         */
        private void findSplits(List<Path> folders) {
            for (Path folder : folders) {
                Optional<SplitName> split = SplitName.of(folder);
                if (!DataFolder.isInside(root, folder)) {
                    outside.add(folder);
                } else if (split.isEmpty() || isClass(folder)) {
                    others.add(ClassFolder.of(folder));
                } else if (splits.putIfAbsent(split.get(), folder) != null) {
                    throw new DataException(root + ": " + names(List.of(splits.get(split.get()), folder))
                            + " mean the same, expected one of them");
                }
            }
            outside.stream()
                    .filter(folder -> SplitName.of(folder).isPresent())
                    .forEach(folder -> DataFolder.requireInside(root, folder));
        }

        private static boolean isClass(Path folder) {
            return ClassFolder.imagesDirectlyIn(folder) > 0
                    && ClassFolder.foldersIn(folder).stream()
                            .allMatch(below -> ClassFolder.of(below).images().isEmpty());
        }

        private void refuseUnsortedSplits() {
            boolean splitsAlone = others.size() > 1
                    && others.stream()
                            .allMatch(folder -> SplitName.of(folder.folder()).isPresent());
            if (splitsAlone) {
                throw new DataException(root + ": images lie directly in "
                        + names(others.stream().map(ClassFolder::folder).toList())
                        + ", expected a folder for each class there");
            }
        }

        /** Rejects a folder with levels too many above the splits. */
        private void refuseSplitsBelow() {
            if (others.size() != 1 || !others.get(0).isNested()) {
                return;
            }
            SingleFolders levels = SingleFolders.from(others.get(0));
            List<String> below = levels.below().stream()
                    .filter(name -> SplitName.of(name).isPresent())
                    .toList();
            if (!below.isEmpty()) {
                throw new DataException(root + ": a single folder, " + levels.described() + ", which holds "
                        + shown(below) + ": expected folder:" + levels.folder());
            }
        }

        private static List<ClassFolder> scanned(Path folder) {
            return ClassFolder.foldersIn(folder).stream().map(ClassFolder::of).toList();
        }

        private List<ClassFiles> classes(Path folder, List<ClassFolder> contents) {
            List<ClassFiles> classes = new ArrayList<>();
            Set<String> known = new HashSet<>();
            for (ClassFolder content : contents) {
                DataFolder.requireInside(root, content.folder());
                content.unsupported().forEach((ending, count) -> unsupported.merge(ending, count, Integer::sum));
                requireImages(content);
                if (!known.add(content.name())) {
                    throw new DataException(folder + ": two class folders both read '" + content.name()
                            + "' in this locale; use one that can represent all names, such as LC_ALL=C.UTF-8");
                }
                classes.add(new ClassFiles(content.name(), content.images()));
            }
            if (classes.isEmpty()) {
                throw new DataException(folder + ": no class folders, expected one folder of images per class");
            }
            remarkNested(contents);
            remarkLinks(contents);
            return classes;
        }

        private static void requireImages(ClassFolder content) {
            if (content.images().isEmpty()) {
                String other = content.unsupported().isEmpty()
                        ? ""
                        : ", only " + String.join(", ", content.unsupported().keySet()) + ", which are not read";
                throw new DataException(
                        content.folder() + ": no images (" + ImageFile.READ + ") in this class folder" + other);
            }
            for (String name : content.subfolders()) {
                if (content.isNested() && SplitName.of(name).isPresent()) {
                    throw new DataException(content.folder() + ": a class folder with " + name
                            + "/ inside, expected the classes in the splits: " + name + "/" + content.name());
                }
            }
        }

        private void requireTwo(Path folder, List<ClassFolder> contents) {
            if (contents.size() > 1) {
                return;
            }
            SingleFolders levels = SingleFolders.from(contents.get(0));
            String found = folder + ": a single class folder, " + levels.described();
            if (levels.below().isEmpty()) {
                throw new DataException(
                        found + ", which holds images: expected at least two classes, a folder for each");
            }
            String remedy = folder.equals(root)
                    ? "use folder:" + levels.folder()
                    : "move their folders to " + folder + ", and likewise in the other splits";
            throw new DataException(
                    found + ", which holds " + shown(levels.below()) + "; if those are the classes, " + remedy);
        }

        private void remarkNested(List<ClassFolder> contents) {
            contents.stream().filter(ClassFolder::isNested).findFirst().ifPresent(first -> {
                long count = contents.stream().filter(ClassFolder::isNested).count();
                remarks.add(first.folder() + (count > 1 ? " and " + (count - 1) + " more" : "")
                        + ": images in subfolders (" + shown(List.copyOf(first.subfolders()))
                        + ") are all of class '" + first.name() + "'" + (count > 1 ? " and so on" : ""));
            });
        }

        private void remarkLinks(List<ClassFolder> contents) {
            List<Path> links =
                    contents.stream().flatMap(folder -> folder.links().stream()).toList();
            if (!links.isEmpty()) {
                String more = links.size() > 1 ? " and " + (links.size() - 1) + " more" : "";
                remarks.add(links.get(0) + more + ": links to folders below a class folder are not followed");
            }
        }

        /**
         * Reports images in places that are not read: beside class folders, in folders beside the splits, in a third
         * split.
         */
        private void remarkUnused(Path... used) {
            List<String> unused = new ArrayList<>();
            List<Path> looked = new ArrayList<>(List.of(root));
            for (Path folder : used) {
                if (folder != null && !folder.equals(root)) {
                    looked.add(folder);
                }
            }
            for (Path folder : looked) {
                add(unused, ClassFolder.imagesDirectlyIn(folder), "directly in " + folder);
            }
            if (!splits.isEmpty()) {
                others.forEach(other -> add(unused, other.images().size(), "in " + other.folder()));
                splits.values().stream()
                        .filter(split -> !looked.contains(split))
                        .forEach(split ->
                                add(unused, ClassFolder.of(split).images().size(), "in " + split));
            }
            if (!unused.isEmpty()) {
                remarks.add("images that are not used: " + String.join(", ", unused));
            }
        }

        private static void add(List<String> unused, long count, String where) {
            if (count > 0) {
                unused.add(count + " " + where);
            }
        }

        private static String names(List<Path> folders) {
            return folders.stream()
                    .map(folder -> folder.getFileName() + "/")
                    .sorted()
                    .collect(Collectors.joining(" and "));
        }

        private static String shown(List<String> names) {
            String more = names.size() > NAMES_SHOWN ? ", … " + names.size() + " in all" : "";
            return names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", ")) + more;
        }
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
}
