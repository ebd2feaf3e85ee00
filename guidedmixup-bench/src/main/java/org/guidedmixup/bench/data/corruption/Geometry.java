package org.guidedmixup.bench.data.corruption;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.guidedmixup.bench.data.Border;

/** Zoomed, bent, coarsened and compressed images. */
final class Geometry {
    private Geometry() {}

    /** Enlarges the middle of the image to full size; bilinear, corners aligned. */
    static Picture zoom(Picture x, double factor) {
        int rows = (int) Math.ceil(x.height() / factor);
        int columns = (int) Math.ceil(x.width() / factor);
        int top = (x.height() - rows) / 2;
        int left = (x.width() - columns) / 2;
        int zoomedRows = Math.max(x.height(), (int) Math.rint(rows * factor));
        int zoomedColumns = Math.max(x.width(), (int) Math.rint(columns * factor));
        double down = (rows - 1.0) / Math.max(1, zoomedRows - 1);
        double right = (columns - 1.0) / Math.max(1, zoomedColumns - 1);
        int trimTop = (zoomedRows - x.height()) / 2;
        int trimLeft = (zoomedColumns - x.width()) / 2;
        return x.map((value, c, p) ->
                x.at(c, top + (trimTop + x.row(p)) * down, left + (trimLeft + x.column(p)) * right, Border.REPEATED));
    }

    /** Averages the image and its enlargements by 1, 1.01, 1.02 and so on. */
    static Picture zoomBlur(Picture x, int zooms) {
        Picture sum = x;
        for (int i = 0; i < zooms; i++) {
            Picture before = sum;
            Picture zoomed = zoom(x, 1 + 0.01 * i);
            sum = before.map((value, c, p) -> value + zoomed.plane(c)[p]);
        }
        return sum.map((value, c, p) -> value / (zooms + 1));
    }

    /**
     * Applies a random affine map, then random smooth displacements; lengths are fractions of the shorter side.
     *
     * @param strength of the displacements
     * @param sigma    of the Gaussian that smooths them
     * @param affine   the largest move of the three points
     */
    static Picture elastic(Picture x, double strength, double sigma, double affine, SplittableRandom random) {
        int side = Math.min(x.height(), x.width());
        Picture mapped = affine(x, affine * side, random);
        Picture flat = new Picture(x.height(), x.width(), new float[2][x.height() * x.width()]);
        Picture shifts =
                Blur.gaussian(flat.map((zero, c, p) -> 2 * random.nextDouble() - 1), sigma * side, 3, Border.MIRRORED);
        double length = strength * side;
        return mapped.map((value, c, p) -> mapped.at(
                c, x.row(p) + length * shifts.plane(1)[p], x.column(p) + length * shifts.plane(0)[p], Border.MIRRORED));
    }

    /**
     * Returns the map that moves three corners of a square of two thirds of the side, centred, each by up to
     * {@code reach}.
     */
    private static Picture affine(Picture x, double reach, SplittableRandom random) {
        int centreX = x.width() / 2;
        int centreY = x.height() / 2;
        int half = Math.max(1, Math.min(x.height(), x.width()) / 3);
        double[][] to = new double[3][2];
        double[][] from = {
            {centreX + half, centreY + half}, {centreX + half, centreY - half}, {centreX - half, centreY - half}
        };
        for (int i = 0; i < 3; i++) {
            to[i][0] = from[i][0] + reach * (2 * random.nextDouble() - 1);
            to[i][1] = from[i][1] + reach * (2 * random.nextDouble() - 1);
        }
        double ux = to[0][0] - to[1][0];
        double uy = to[0][1] - to[1][1];
        double vx = to[1][0] - to[2][0];
        double vy = to[1][1] - to[2][1];
        double determinant = ux * vy - uy * vx;
        return x.map((value, c, p) -> {
            double px = x.column(p) - to[1][0];
            double py = x.row(p) - to[1][1];
            // The pixel is to[1] + a u + b v; u and v come from vertical and horizontal sides of length 2 half.
            double a = (px * vy - py * vx) / determinant;
            double b = (ux * py - uy * px) / determinant;
            return x.at(c, from[1][1] + 2 * half * a, from[1][0] + 2 * half * b, Border.REFLECTED);
        });
    }

    /**
     * Shrinks the image by the means of boxes and enlarges it again by repeating pixels, as Pillow's BOX filter does.
     */
    static Picture pixelate(Picture x, double factor) {
        int rows = Math.max(1, (int) (x.height() * factor));
        int columns = Math.max(1, (int) (x.width() * factor));
        Picture coarse = new Picture(rows, columns, new float[x.channels()][rows * columns])
                .map((zero, c, p) -> boxMean(x, c, p / columns, p % columns, rows, columns));
        return x.map((value, c, p) -> {
            int row = (2 * x.row(p) + 1) * rows / (2 * x.height());
            int column = (2 * x.column(p) + 1) * columns / (2 * x.width());
            return coarse.plane(c)[row * columns + column];
        });
    }

    /** Returns the mean of the pixels with their centres in a box. */
    private static double boxMean(Picture x, int channel, int row, int column, int rows, int columns) {
        int bottom = firstPixel(row + 1, rows, x.height());
        int right = firstPixel(column + 1, columns, x.width());
        double sum = 0;
        int count = 0;
        for (int i = firstPixel(row, rows, x.height()); i < bottom; i++) {
            for (int j = firstPixel(column, columns, x.width()); j < right; j++) {
                sum += x.pixel(channel, i, j, Border.REPEATED);
                count++;
            }
        }
        return sum / count;
    }

    /** Returns the first of {@code pixels} whose centre is not before the beginning of a box of {@code boxes}. */
    private static int firstPixel(int box, int boxes, int pixels) {
        return (2 * box * pixels + boxes - 1) / (2 * boxes);
    }

    /** Writes the image as JPEG, chroma at half the resolution, and reads it again. */
    static Picture jpeg(Picture x, int quality) {
        BufferedImage image = new BufferedImage(x.width(), x.height(), BufferedImage.TYPE_INT_RGB);
        byte[] bytes = x.toBytes();
        int pixels = x.height() * x.width();
        for (int p = 0; p < pixels; p++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++) {
                rgb = (rgb << 8) | (bytes[Math.min(c, x.channels() - 1) * pixels + p] & 0xff);
            }
            image.setRGB(x.column(p), x.row(p), rgb);
        }
        BufferedImage read = compressed(image, quality);
        return x.map((value, c, p) -> {
            int rgb = read.getRGB(x.column(p), x.row(p));
            return ((rgb >> (16 - 8 * Math.min(c, 2))) & 0xff) / 255.0;
        });
    }

    private static BufferedImage compressed(BufferedImage image, int quality) {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
        ImageWriter writer = writers.next();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
            out.flush();
            return ImageIO.read(new ByteArrayInputStream(file.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        } finally {
            writer.dispose();
        }
    }
}
