package org.guidedmixup.dl4j.gallery;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;
import org.guidedmixup.dl4j.picture.Png;

/** A PNG file that is there as a whole or not at all. */
final class PictureFile {
    private PictureFile() {}

    /**
     * Checks a name before time is spent on what is to be written.
     *
     * @throws IllegalArgumentException if it is not one of a PNG file
     */
    static void requirePng(Path file) {
        if (file == null) {
            throw new IllegalArgumentException("file: expected a path that ends with .png, got null");
        }
        if (Files.isDirectory(file) || !file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new IllegalArgumentException("file: expected a path that ends with .png, got " + file
                    + (Files.isDirectory(file) ? ", which is a directory" : ""));
        }
    }

    /** Writes beside the file first: what is moved over it is complete. */
    static void write(Path file, BufferedImage picture) throws IOException {
        Path target = file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        // createTempFile would make it unreadable for others.
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(temporary, Png.bytes(picture), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
