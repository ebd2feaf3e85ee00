package org.guidedmixup.dl4j.gallery;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One source and its target, mixed by one method, as pictures.
 *
 * @param title what stands above the pictures
 * @param source the source image
 * @param sourceSaliency the saliency of the source; empty for a method that looks at none
 * @param target what it is mixed with; empty for a method without partners
 * @param mixed the result
 * @param label the classes of the mixed label, the source's first
 */
public record MixedPair(
        String title,
        BufferedImage source,
        Optional<BufferedImage> sourceSaliency,
        Optional<Target> target,
        BufferedImage mixed,
        List<LabelWeight> label) {

    /**
     * What a source is mixed with.
     *
     * @param image the image
     * @param saliency its saliency; empty for a method that looks at none
     * @param mask the share of every pixel that the source keeps
     */
    public record Target(BufferedImage image, Optional<BufferedImage> saliency, BufferedImage mask) {}

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
     * The pictures in reading order: the images above, what decides how they are mixed below.
     *
     * @return two to six tiles
     */
    public List<Tile> tiles() {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile("source", source));
        if (target.isPresent()) {
            Target partner = target.get();
            tiles.add(new Tile("target", partner.image()));
            tiles.add(new Tile("mixed", mixed));
            sourceSaliency.ifPresent(map -> tiles.add(new Tile("source saliency", map)));
            partner.saliency().ifPresent(map -> tiles.add(new Tile("target saliency", map)));
            tiles.add(new Tile("mask", partner.mask()));
        } else {
            sourceSaliency.ifPresent(map -> tiles.add(new Tile("source saliency", map)));
            tiles.add(new Tile("mixed", mixed));
        }
        return tiles;
    }

    /**
     * The label as one line.
     *
     * @return for example {@code 0.62 cat + 0.38 dog}
     */
    public String labelText() {
        return String.join(" + ", label.stream().map(LabelWeight::toString).toList());
    }
}
