package org.guidedmixup.dl4j.gallery;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.function.Function;

/** The text and colours of the sheets. */
final class SheetText {
    static final Color PAPER = new Color(0xFAFAFA);
    static final Color INK = new Color(0x1C1C1C);
    static final Color FAINT = new Color(0x666666);

    private SheetText() {}

    /**
     * Draws a sheet with text, or without it if the JDK finds no fonts.
     *
     * @param sheet draws it; its argument says whether with text
     * @return the picture
     */
    static BufferedImage ifThereAreFonts(Function<Boolean, BufferedImage> sheet) {
        try {
            return sheet.apply(true);
        } catch (RuntimeException | LinkageError | InternalError e) {
            // A JDK without fontconfig or FreeType throws any of these, from the first font metrics on.
            return sheet.apply(false);
        }
    }

    /** Fills a sheet with the paper's colour and returns its graphics, which the caller disposes of. */
    static Graphics2D pen(BufferedImage sheet) {
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        return graphics;
    }

    /** Writes into the line below y. */
    static void write(Graphics2D graphics, String text, Font font, Color color, int x, int y) {
        graphics.setFont(font);
        graphics.setColor(color);
        graphics.drawString(text, x, y + graphics.getFontMetrics().getAscent() + 1);
    }

    /** Writes into the line below y, shortened with an ellipsis if it is wider than the given width. */
    static void write(Graphics2D graphics, String text, Font font, Color color, int x, int y, int width) {
        FontMetrics metrics = graphics.getFontMetrics(font);
        String fitting = text;
        for (int end = text.length() - 1; end > 0 && metrics.stringWidth(fitting) > width; end--) {
            fitting = text.substring(0, end) + "\u2026";
        }
        write(graphics, fitting, font, color, x, y);
    }
}
