package org.guidedmixup.bench.data.corruption;

import java.awt.image.BufferedImage;
import org.guidedmixup.bench.data.ImageSet;

/** One image under every corruption, for viewing. */
public final class CorruptionSheet {
    private static final int GAP = 4;
    private static final int PAPER = 0xFAFAFA;

    private CorruptionSheet() {}

    /**
     * Draws the sheet: one row per corruption, the clean image in the first column, then the severities.
     *
     * @param images where the image is from
     * @param index  which one
     * @param seed   of the corruptions
     * @return the picture, three pixels to a pixel of the images of up to 64 pixels
     */
    public static BufferedImage draw(ImageSet images, int index, long seed) {
        int scale = Math.max(images.height(), images.width()) > 64 ? 1 : 3;
        int cellHeight = scale * images.height() + GAP;
        int cellWidth = scale * images.width() + GAP;
        Corruption[] corruptions = Corruption.values();
        BufferedImage sheet = new BufferedImage(
                (Corruption.SEVERITIES + 1) * cellWidth, corruptions.length * cellHeight, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < sheet.getHeight(); y++) {
            for (int x = 0; x < sheet.getWidth(); x++) {
                sheet.setRGB(x, y, PAPER);
            }
        }
        for (int row = 0; row < corruptions.length; row++) {
            paint(sheet, images, index, scale, 0, row * cellHeight);
            // Random replacements come from the others.
            ImageSet few = images.subset(index, (index + 1) % images.size());
            for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
                ImageSet spoilt = corruptions[row].apply(few, severity, seed);
                paint(sheet, spoilt, 0, scale, severity * cellWidth, row * cellHeight);
            }
        }
        return sheet;
    }

    private static void paint(BufferedImage sheet, ImageSet images, int index, int scale, int left, int top) {
        int plane = images.height() * images.width();
        byte[] pixels = images.pixels(index);
        for (int y = 0; y < scale * images.height(); y++) {
            for (int x = 0; x < scale * images.width(); x++) {
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    int channel = Math.min(c, images.channels() - 1);
                    int at = channel * plane + y / scale * images.width() + x / scale;
                    rgb = (rgb << 8) | (pixels[at] & 0xff);
                }
                sheet.setRGB(left + x, top + y, rgb);
            }
        }
    }
}
