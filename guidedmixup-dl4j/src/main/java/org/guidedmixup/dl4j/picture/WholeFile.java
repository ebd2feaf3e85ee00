package org.guidedmixup.dl4j.picture;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;

/** Writes whole files: to a temporary file beside the target, which then replaces it in one step. */
public final class WholeFile {
    private static final String SUFFIX = ".tmp";

    private WholeFile() {}

    /**
     * Writes a file; directories above it are created.
     *
     * @param file the file, replaced if it exists
     * @param content all of its bytes. Not modified.
     * @throws IOException if it cannot be written; names the file. The old file is then kept and the temporary one removed
     * @throws IllegalArgumentException if it is a directory
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path target = file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new IllegalArgumentException(file + ": expected a file, got a directory");
        }
        Files.createDirectories(target.getParent());
        // createTempFile would make it unreadable for others.
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
     * Returns the names of the temporary files that killed writers of a file leave beside it.
     *
     * @param file the file; need not exist
     * @return a pattern of whole file names
     */
    public static Pattern temporaryNames(Path file) {
        return Pattern.compile(Pattern.quote(temporaryPrefix(file)) + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
                + Pattern.quote(SUFFIX));
    }

    /**
     * Returns an error with the requested file's name in place of the temporary one's, or of none: a full disk names no file.
     *
     * @param file the requested file
     * @param cause the error
     * @return one of the same kind
     */
    public static FileSystemException naming(Path file, IOException cause) {
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

    private static String temporaryPrefix(Path file) {
        return "." + file.getFileName() + ".";
    }
}
