package org.guidedmixup.dl4j.gallery;

import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.guidedmixup.dl4j.gallery.MixedPair.LabelWeight;
import org.guidedmixup.dl4j.gallery.MixedPair.Partner;
import org.guidedmixup.dl4j.picture.Pictures;
import org.guidedmixup.dl4j.picture.PixelFormat;
import org.guidedmixup.plan.MixedBatch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A batch before and after mixing, to be shown. Its arrays are not parts of larger ones.
 *
 * @param images as {@code pixels} says. Not modified.
 * @param labels [M, K], or of another rank and then not shown. Not modified.
 * @param mixed images and labels after mixing. Not modified.
 * @param saliency [M, H, W], if the method uses it. Not modified.
 * @param partners what every image is mixed with
 * @param pixels what the numbers of the images mean
 * @param classNames the names of the K classes
 */
public record ShownBatch(
        INDArray images,
        INDArray labels,
        MixedBatch mixed,
        Optional<INDArray> saliency,
        PlanPartners partners,
        PixelFormat pixels,
        IntFunction<String> classNames) {
    private static final double SMALLEST_WEIGHT = 0.005; // 0.00 in print

    /** The longer side of a picture at most, in pixels: a gallery of larger ones fits no screen. */
    static final int LARGEST_SIDE = 512;

    /**
     * Returns pictures of one mixed image and what it is made of.
     *
     * @param title the line above them
     * @param image the mixed image, from 0
     * @return the pictures
     */
    public MixedPair pair(String title, int image) {
        int own = partners.image(image);
        return new MixedPair(
                title,
                photograph(images, own),
                heatMap(own),
                partners.partner(image)
                        .map(partner -> new Partner(
                                photograph(images, partner.number()), heatMap(partner.number()), mask(partner.mask()))),
                photograph(mixed.images(), image),
                weights(image, own));
    }

    private BufferedImage photograph(INDArray batch, int image) {
        return Pictures.reduce(pixels.photograph(batch, image), LARGEST_SIDE);
    }

    private Optional<BufferedImage> heatMap(int image) {
        return saliency.map(maps -> Pictures.reduce(Pictures.heatMap(maps.slice(image)), LARGEST_SIDE));
    }

    private static BufferedImage mask(INDArray shares) {
        return Pictures.reduce(Pictures.mask(shares), LARGEST_SIDE);
    }

    /** The classes of a label that show in print, the image's own first; none for labels that are not of the whole image. */
    private List<LabelWeight> weights(int image, int own) {
        if (labels.rank() != 2) {
            return List.of();
        }
        int ownClass = labels.slice(own).argMax().getInt(0);
        float[] label = Pictures.floats(mixed.labels().slice(image));
        return IntStream.range(0, label.length)
                .filter(k -> label[k] >= SMALLEST_WEIGHT)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> k == ownClass ? Double.NEGATIVE_INFINITY : -label[k]))
                .map(k -> new LabelWeight(classNames.apply(k), label[k]))
                .toList();
    }
}
