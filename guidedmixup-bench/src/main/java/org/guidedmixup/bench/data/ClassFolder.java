package org.guidedmixup.bench.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The contents of a folder, at any depth; no file is opened. Names that begin with a dot, and what macOS adds to
 * archives, are skipped. Links to folders below it are not followed.
 *
 * @param folder the folder
 * @param images the image files, in alphabetical order
 * @param direct how many of them are in the folder itself
 * @param subfolders the names of the folders directly in it that hold images
 * @param unsupported the number of image files in unsupported formats, by ending
 * @param links the links to folders in it, in alphabetical order
 */
record ClassFolder(
        Path folder,
        List<Path> images,
        int direct,
        SortedSet<String> subfolders,
        SortedMap<String, Integer> unsupported,
        List<Path> links) {

    /** Orders by name, then by bytes for names that the locale cannot distinguish. */
    static final Comparator<Path> BY_NAME =
            Comparator.comparing(Path::toString).thenComparing(Comparator.naturalOrder());

    /** {@return the folder's own name} */
    String name() {
        return folder.getFileName().toString();
    }

    /** Returns whether all its images are in subfolders. */
    boolean isNested() {
        return direct == 0 && !subfolders.isEmpty();
    }

    /**
     * {@return the contents of a folder}
     *
     * @param folder the folder, or a link to it
     * @throws DataException if it, or a folder below, cannot be listed
     */
    static ClassFolder of(Path folder) {
        List<Path> images = new ArrayList<>();
        SortedSet<String> subfolders = new TreeSet<>();
        SortedMap<String, Integer> unsupported = new TreeMap<>();
        List<Path> links = new ArrayList<>();
        int direct = 0;
        try (Stream<Path> files = Files.walk(Files.isSymbolicLink(folder) ? folder.toRealPath() : folder)) {
            int depth = (Files.isSymbolicLink(folder) ? folder.toRealPath() : folder).getNameCount();
            for (Path file : (Iterable<Path>) files::iterator) {
                if (ImageFile.hasImageName(file) && mayBeRead(file)) {
                    images.add(file);
                    if (file.getNameCount() == depth + 1) {
                        direct++;
                    } else {
                        subfolders.add(file.getName(depth).toString());
                    }
                } else if (ImageFile.hasOtherImageName(file) && Files.isRegularFile(file)) {
                    unsupported.merge("." + ImageFile.ending(file), 1, Integer::sum);
                } else if (Files.isSymbolicLink(file) && Files.isDirectory(file)) {
                    links.add(file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw unlistable(folder, e);
        }
        images.sort(BY_NAME);
        links.sort(BY_NAME);
        return new ClassFolder(folder, images, direct, subfolders, unsupported, links);
    }

    /**
     * {@return the folders in a folder, and links to folders, in alphabetical order}
     *
     * @param folder the folder
     * @throws DataException if it cannot be listed
     */
    static List<Path> foldersIn(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> !isIgnored(entry.getFileName().toString()))
                    .sorted(BY_NAME)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw unlistable(folder, e);
        }
    }

    /**
     * {@return the number of image files in a folder itself}
     *
     * @param folder the folder
     * @throws DataException if it cannot be listed
     */
    static long imagesDirectlyIn(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> ImageFile.hasImageName(file) && Files.isRegularFile(file))
                    .count();
        } catch (IOException | UncheckedIOException e) {
            throw unlistable(folder, e);
        }
    }

    private static boolean isIgnored(String name) {
        return name.startsWith(".") || name.equals("__MACOSX");
    }

    /** Accepts files, and links, which are checked later; no folders, and no pipes or devices, which may never end. */
    private static boolean mayBeRead(Path file) {
        return Files.isRegularFile(file) || Files.notExists(file);
    }

    private static DataException unlistable(Path folder, Exception e) {
        return new DataException(folder + ": cannot be listed: " + e.getMessage(), e);
    }
}
