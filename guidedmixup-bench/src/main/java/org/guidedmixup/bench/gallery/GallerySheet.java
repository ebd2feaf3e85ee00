package org.guidedmixup.bench.gallery;

import java.awt.Font;
import java.awt.Graphics2D;
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
    private static final Font HEADLINE = new Font(Font.SANS_SERIF, Font.BOLD, 13);
    private static final Font CAPTION = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

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
        return SheetText.ifThereAreFonts(new GallerySheet(rows)::paint);
    }

    private BufferedImage paint(boolean text) {
        int width = 2 * MARGIN + rows.get(0).size() * (blockWidth() + MARGIN) - MARGIN;
        int height = 2 * MARGIN + rows.size() * (blockHeight(text) + MARGIN) - MARGIN;
        BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = SheetText.pen(sheet);
        try {
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
            SheetText.write(graphics, pair.method() + ":  " + pair.labelText(), HEADLINE, SheetText.INK, x, top);
            top += LINE;
        }
        List<Tile> tiles = pair.tiles();
        for (int i = 0; i < tiles.size(); i++) {
            int left = x + i % COLUMNS * (tileWidth + GAP);
            int upper = top + i / COLUMNS * (tileHeight + GAP + (text ? LINE : 0));
            graphics.drawImage(Pictures.enlarge(tiles.get(i).picture(), TILE), left, upper, null);
            if (text) {
                SheetText.write(graphics, tiles.get(i).caption(), CAPTION, SheetText.FAINT, left, upper + tileHeight);
            }
        }
    }

    private int blockWidth() {
        return COLUMNS * (tileWidth + GAP) - GAP;
    }

    private int blockHeight(boolean text) {
        return 2 * (tileHeight + GAP + (text ? LINE : 0)) + (text ? LINE : 0);
    }
}
