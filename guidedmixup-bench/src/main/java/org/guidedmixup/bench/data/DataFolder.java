package org.guidedmixup.bench.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The boundary of a data folder: in every format, links are followed only to places inside it. */
final class DataFolder {
    private DataFolder() {}

    /**
     * Rejects a file that leads out of the data folder.
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
            return Files.notExists(file); // reading it reports the error
        }
    }
}
