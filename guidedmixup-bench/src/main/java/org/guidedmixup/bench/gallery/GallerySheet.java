package org.guidedmixup.bench.gallery;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import org.guidedmixup.bench.gallery.MixedPair.Tile;
import org.guidedmixup.bench.image.Pictures;

/** A gallery as one picture: a row of blocks for every source, a block of six pictures for every method. */
public final class GallerySheet {
    private static final int TILE = 128;
    private static final int GAP = 8;
    private static final int LINE = 18;
    private static final int MARGIN = 20;
    private static final int COLUMNS = 3;
    private static final Color PAPER = new Color(0xFAFAFA);
    private static final Color INK = new Color(0x1C1C1C);
    private static final Color FAINT = new Color(0x666666);

    private final List<List<MixedPair>> rows;
    private final int tileWidth;
    private final int tileHeight;

    private GallerySheet(List<List<MixedPair>> rows) {
        this.rows = rows;
        BufferedImage one = Pictures.enlarge(rows.get(0).get(0).source(), TILE);
        tileWidth = one.getWidth();
        tileHeight = one.getHeight();
    }

    /**
     * Draws the sheet. Where the JDK finds no fonts it is drawn without text.
     *
     * @param rows a row for every source, a pair for every method; at least one of each
     * @return the picture
     */
    public static BufferedImage draw(List<List<MixedPair>> rows) {
        GallerySheet sheet = new GallerySheet(rows);
        try {
            return sheet.paint(true);
        } catch (RuntimeException | LinkageError | InternalError e) {
            // A JDK without fontconfig or FreeType throws any of these, from the first font metrics on.
            return sheet.paint(false);
        }
    }

    private BufferedImage paint(boolean text) {
        int width = 2 * MARGIN + rows.get(0).size() * (blockWidth() + MARGIN) - MARGIN;
        int height = 2 * MARGIN + rows.size() * (blockHeight(text) + MARGIN) - MARGIN;
        BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(PAPER);
            graphics.fillRect(0, 0, width, height);
            for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < rows.get(row).size(); column++) {
                    int x = MARGIN + column * (blockWidth() + MARGIN);
                    int y = MARGIN + row * (blockHeight(text) + MARGIN);
                    paint(graphics, rows.get(row).get(column), x, y, text);
                }
            }
        } finally {
            graphics.dispose();
        }
        return sheet;
    }

    private void paint(Graphics2D graphics, MixedPair pair, int x, int y, boolean text) {
        int top = y;
        if (text) {
            write(graphics, pair.method() + ":  " + pair.labelText(), Font.BOLD, INK, x, top);
            top += LINE;
        }
        List<Tile> tiles = pair.tiles();
        for (int i = 0; i < tiles.size(); i++) {
            int left = x + i % COLUMNS * (tileWidth + GAP);
            int upper = top + i / COLUMNS * (tileHeight + GAP + (text ? LINE : 0));
            graphics.drawImage(Pictures.enlarge(tiles.get(i).picture(), TILE), left, upper, null);
            if (text) {
                write(graphics, tiles.get(i).caption(), Font.PLAIN, FAINT, left, upper + tileHeight);
            }
        }
    }

    /** Writes into the line below y. */
    private static void write(Graphics2D graphics, String text, int style, Color color, int x, int y) {
        graphics.setFont(new Font(Font.SANS_SERIF, style, style == Font.BOLD ? 13 : 11));
        graphics.setColor(color);
        graphics.drawString(text, x, y + graphics.getFontMetrics().getAscent() + 1);
    }

    private int blockWidth() {
        return COLUMNS * (tileWidth + GAP) - GAP;
    }

    private int blockHeight(boolean text) {
        return 2 * (tileHeight + GAP + (text ? LINE : 0)) + (text ? LINE : 0);
    }
}
