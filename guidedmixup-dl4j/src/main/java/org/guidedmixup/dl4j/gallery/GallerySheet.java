package org.guidedmixup.dl4j.gallery;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.guidedmixup.dl4j.gallery.MixedPair.Tile;
import org.guidedmixup.dl4j.picture.Pictures;

/** A gallery as one picture: a row of blocks for every image, a block of pictures for every pair. */
public final class GallerySheet {
    private static final int TILE = 128;
    private static final int GAP = 8;
    private static final int LINE = 18;
    private static final int MARGIN = 20;
    private static final int COLUMNS = 3;
    private static final Font HEADLINE = new Font(Font.SANS_SERIF, Font.BOLD, 13);
    private static final Font NOTE = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Font CAPTION = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

    private final List<List<MixedPair>> rows;
    private final List<List<String>> notes;
    private final int columns;
    private final int tileWidth;
    private final int tileHeight;

    private GallerySheet(List<List<MixedPair>> rows, List<List<String>> notes) {
        this.rows = rows;
        this.notes = notes;
        columns = rows.stream().mapToInt(List::size).max().orElseThrow();
        List<BufferedImage> images = rows.stream()
                .flatMap(List::stream)
                .map(pair -> Pictures.enlarge(pair.image(), TILE))
                .toList();
        tileWidth = images.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
        tileHeight = images.stream().mapToInt(BufferedImage::getHeight).max().orElseThrow();
    }

    /**
     * Draws the sheet. If the JDK finds no fonts, it has no text.
     *
     * @param rows a row for every image, a pair for every method; at least one of each
     * @return the picture
     */
    public static BufferedImage draw(List<List<MixedPair>> rows) {
        return draw(rows, List.of());
    }

    /**
     * Draws the sheet with lines of text above its rows. If the JDK finds no fonts, it has no text.
     *
     * @param rows pairs, at least one; rows may differ in length
     * @param notes the lines above each row, equally many for all; empty for none
     * @return the picture
     */
    public static BufferedImage draw(List<List<MixedPair>> rows, List<List<String>> notes) {
        return SheetText.ifThereAreFonts(new GallerySheet(rows, notes)::paint);
    }

    private BufferedImage paint(boolean text) {
        int width = 2 * MARGIN + columns * (blockWidth() + MARGIN) - MARGIN;
        int above = text && !notes.isEmpty() ? notes.get(0).size() * LINE : 0;
        int rowHeight = above + blockHeight(text) + MARGIN;
        int height = 2 * MARGIN + rows.size() * rowHeight - MARGIN;
        BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = SheetText.pen(sheet);
        try {
            for (int row = 0; row < rows.size(); row++) {
                int y = MARGIN + row * rowHeight;
                for (int line = 0; line < above / LINE; line++) {
                    String note = notes.get(row).get(line);
                    SheetText.write(graphics, note, NOTE, SheetText.FAINT, MARGIN, y + line * LINE, width - 2 * MARGIN);
                }
                for (int column = 0; column < rows.get(row).size(); column++) {
                    int x = MARGIN + column * (blockWidth() + MARGIN);
                    paint(graphics, rows.get(row).get(column), x, y + above, text);
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
            String headline = pair.title() + ":  " + pair.labelText();
            boolean fits = graphics.getFontMetrics(HEADLINE).stringWidth(headline) <= blockWidth();
            SheetText.write(graphics, headline, fits ? HEADLINE : CAPTION, SheetText.INK, x, top, blockWidth());
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
