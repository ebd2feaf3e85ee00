package org.guidedmixup.bench.gallery;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.guidedmixup.bench.html.HtmlTemplate;
import org.guidedmixup.dl4j.gallery.MixedPair;
import org.guidedmixup.dl4j.gallery.MixedPair.LabelWeight;
import org.guidedmixup.dl4j.gallery.MixedPair.Tile;
import org.guidedmixup.dl4j.picture.ColorMap;
import org.guidedmixup.dl4j.picture.Pictures;
import org.guidedmixup.dl4j.picture.Png;

/** A gallery as one HTML page that needs no other file. */
public final class GalleryPage {
    private static final int TILE = 128;

    private GalleryPage() {}

    /**
     * Writes the page.
     *
     * @param title the headline
     * @param rows a row for every image, a pair for every method
     * @return HTML
     */
    public static String render(String title, List<List<MixedPair>> rows) {
        StringBuilder html = new StringBuilder();
        for (List<MixedPair> row : rows) {
            html.append("<section class=\"row\">\n");
            row.forEach(pair -> append(html, pair));
            html.append("</section>\n");
        }
        return HtmlTemplate.load(GalleryPage.class, "gallery.html")
                .text("title", title)
                .text("image_color", cssColor(1))
                .text("partner_color", cssColor(0))
                .text("tile", Integer.toString(TILE))
                .html("rows", html.toString())
                .render();
    }

    private static void append(StringBuilder html, MixedPair pair) {
        html.append("<article class=\"pair\"><h2>")
                .append(HtmlTemplate.escape(pair.title()))
                .append("</h2><div class=\"label\">")
                .append(label(pair))
                .append("</div>\n<div class=\"tiles\">\n");
        for (Tile tile : pair.tiles()) {
            BufferedImage picture = tile.picture();
            html.append("<figure><img alt=\"")
                    .append(HtmlTemplate.escape(tile.caption()))
                    .append("\" src=\"")
                    .append(Png.dataUri(Pictures.enlarge(picture, TILE)))
                    .append("\"><figcaption>")
                    .append(HtmlTemplate.escape(tile.caption()))
                    .append("</figcaption></figure>\n");
        }
        html.append("</div></article>\n");
    }

    /** The label in the colours of the mask. */
    private static String label(MixedPair pair) {
        StringBuilder html = new StringBuilder();
        for (LabelWeight part : pair.label()) {
            html.append(html.isEmpty() ? "<span class=\"own\">" : " + <span class=\"partner\">")
                    .append(HtmlTemplate.escape(part.toString()))
                    .append("</span>");
        }
        return html.toString();
    }

    private static String cssColor(double share) {
        return String.format(Locale.ROOT, "#%06x", ColorMap.SHARE.rgb(share));
    }
}
