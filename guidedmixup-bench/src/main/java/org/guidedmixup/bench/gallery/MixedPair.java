package org.guidedmixup.bench.gallery;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.guidedmixup.bench.mixing.MixingMethod;

/**
 * One source and its target, mixed by one method, as pictures.
 *
 * @param method the method
 * @param source the source image
 * @param target the image it is mixed with
 * @param sourceSaliency the saliency of the source
 * @param targetSaliency the saliency of the target
 * @param mask the share of every pixel that the source keeps
 * @param mixed the result
 * @param label the classes of the mixed label, the source's first
 */
public record MixedPair(
        MixingMethod method,
        BufferedImage source,
        BufferedImage target,
        BufferedImage sourceSaliency,
        BufferedImage targetSaliency,
        BufferedImage mask,
        BufferedImage mixed,
        List<LabelWeight> label) {

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
        return List.of(
                new Tile("source", source),
                new Tile("target", target),
                new Tile("mixed", mixed),
                new Tile("source saliency", sourceSaliency),
                new Tile("target saliency", targetSaliency),
                new Tile("mask", mask));
    }

    /** The label as one line. */
    String labelText() {
        return String.join(" + ", label.stream().map(LabelWeight::toString).toList());
    }
}
