package org.guidedmixup.bench.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
 * Reads one image file with the JDK's readers. The result is that of Pillow's {@code convert("RGB")}: grey is repeated,
 * alpha dropped, CMYK converted by plain arithmetic, a colour profile or an orientation tag ignored, an animation's
 * first frame on its canvas. Unlike in Pillow, which makes all above 255 white, 16-bit grey keeps its upper 8 bits.
 */
final class ImageFile {
    /** Images of more pixels are rejected before decoding; 40 million is the size of a large photograph. */
    static final long MAX_PIXELS = 40_000_000;

    /** Deflate packs at most 1032 bytes into one, and a byte holds at most 8 pixels; the other formats pack less. */
    private static final long MAX_PIXELS_PER_BYTE = 8 * 1032;

    /** A JPEG is read as a whole; one of 40 million pixels at the best quality has about half of this. */
    private static final long MAX_JPEG_BYTES = 200_000_000;

    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif");

    /** Endings of unsupported image formats: skipping such a file must not go unnoticed. */
    private static final Set<String> OTHER_ENDINGS = Set.of(
            "tif", "tiff", "webp", "ppm", "pgm", "pbm", "pnm", "pfm", "heic", "heif", "avif", "jxl", "jp2", "j2k",
            "jpx", "tga", "ico", "svg", "psd", "dng", "cr2", "nef", "arw", "exr", "hdr", "npy", "dcm", "dicom", "nii",
            "mat");

    /** The supported formats, for messages. */
    static final String READ = ".jpg, .jpeg, .jpe, .jfif, .png, .bmp, .gif";

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

        long pixels() {
            return (long) height * width;
        }
    }

    /** Called once the size is known, before memory is allocated for the pixels. */
    @FunctionalInterface
    interface SizeCheck {
        void accept(Size size) throws IOException;
    }

    private interface Reading<T> {
        T from(ImageInputStream in) throws IOException;
    }

    /** {@return whether the file's name has the ending of a supported format} */
    static boolean hasImageName(Path file) {
        return !isHidden(file) && ENDINGS.contains(ending(file));
    }

    /** {@return whether the file's name has the ending of an unsupported image format} */
    static boolean hasOtherImageName(Path file) {
        return !isHidden(file) && OTHER_ENDINGS.contains(ending(file));
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    /** {@return the ending of the file's name, in lower case without its dot} */
    static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the image's size, read from the header alone except for JPEG}
     *
     * @param file an image
     * @throws IOException with the reason if the header is damaged or claims more than {@link #MAX_PIXELS}
     */
    static Size size(Path file) throws IOException {
        return open(file, in -> isJpeg(in) ? jpeg(file).size() : withReader(in, ImageFile::size));
    }

    /**
     * {@return the (first) image in it}
     *
     * @param file an image
     * @throws IOException with the reason if the file is damaged, cut short, too large or of an unknown kind
     */
    static Decoded read(Path file) throws IOException {
        return read(file, size -> {});
    }

    /**
     * {@return the (first) image in it}
     *
     * @param file an image
     * @param check called before decoding
     * @throws IOException with the reason if the file is damaged, cut short, too large or of an unknown kind, or as the
     *     check throws
     */
    static Decoded read(Path file, SizeCheck check) throws IOException {
        return open(file, in -> {
            if (isJpeg(in)) {
                JpegFile jpeg = jpeg(file);
                check.accept(jpeg.size());
                return new Decoded(jpeg.size(), JpegDecoder.planes(jpeg));
            }
            return withReader(in, reader -> {
                Size size = size(reader);
                check.accept(size);
                return new Decoded(size, planes(reader));
            });
        });
    }

    private static <T> T open(Path file, Reading<T> reading) throws IOException {
        try (ImageInputStream in = new PathImageInput(file)) {
            return reading.from(in);
        } catch (RuntimeException e) {
            if (e instanceof DataException) {
                throw e;
            }
            throw new IOException("damaged (" + e + ")", e); // what the JDK's readers throw on some broken files
        }
    }

    private static JpegFile jpeg(Path file) throws IOException {
        long bytes = Files.size(file);
        if (bytes > MAX_JPEG_BYTES) {
            throw new IOException("a JPEG of " + bytes + " bytes, at most " + MAX_JPEG_BYTES + " are read");
        }
        JpegFile jpeg = JpegFile.of(Files.readAllBytes(file));
        requireReasonable(jpeg.size(), bytes);
        return jpeg;
    }

    private interface FromReader<T> {
        T from(ImageReader reader) throws IOException;
    }

    private static <T> T withReader(ImageInputStream in, FromReader<T> reading) throws IOException {
        String format = format(in);
        if (format.equals("bmp")) {
            refuseImageInBitmap(in);
        }
        ImageReader reader = readerOf(format);
        try {
            reader.setInput(in, true, true);
            return reading.from(reader);
        } finally {
            reader.dispose();
        }
    }

    /** {@return the JDK's own reader, even if a library on the class path provides another} */
    static ImageReader readerOf(String format) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getModule().equals(ImageIO.class.getModule())) {
                return reader;
            }
        }
        throw new IOException("this Java has no reader of " + format);
    }

    private static boolean isJpeg(ImageInputStream in) throws IOException {
        String head = head(in);
        return head.startsWith("\u00ff\u00d8");
    }

    private static String format(ImageInputStream in) throws IOException {
        String head = head(in);
        if (head.startsWith("\u0089PNG")) {
            return "png";
        }
        if (head.startsWith("GIF8")) {
            return "gif";
        }
        if (head.startsWith("BM")) {
            return "bmp";
        }
        throw new IOException(head.isEmpty() ? "an empty file" : "not a JPEG, PNG, GIF or BMP image");
    }

    /** Returns the first four bytes, fewer from a shorter file. Does not move the position. */
    private static String head(ImageInputStream in) throws IOException {
        byte[] first = new byte[4];
        in.mark();
        int read = in.read(first);
        in.reset();
        return new String(first, 0, Math.max(0, read), StandardCharsets.ISO_8859_1);
    }

    /**
     * Rejects a BMP that holds a JPEG or PNG: the JDK trusts the length it states, and they have their own size.
     *
     * @param in a BMP file. Its position is not moved.
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
        long bytes = ((ImageInputStream) reader.getInput()).length();
        requireReasonable(size, bytes);
        if (isGif(reader)) {
            size = GifCanvas.of(reader).size();
            requireReasonable(size, bytes);
        }
        return size;
    }

    private static void requireReasonable(Size size, long bytes) throws IOException {
        if (size.height() < 1 || size.width() < 1 || size.pixels() > MAX_PIXELS) {
            throw new IOException(size + " pixels, at most " + MAX_PIXELS / 1_000_000 + " million are read");
        }
        if (size.pixels() > bytes * MAX_PIXELS_PER_BYTE) {
            throw new IOException(size + " pixels cannot be in " + bytes + " bytes");
        }
    }

    private static boolean isGif(ImageReader reader) throws IOException {
        return reader.getFormatName().equalsIgnoreCase("gif");
    }

    /**
     * The PNG and BMP readers report broken data as errors; PNG warnings are about palettes and transparency, which
     * make no difference here. The GIF reader only warns.
     */
    private static byte[] planes(ImageReader reader) throws IOException {
        if (!isGif(reader)) {
            return Planes.of(reader.read(0));
        }
        List<String> damage = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> damage.add(warning));
        GifCanvas canvas = GifCanvas.of(reader);
        byte[] pixels = canvas.planes(reader.read(0));
        if (!damage.isEmpty()) {
            throw new IOException(damage.get(0));
        }
        return pixels;
    }
}
