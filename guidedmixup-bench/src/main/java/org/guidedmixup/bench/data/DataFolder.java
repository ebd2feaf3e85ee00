package org.guidedmixup.bench.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The border of a data folder: links are followed to places inside of it, whatever the format. */
final class DataFolder {
    private DataFolder() {}

    /**
     * Refuses a file that leads out of the data folder.
     *
     * @param root the data folder, which may be a link itself
     * @param file below it
     * @throws DataException if the file is a link, or lies behind one, to a place outside, or cannot be resolved
     */
    static void requireInside(Path root, Path file) {
        if (!isInside(root, file)) {
            throw new DataException(file + ": a link out of the data folder " + root);
        }
    }

    /**
     * {@return whether a file or folder, all links followed, lies in the data folder}
     *
     * @param root the data folder, which may be a link itself
     * @param file below it
     */
    static boolean isInside(Path root, Path file) {
        try {
            return file.toRealPath().startsWith(root.toRealPath());
        } catch (IOException e) {
            return Files.notExists(file); // left to whoever reads it
        }
    }
}
