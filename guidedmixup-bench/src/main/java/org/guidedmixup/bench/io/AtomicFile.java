package org.guidedmixup.bench.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes whole files: into a temporary file beside the target, then moved over it in one step. */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Writes a file; directories above it are created.
     *
     * @param file the file, replaced if it exists
     * @param content all of its bytes. Not modified.
     * @throws IOException if it cannot be written; the old file is then still there
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path target = file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new IllegalArgumentException(file + ": is a directory, expected a file");
        }
        createDirectories(target.getParent());
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            // On the disk before it gets its name: a power cut leaves the old file or the new one.
            Files.write(
                    temporary,
                    content,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Writes text as UTF-8, as {@link #write(Path, byte[])} does.
     *
     * @param file the file, replaced if it exists
     * @param content all of its text
     * @throws IOException if it cannot be written; the old file is then still there
     */
    public static void write(Path file, String content) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Makes sure that a directory is there.
     *
     * @param directory created with all above it where it is missing
     * @throws IOException if it cannot be created, or is something else
     */
    public static void createDirectories(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException(directory + ": exists and is not a directory", e);
        }
    }
}
