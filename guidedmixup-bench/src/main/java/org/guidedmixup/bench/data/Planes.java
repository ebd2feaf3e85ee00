package org.guidedmixup.bench.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;

/**
 * Converts decoded images to [3, H, W] unsigned bytes of red, green and blue. Grey is repeated, alpha is dropped, 16
 * bits keep their upper 8, and no colour profile is applied.
 */
final class Planes {
    private Planes() {}

    /** Converts the samples of one pixel to red, green and blue in the first three places. */
    private interface PixelConversion {
        void toRgb(int[] samples);
    }

    /**
     * {@return the planes}
     *
     * @param image grey or RGB, with or without alpha or a palette. Not modified.
     * @throws IOException if it has other colours; the message gives its number of bands
     */
    static byte[] of(BufferedImage image) throws IOException {
        ColorModel colors = image.getColorModel();
        boolean sampled = colors instanceof ComponentColorModel
                && (colors.getTransferType() == DataBuffer.TYPE_BYTE
                        || colors.getTransferType() == DataBuffer.TYPE_USHORT);
        int space = colors.getColorSpace().getType();
        if (space != ColorSpace.TYPE_RGB && space != ColorSpace.TYPE_GRAY) {
            throw new IOException("an image of " + image.getRaster().getNumBands()
                    + " bands that are neither grey nor red, green and blue");
        }
        return sampled ? ofSamples(image.getRaster(), colors) : ofColors(image);
    }

    /** Avoids getRGB, which would apply colour profiles and brighten grey, whose JDK colour space is linear. */
    private static byte[] ofSamples(Raster raster, ColorModel colors) {
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

    private static byte[] ofColors(BufferedImage image) {
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

    /**
     * {@return the planes of a JPEG of four components, by the plain arithmetic of Pillow: red is what cyan and black
     * leave, (255 - K) (255 - C) / 255}
     *
     * @param raster 8-bit C, M, Y, K as print software writes them, 255 for no ink. Not modified.
     */
    static byte[] ofCmyk(Raster raster) {
        return ofFour(raster, Planes::inkToRgb);
    }

    /**
     * {@return the planes of a JPEG whose C, M and Y are stored as luma and chroma}
     *
     * @param raster 8-bit Y, Cb, Cr, K, 255 for no black. Not modified.
     */
    static byte[] ofYcck(Raster raster) {
        return ofFour(raster, samples -> {
            chromaToInk(samples);
            inkToRgb(samples);
        });
    }

    private static byte[] ofFour(Raster raster, PixelConversion conversion) {
        int height = raster.getHeight();
        int width = raster.getWidth();
        int plane = height * width;
        byte[] pixels = new byte[3 * plane];
        int[] row = new int[4 * width];
        int[] samples = new int[4];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                System.arraycopy(row, 4 * x, samples, 0, 4);
                conversion.toRgb(samples);
                for (int c = 0; c < 3; c++) {
                    pixels[c * plane + y * width + x] = (byte) samples[c];
                }
            }
        }
        return pixels;
    }

    private static void inkToRgb(int[] samples) {
        int light = samples[3];
        for (int c = 0; c < 3; c++) {
            int product = (255 - samples[c]) * light + 128;
            samples[c] = Math.max(0, light - (((product >> 8) + product) >> 8));
        }
    }

    /** BT.601 with 16 fractional bits, rounded as in libjpeg. The results are inverted inks, as above. */
    private static void chromaToInk(int[] samples) {
        int luma = samples[0];
        int blue = samples[1] - 128;
        int red = samples[2] - 128;
        samples[0] = 255 - limited(luma + ((91881 * red + 32768) >> 16));
        samples[1] = 255 - limited(luma + ((-22554 * blue - 46802 * red + 32768) >> 16));
        samples[2] = 255 - limited(luma + ((116130 * blue + 32768) >> 16));
    }

    private static int limited(int value) {
        return Math.min(255, Math.max(0, value));
    }
}
