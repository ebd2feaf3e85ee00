package org.guidedmixup.bench.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What a user writes after {@code --data}:
 *
 * <table>
 * <caption>Data specifications</caption>
 * <tr><td>{@code shapes}</td><td>drawn by the program, ten classes</td></tr>
 * <tr><td>{@code cifar100:DIR}, {@code cifar10:DIR}</td><td>the official binary layouts</td></tr>
 * <tr><td>{@code folder:DIR}</td><td>one folder per class, in {@code train/}, {@code val/}, {@code test/} if
 * present</td></tr>
 * <tr><td>{@code idx:DIR}</td><td>the MNIST family, gzipped or not</td></tr>
 * </table>
 */
public final class DataSpec {
    /** The specifications that exist, for help texts. */
    public static final String KNOWN = "shapes, cifar100:DIR, cifar10:DIR, folder:DIR, idx:DIR";

    private DataSpec() {}

    /**
     * {@return where to load from; the folder exists, its contents are not read yet}
     *
     * @param text one of the forms above; paths relative to the working directory
     * @throws DataException if the name is unknown, or DIR is missing or not a folder
     */
    public static DataSource parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String path = colon < 0 ? "" : text.substring(colon + 1);
        return switch (name) {
            case "shapes" -> shapes(text, path);
            case "cifar100" -> CifarSource.cifar100(folder(name, path));
            case "cifar10" -> CifarSource.cifar10(folder(name, path));
            case "folder" -> new FolderSource(folder(name, path));
            case "idx" -> new IdxSource(folder(name, path));
            default -> throw new DataException("data '" + text + "': unknown, expected " + expected(text));
        };
    }

    /** Suggests {@code folder:} for a bare folder, which most likely holds images. */
    private static String expected(String text) {
        try {
            if (!text.isBlank() && Files.isDirectory(Path.of(text))) {
                return "folder:" + text + " for a folder of images per class (others: " + KNOWN + ")";
            }
        } catch (InvalidPathException e) {
            return "one of " + KNOWN;
        }
        return "one of " + KNOWN;
    }

    private static DataSource shapes(String text, String path) {
        if (!path.isEmpty()) {
            throw new DataException("data '" + text + "': shapes are drawn by the program and take no folder");
        }
        return new ShapesSource();
    }

    private static Path folder(String name, String path) {
        if (path.isBlank()) {
            throw new DataException("data '" + name + "': expected a folder, as in " + name + ":DIR");
        }
        try {
            Path folder = Path.of(path);
            if (!Files.exists(folder)) {
                throw new DataException(folder + ": no such folder");
            }
            if (!Files.isDirectory(folder)) {
                throw new DataException(folder + ": not a folder, expected the folder that holds the data");
            }
            return folder;
        } catch (InvalidPathException e) {
            throw new DataException("data '" + name + "': not a path: " + path, e);
        }
    }
}
