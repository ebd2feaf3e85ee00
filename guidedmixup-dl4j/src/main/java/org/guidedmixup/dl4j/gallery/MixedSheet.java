package org.guidedmixup.dl4j.gallery;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.guidedmixup.dl4j.gallery.MixedPair.LabelWeight;
import org.guidedmixup.dl4j.gallery.MixedPair.Partner;
import org.guidedmixup.dl4j.picture.Pictures;

/**
 * Several methods on the same pairs, as one picture: a row for every image, with columns for the image, its partner and each
 * method's mixed image with its label, as in Figure 1 of Kang and Kim 2023.
 */
public final class MixedSheet {
    private static final int TILE = 96;
    private static final int GAP = 6;
    private static final int LINE = 13;
    private static final int MARGIN = 16;
    private static final int HEADER_LINES = 2;
    private static final int LABEL_LINES = 3;
    private static final Font HEADER = new Font(Font.SANS_SERIF, Font.BOLD, 11);
    private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 10);

    private final List<List<MixedPair>> rows;
    private final int tileWidth;
    private final int tileHeight;

    private MixedSheet(List<List<MixedPair>> rows) {
        this.rows = rows;
        BufferedImage one = Pictures.enlarge(rows.get(0).get(0).image(), TILE);
        tileWidth = one.getWidth();
        tileHeight = one.getHeight();
    }

    /**
     * Draws the sheet. If the JDK finds no fonts, it has no text. The column of partners shows those of the
     * first method that has partners; a label that names another class belongs to a method that chose its own.
     *
     * @param rows a row for every image, a pair for every method; at least one of each
     * @return the picture
     */
    public static BufferedImage draw(List<List<MixedPair>> rows) {
        MixedSheet sheet = new MixedSheet(rows);
        return SheetText.ifThereAreFonts(sheet::paint);
    }

    /** A picture and the lines below it. */
    private record Cell(Optional<BufferedImage> picture, List<String> label) {}

    private BufferedImage paint(boolean text) {
        int columns = 2 + rows.get(0).size();
        int top = MARGIN + (text ? HEADER_LINES * LINE + GAP : 0);
        int rowHeight = tileHeight + GAP + (text ? LABEL_LINES * LINE : 0);
        int width = 2 * MARGIN + columns * (tileWidth + GAP) - GAP;
        BufferedImage sheet =
                new BufferedImage(width, top + rows.size() * rowHeight + MARGIN - GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = SheetText.pen(sheet);
        try {
            for (int column = 0; column < columns; column++) {
                int x = MARGIN + column * (tileWidth + GAP);
                if (text) {
                    List<String> header = header(column);
                    int free = HEADER_LINES - header.size();
                    write(graphics, header, HEADER, SheetText.INK, x, MARGIN + free * LINE);
                }
                for (int row = 0; row < rows.size(); row++) {
                    paint(graphics, cell(rows.get(row), column), x, top + row * rowHeight, text);
                }
            }
        } finally {
            graphics.dispose();
        }
        return sheet;
    }

    private void paint(Graphics2D graphics, Cell cell, int x, int y, boolean text) {
        cell.picture().ifPresent(picture -> graphics.drawImage(Pictures.enlarge(picture, TILE), x, y, null));
        if (text) {
            write(graphics, cell.label(), LABEL, SheetText.FAINT, x, y + tileHeight);
        }
    }

    private static void write(Graphics2D graphics, List<String> lines, Font font, Color color, int x, int y) {
        for (int line = 0; line < lines.size(); line++) {
            SheetText.write(graphics, lines.get(line), font, color, x, y + line * LINE);
        }
    }

    private List<String> header(int column) {
        if (column < 2) {
            return List.of(column == 0 ? "image" : "partner");
        }
        String[] name = rows.get(0).get(column - 2).title().split("(?=\\+)", HEADER_LINES);
        return List.of(name);
    }

    private static Cell cell(List<MixedPair> row, int column) {
        return switch (column) {
            case 0 -> new Cell(Optional.of(row.get(0).image()), List.of());
            case 1 ->
                new Cell(
                        row.stream()
                                .flatMap(pair -> pair.partner().stream())
                                .findFirst()
                                .map(Partner::image),
                        List.of());
            default -> {
                MixedPair pair = row.get(column - 2);
                yield new Cell(Optional.of(pair.mixed()), label(pair.label()));
            }
        };
    }

    /** The largest shares, the image's own first; the last line sums up those that do not fit. */
    private static List<String> label(List<LabelWeight> label) {
        List<String> lines = new ArrayList<>();
        int shown = label.size() <= LABEL_LINES ? label.size() : LABEL_LINES - 1;
        label.stream().limit(shown).map(LabelWeight::toString).forEach(lines::add);
        if (shown < label.size()) {
            double rest =
                    label.stream().skip(shown).mapToDouble(LabelWeight::weight).sum();
            lines.add(new LabelWeight((label.size() - shown) + " more", rest).toString());
        }
        return lines;
    }
}
