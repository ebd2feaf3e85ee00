package org.guidedmixup.dl4j.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pictures in PNG format. */
public final class Png {
    static {
        ImageIO.setUseCache(false); // no temporary files
    }

    private Png() {}

    /**
     * Encodes a picture.
     *
     * @param picture the picture. Not modified.
     * @return the bytes of a .png file
     */
    public static byte[] bytes(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, "png", bytes)) {
                throw new IllegalStateException("this JDK cannot write PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Encodes a picture for an HTML page that needs no other file.
     *
     * @param picture the picture. Not modified.
     * @return a {@code data:} URI
     */
    public static String dataUri(BufferedImage picture) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes(picture));
    }
}
