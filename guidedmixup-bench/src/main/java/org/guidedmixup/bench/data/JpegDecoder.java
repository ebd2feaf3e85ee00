package org.guidedmixup.bench.data;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadUpdateListener;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes a {@link JpegFile} with the JDK's reader. That reader only warns of broken data, but also warns of a few
 * surplus bytes after complete data. So a warning counts as damage unless the last row was decoded before it.
 */
final class JpegDecoder implements IIOReadWarningListener, IIOReadUpdateListener {
    private final JpegFile file;
    private int lastRow = -1;
    private Optional<String> anyWarning = Optional.empty();
    private Optional<String> damage = Optional.empty();

    private JpegDecoder(JpegFile file) {
        this.file = file;
    }

    /**
     * {@return [3, H, W] unsigned bytes}
     *
     * @param file the file
     * @throws IOException with the reason if it is damaged or of a kind the JDK cannot read
     */
    static byte[] planes(JpegFile file) throws IOException {
        JpegDecoder decoder = new JpegDecoder(file);
        byte[] pixels = decoder.decode(false);
        if (decoder.anyWarning.isPresent()) {
            // With row-by-row updates the reader rebuilds a progressive image after each scan: slow, so only now.
            pixels = decoder.decode(true);
            if (decoder.damage.isPresent()) {
                throw new IOException(decoder.damage.get());
            }
        }
        return pixels;
    }

    private byte[] decode(boolean rowByRow) throws IOException {
        ImageReader reader = ImageFile.readerOf("jpeg");
        try (ImageInputStream in = new MemoryCacheImageInputStream(file.stream())) {
            reader.setInput(in, true, true);
            reader.addIIOReadWarningListener(this);
            if (rowByRow) {
                reader.addIIOReadUpdateListener(this);
            }
            return switch (file.colors()) {
                case GREY, RGB, YCBCR -> Planes.of(reader.read(0));
                case CMYK -> Planes.ofCmyk(four(reader));
                case YCCK -> Planes.ofYcck(four(reader));
            };
        } finally {
            reader.dispose();
        }
    }

    /** Reads the samples as stored: JDKs differ in how {@code read} converts four components. */
    private static Raster four(ImageReader reader) throws IOException {
        Raster raster = reader.readRaster(0, null);
        if (raster.getNumBands() != 4) {
            throw new IOException("a raster of " + raster.getNumBands() + " bands, expected 4");
        }
        return raster;
    }

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        anyWarning = Optional.of(warning);
        if (damage.isEmpty() && lastRow < file.size().height() - 1) {
            damage = Optional.of(warning);
        }
    }

    @Override
    public void passStarted(
            ImageReader source,
            BufferedImage image,
            int pass,
            int minPass,
            int maxPass,
            int minX,
            int minY,
            int periodX,
            int periodY,
            int[] bands) {
        lastRow = -1;
    }

    @Override
    public void imageUpdate(
            ImageReader source,
            BufferedImage image,
            int minX,
            int minY,
            int width,
            int height,
            int periodX,
            int periodY,
            int[] bands) {
        lastRow = Math.max(lastRow, minY + height - 1);
    }

    @Override
    public void passComplete(ImageReader source, BufferedImage image) {}

    @Override
    public void thumbnailPassStarted(
            ImageReader source,
            BufferedImage thumbnail,
            int pass,
            int minPass,
            int maxPass,
            int minX,
            int minY,
            int periodX,
            int periodY,
            int[] bands) {}

    @Override
    public void thumbnailUpdate(
            ImageReader source,
            BufferedImage thumbnail,
            int minX,
            int minY,
            int width,
            int height,
            int periodX,
            int periodY,
            int[] bands) {}

    @Override
    public void thumbnailPassComplete(ImageReader source, BufferedImage thumbnail) {}
}
