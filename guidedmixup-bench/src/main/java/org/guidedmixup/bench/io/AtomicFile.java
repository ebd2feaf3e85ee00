package org.guidedmixup.bench.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.guidedmixup.dl4j.picture.WholeFile;

/** The bench's files, each written in one step by the library's {@link WholeFile}. */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Writes a file as {@link WholeFile#write} does.
     *
     * @param file the file, replaced if it exists
     * @param content all of its bytes. Not modified.
     * @throws IOException if it cannot be written; names the file. The old file is then kept
     */
    public static void write(Path file, byte[] content) throws IOException {
        createDirectories(file.toAbsolutePath().getParent());
        WholeFile.write(file, content);
    }

    /**
     * Writes text as UTF-8, as {@link #write(Path, byte[])} does.
     *
     * @param file the file, replaced if it exists
     * @param content all of its text
     * @throws IOException if it cannot be written; the old file is then kept
     */
    public static void write(Path file, String content) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Removes the temporary files of killed writers. Anyone else writing the file at this moment fails.
     *
     * @param file the file; need not exist, is not modified
     * @throws IOException if something cannot be removed
     */
    public static void removeLeftovers(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Pattern leftover = WholeFile.temporaryNames(target);
        if (!Files.isDirectory(target.getParent())) {
            return;
        }
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(
                target.getParent(),
                entry -> leftover.matcher(entry.getFileName().toString()).matches())) {
            for (Path found : leftovers) {
                Files.deleteIfExists(found);
            }
        }
    }

    /**
     * Makes sure that files can be written to a directory, before hours are spent on its content.
     *
     * @param directory created with its parents if it is missing
     * @throws IOException if no file can be created in it
     */
    public static void requireWritable(Path directory) throws IOException {
        createDirectories(directory);
        try {
            Files.delete(Files.createTempFile(directory, ".", ".tmp"));
        } catch (IOException e) {
            throw WholeFile.naming(directory, e);
        }
    }

    /**
     * Makes sure that a directory exists.
     *
     * @param directory created with its parents if it is missing
     * @throws IOException if it cannot be created, or is not a directory
     */
    public static void createDirectories(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException(directory + ": exists and is not a directory", e);
        }
    }
}
