package org.guidedmixup.dl4j.gallery;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An image and its partner, mixed by one method, as pictures.
 *
 * @param title the line above the pictures
 * @param image the image
 * @param saliency its saliency; empty for a method that uses none
 * @param partner what it is mixed with; empty for a method without partners
 * @param mixed the result
 * @param label the classes of the mixed label, the image's own first
 */
public record MixedPair(
        String title,
        BufferedImage image,
        Optional<BufferedImage> saliency,
        Optional<Partner> partner,
        BufferedImage mixed,
        List<LabelWeight> label) {

    /**
     * What an image is mixed with.
     *
     * @param image the partner
     * @param saliency its saliency; empty for a method that uses none
     * @param mask the share of every pixel that the image keeps
     */
    public record Partner(BufferedImage image, Optional<BufferedImage> saliency, BufferedImage mask) {}

    /**
     * A class and its share of a mixed label.
     *
     * @param className the name of the class
     * @param weight 0 to 1
     */
    public record LabelWeight(String className, double weight) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f %s", weight, className);
        }
    }

    /**
     * A picture and what it shows.
     *
     * @param caption a few words
     * @param picture the picture
     */
    public record Tile(String caption, BufferedImage picture) {}

    /**
     * Returns the pictures in reading order: the images first, then what decides how they are mixed.
     *
     * @return two to six tiles
     */
    public List<Tile> tiles() {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile("image", image));
        if (partner.isPresent()) {
            Partner other = partner.get();
            tiles.add(new Tile("partner", other.image()));
            tiles.add(new Tile("mixed", mixed));
            saliency.ifPresent(map -> tiles.add(new Tile("saliency", map)));
            other.saliency().ifPresent(map -> tiles.add(new Tile("partner's saliency", map)));
            tiles.add(new Tile("mask", other.mask()));
        } else {
            saliency.ifPresent(map -> tiles.add(new Tile("saliency", map)));
            tiles.add(new Tile("mixed", mixed));
        }
        return tiles;
    }

    /**
     * Returns the label as one line.
     *
     * @return for example {@code 0.62 cat + 0.38 dog}
     */
    public String labelText() {
        return String.join(" + ", label.stream().map(LabelWeight::toString).toList());
    }
}
