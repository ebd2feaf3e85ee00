package org.guidedmixup.bench.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;

/** Writes whole files: to a temporary file beside the target, which then replaces it in one step. */
public final class AtomicFile {
    private static final String SUFFIX = ".tmp";

    private AtomicFile() {}

    /**
     * Writes a file; directories above it are created.
     *
     * @param file the file, replaced if it exists
     * @param content all of its bytes. Not modified.
     * @throws IOException if it cannot be written; names the file. The old file is then kept and the temporary one
     *     removed
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path target = file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new IllegalArgumentException(file + ": expected a file, got a directory");
        }
        createDirectories(target.getParent());
        Path temporary = target.resolveSibling(temporaryPrefix(target) + UUID.randomUUID() + SUFFIX);
        try {
            // Flushed to disk before the rename: a power cut leaves the old file or the new one.
            Files.write(
                    temporary,
                    content,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw naming(file, e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Returns the error with the requested file's name in place of the temporary one's, or of none: a full disk names
     * no file.
     */
    private static FileSystemException naming(Path file, IOException cause) {
        FileSystemException named;
        if (cause instanceof AccessDeniedException) {
            named = new AccessDeniedException(file.toString());
        } else {
            String reason = cause instanceof FileSystemException e && e.getReason() != null
                    ? e.getReason()
                    : String.valueOf(cause.getMessage());
            named = new FileSystemException(file.toString(), null, reason);
        }
        named.initCause(cause);
        return named;
    }

    private static String temporaryPrefix(Path target) {
        return "." + target.getFileName() + ".";
    }

    /**
     * Removes the temporary files of killed writers. Anyone else writing the file at this moment fails.
     *
     * @param file the file; need not exist, is not modified
     * @throws IOException if something cannot be removed
     */
    public static void removeLeftovers(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Pattern leftover = Pattern.compile(Pattern.quote(temporaryPrefix(target))
                + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}" + Pattern.quote(SUFFIX));
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
            Files.delete(Files.createTempFile(directory, ".", SUFFIX));
        } catch (IOException e) {
            throw naming(directory, e);
        }
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
