package org.guidedmixup.bench.gallery;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.guidedmixup.bench.mixing.MixingMethod;

/**
 * One source and its target, mixed by one method, as pictures.
 *
 * @param method the method
 * @param source the source image
 * @param sourceSaliency the saliency of the source
 * @param target what it is mixed with; empty for a method without partners
 * @param mixed the result
 * @param label the classes of the mixed label, the source's first
 */
public record MixedPair(
        MixingMethod method,
        BufferedImage source,
        BufferedImage sourceSaliency,
        Optional<Target> target,
        BufferedImage mixed,
        List<LabelWeight> label) {

    /**
     * What a source is mixed with.
     *
     * @param image the image
     * @param saliency its saliency
     * @param mask the share of every pixel that the source keeps
     */
    public record Target(BufferedImage image, BufferedImage saliency, BufferedImage mask) {}

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

    /** A picture and what it shows. */
    record Tile(String caption, BufferedImage picture) {}

    /** The pictures in reading order: the images above, what decides how they are mixed below. */
    List<Tile> tiles() {
        return target.map(partner -> List.of(
                        new Tile("source", source),
                        new Tile("target", partner.image()),
                        new Tile("mixed", mixed),
                        new Tile("source saliency", sourceSaliency),
                        new Tile("target saliency", partner.saliency()),
                        new Tile("mask", partner.mask())))
                .orElseGet(() -> List.of(
                        new Tile("source", source),
                        new Tile("source saliency", sourceSaliency),
                        new Tile("mixed", mixed)));
    }

    /** The label as one line. */
    String labelText() {
        return String.join(" + ", label.stream().map(LabelWeight::toString).toList());
    }
}
