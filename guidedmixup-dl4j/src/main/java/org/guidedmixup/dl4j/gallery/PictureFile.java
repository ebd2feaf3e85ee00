package org.guidedmixup.dl4j.gallery;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.guidedmixup.dl4j.picture.Png;
import org.guidedmixup.dl4j.picture.WholeFile;

/** A PNG file, written in one step. */
final class PictureFile {
    private PictureFile() {}

    /**
     * Checks a name before time is spent on the picture.
     *
     * @throws IllegalArgumentException if it does not end with .png
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

    static void write(Path file, BufferedImage picture) throws IOException {
        WholeFile.write(file, Png.bytes(picture));
    }
}
