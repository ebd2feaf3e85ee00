package org.guidedmixup.bench.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads one image file with the JDK's readers. What comes out is what Pillow's {@code convert("RGB")} gives: grey is
 * repeated, alpha dropped, a colour profile or an orientation tag ignored. CMYK JPEG is not readable.
 */
final class ImageFile {
    /** More pixels than this are refused before anything is decoded: 40 million, the size of a large photograph. */
    static final long MAX_PIXELS = 40_000_000;

    /** Deflate packs at most 1032 bytes into one, and a byte holds at most 8 pixels; the other formats pack less. */
    private static final long MAX_PIXELS_PER_BYTE = 8 * 1032;

    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "bmp", "gif");

    private ImageFile() {}

    /** An RGB image: its size and [3, H, W] unsigned bytes. */
    static final class Decoded {
        private final Size size;
        private final byte[] pixels;

        private Decoded(Size size, byte[] pixels) {
            this.size = size;
            this.pixels = pixels;
        }

        Size size() {
            return size;
        }

        byte[] pixels() {
            return pixels;
        }
    }

    /** Height and width in pixels. */
    record Size(int height, int width) {
        @Override
        public String toString() {
            return width + " x " + height;
        }
    }

    private interface Reading<T> {
        T from(ImageReader reader) throws IOException;
    }

    /** {@return whether the file's name ends like one of the formats the JDK reads} */
    static boolean hasImageName(Path file) {
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && ENDINGS.contains(ending);
    }

    /**
     * {@return its size, from the header alone}
     *
     * @param file an image
     * @throws IOException with the reason if the header is damaged or promises more than {@link #MAX_PIXELS}
     */
    static Size size(Path file) throws IOException {
        return open(file, ImageFile::size);
    }

    /**
     * {@return the (first) image in it}
     *
     * @param file an image
     * @throws IOException with the reason if the file is damaged, cut short, too large or of an unknown kind
     */
    static Decoded read(Path file) throws IOException {
        return open(file, reader -> {
            Size size = size(reader);
            List<String> damage = new ArrayList<>();
            reader.addIIOReadWarningListener((source, warning) -> {
                if (isDamage(warning)) {
                    damage.add(warning);
                }
            });
            byte[] pixels = planes(reader.read(0));
            if (!damage.isEmpty()) {
                throw new IOException(damage.get(0));
            }
            return new Decoded(size, pixels);
        });
    }

    /** A cut or damaged JPEG is only a warning to ImageIO; warnings about its profile or thumbnail are harmless. */
    private static boolean isDamage(String warning) {
        String lower = warning.toLowerCase(Locale.ROOT);
        return !lower.contains("icc") && !lower.contains("thumb") && !lower.contains("jfif");
    }

    private static <T> T open(Path file, Reading<T> reading) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            if (in == null) {
                throw new IOException("cannot be opened");
            }
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("not a JPEG, PNG, GIF or BMP image");
            }
            ImageReader reader = readers.next();
            try {
                if (reader.getFormatName().equalsIgnoreCase("bmp")) {
                    refuseImageInBitmap(in);
                }
                reader.setInput(in, true, true);
                return reading.from(reader);
            } finally {
                reader.dispose();
            }
        } catch (RuntimeException e) {
            throw new IOException("damaged (" + e + ")", e); // what the JDK's readers throw on some broken files
        }
    }

    /**
     * A BMP can hold a JPEG or PNG. The JDK believes what it says of their length, and they have a size of their own.
     *
     * @param in a BMP file. Its position stays as it is.
     */
    private static void refuseImageInBitmap(ImageInputStream in) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(34).order(ByteOrder.LITTLE_ENDIAN);
        in.mark();
        int read = in.read(header.array());
        in.reset();
        boolean withCompression = read == header.capacity() && header.getInt(14) >= 40;
        if (withCompression && header.getInt(30) > 3) {
            throw new IOException("a BMP of compression " + header.getInt(30) + ", expected 0 to 3");
        }
    }

    private static Size size(ImageReader reader) throws IOException {
        Size size = new Size(reader.getHeight(0), reader.getWidth(0));
        long pixels = (long) size.height() * size.width();
        if (size.height() < 1 || size.width() < 1 || pixels > MAX_PIXELS) {
            throw new IOException(size + " pixels, at most " + MAX_PIXELS / 1_000_000 + " million are read");
        }
        long bytes = ((ImageInputStream) reader.getInput()).length();
        if (pixels > bytes * MAX_PIXELS_PER_BYTE) {
            throw new IOException(size + " pixels cannot be in " + bytes + " bytes");
        }
        return size;
    }

    private static byte[] planes(BufferedImage image) {
        ColorModel colors = image.getColorModel();
        boolean sampled = colors instanceof ComponentColorModel
                && (colors.getTransferType() == DataBuffer.TYPE_BYTE
                        || colors.getTransferType() == DataBuffer.TYPE_USHORT);
        return sampled ? fromSamples(image.getRaster(), colors) : fromColors(image);
    }

    /** Not through getRGB: that would apply colour profiles and brighten grey, whose JDK colour space is linear. */
    private static byte[] fromSamples(Raster raster, ColorModel colors) {
        int height = raster.getHeight();
        int width = raster.getWidth();
        int shift = colors.getComponentSize(0) - 8;
        byte[] pixels = new byte[3 * height * width];
        int[] row = new int[width];
        for (int c = 0; c < 3; c++) {
            int band = colors.getNumColorComponents() == 3 ? c : 0;
            for (int y = 0; y < height; y++) {
                raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
                int at = (c * height + y) * width;
                for (int x = 0; x < width; x++) {
                    pixels[at + x] = (byte) (shift >= 0 ? row[x] >> shift : row[x] << -shift);
                }
            }
        }
        return pixels;
    }

    private static byte[] fromColors(BufferedImage image) {
        int height = image.getHeight();
        int width = image.getWidth();
        int plane = height * width;
        byte[] pixels = new byte[3 * plane];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                pixels[at] = (byte) (row[x] >> 16);
                pixels[plane + at] = (byte) (row[x] >> 8);
                pixels[2 * plane + at] = (byte) row[x];
            }
        }
        return pixels;
    }
}
