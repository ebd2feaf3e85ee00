package org.guidedmixup.bench.data.corruption;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.guidedmixup.bench.data.ImageSet;
import org.guidedmixup.bench.data.RandomStreams;

/**
 * A corruption of test images, at severities 1 to {@value #SEVERITIES}. The first 19 are CIFAR-C's in its order and
 * with its constants. Frost, spattered water and the traces in motion blur and snow are equivalents of our own. The
 * last two change only the background, as in Table 5 of the paper; the published ones use annotated boxes, ours a box
 * in the middle of the image and severities of our own.
 */
@SuppressWarnings("ImmutableEnumChecker") // the distortions are lambdas without state
public enum Corruption {
    GAUSSIAN_NOISE((x, s, random, other) -> Noise.gaussian(x, of(s, 0.04, 0.06, 0.08, 0.09, 0.10), random)),
    SHOT_NOISE((x, s, random, other) -> Noise.shot(x, of(s, 500, 250, 100, 75, 50), random)),
    IMPULSE_NOISE((x, s, random, other) -> Noise.impulse(x, of(s, 0.01, 0.02, 0.03, 0.05, 0.07), random)),
    DEFOCUS_BLUR(
            (x, s, random, other) -> Blur.defocus(x, of(s, 0.3, 0.4, 0.5, 1, 1.5), of(s, 0.4, 0.5, 0.6, 0.2, 0.1))),
    GLASS_BLUR((x, s, random, other) ->
            Noise.glass(x, of(s, 0.05, 0.25, 0.4, 0.25, 0.4), 1, (int) of(s, 1, 1, 1, 2, 2), random)),
    MOTION_BLUR((x, s, random, other) ->
            Blur.motion(x, (int) of(s, 6, 6, 6, 8, 9), of(s, 1, 1.5, 2, 2, 2.5), -45 + 90 * random.nextDouble())),
    ZOOM_BLUR((x, s, random, other) -> Geometry.zoomBlur(x, (int) of(s, 7, 12, 16, 21, 26))),
    SNOW((x, s, random, other) -> Weather.snow(
            x,
            new Weather.Snow(
                    of(s, 0.1, 0.1, 0.15, 0.25, 0.3),
                    of(s, 0.2, 0.2, 0.3, 0.3, 0.3),
                    of(s, 1, 1, 1.75, 2.25, 1.25),
                    of(s, 0.6, 0.5, 0.55, 0.6, 0.65),
                    (int) of(s, 8, 10, 10, 12, 14),
                    of(s, 3, 4, 4, 6, 12),
                    of(s, 0.95, 0.9, 0.9, 0.85, 0.8)),
            random)),
    FROST((x, s, random, other) ->
            Weather.frost(x, of(s, 1, 1, 0.9, 0.85, 0.75), of(s, 0.2, 0.3, 0.4, 0.4, 0.45), random)),
    FOG((x, s, random, other) -> Weather.fog(x, of(s, 0.2, 0.5, 0.75, 1, 1.5), of(s, 3, 3, 2.5, 2, 1.75), random)),
    BRIGHTNESS((x, s, random, other) -> Colour.brightness(x, of(s, 0.05, 0.1, 0.15, 0.2, 0.3))),
    CONTRAST((x, s, random, other) -> Colour.contrast(x, of(s, 0.75, 0.5, 0.4, 0.3, 0.15))),
    ELASTIC_TRANSFORM((x, s, random, other) -> Geometry.elastic(
            x,
            of(s, 0, 0.05, 0.08, 0.1, 0.1),
            of(s, 0, 0.2, 0.06, 0.04, 0.03),
            of(s, 0.08, 0.07, 0.06, 0.05, 0.03),
            random)),
    PIXELATE((x, s, random, other) -> Geometry.pixelate(x, of(s, 0.95, 0.9, 0.85, 0.75, 0.65))),
    JPEG_COMPRESSION((x, s, random, other) -> Geometry.jpeg(x, (int) of(s, 80, 65, 58, 50, 40))),
    SPECKLE_NOISE((x, s, random, other) -> Noise.speckle(x, of(s, 0.06, 0.1, 0.12, 0.16, 0.2), random)),
    GAUSSIAN_BLUR((x, s, random, other) -> Blur.gaussian(x, of(s, 0.4, 0.6, 0.7, 0.8, 1))),
    SPATTER((x, s, random, other) -> Weather.spatter(
            x,
            new Weather.Spatter(
                    of(s, 0.62, 0.65, 0.65, 0.65, 0.65),
                    of(s, 0.1, 0.1, 0.3, 0.1, 0.1),
                    of(s, 0.7, 0.8, 1, 0.7, 0.5),
                    of(s, 0.7, 0.7, 0.69, 0.69, 0.68),
                    of(s, 0.5, 0.5, 0.5, 0.6, 0.6),
                    s > 3),
            random)),
    SATURATE((x, s, random, other) -> Colour.saturate(x, of(s, 0.3, 0.1, 1.5, 2, 2.5), of(s, 0, 0, 0, 0.1, 0.2))),
    BACKGROUND_NOISE(
            (x, s, random, other) -> background(x, 0.7, Noise.gaussian(x, of(s, 0.1, 0.2, 0.3, 0.4, 0.5), random))),
    RANDOM_REPLACEMENT((x, s, random, other) -> background(x, of(s, 0.9, 0.8, 0.7, 0.6, 0.5), other.get()));

    /** The highest severity. */
    public static final int SEVERITIES = 5;

    private final Distortion distortion;

    /** Corrupts one image; {@code other} draws another image of the set. */
    private interface Distortion {
        Picture apply(Picture x, int severity, SplittableRandom random, Supplier<Picture> other);
    }

    Corruption(Distortion distortion) {
        this.distortion = distortion;
    }

    /** Returns the parameter for a severity. */
    private static double of(int severity, double... numbers) {
        return numbers[severity - 1];
    }

    /**
     * Keeps the image in a box in the middle, with sides of this share of the image's, and puts another one around it.
     */
    private static Picture background(Picture x, double share, Picture around) {
        return x.map((value, c, p) -> {
            boolean inside = Math.abs(2 * x.row(p) + 1 - x.height()) < share * x.height()
                    && Math.abs(2 * x.column(p) + 1 - x.width()) < share * x.width();
            return inside ? value : around.plane(c)[p];
        });
    }

    /**
     * Returns the corruptions of CIFAR-C.
     *
     * @return the 19, in its order
     */
    public static List<Corruption> cifarC() {
        return List.of(values()).subList(0, 19);
    }

    /**
     * Finds a corruption by name.
     *
     * @param name such as {@code gaussian-noise}
     * @return the corruption
     * @throws IllegalArgumentException if there is none; the message names all
     */
    public static Corruption named(String name) {
        return Arrays.stream(values())
                .filter(corruption -> corruption.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("corruption '" + name + "': expected one of "
                        + Arrays.stream(values()).map(Corruption::toString).collect(Collectors.joining(", "))));
    }

    /**
     * Corrupts every image of a set.
     *
     * @param images   not modified
     * @param severity 1 (least) to {@value #SEVERITIES}
     * @param seed     of all random numbers; an image's also depend on its position in the set
     * @return new images with the same labels
     * @throws IllegalArgumentException if the severity is out of its range
     */
    public ImageSet apply(ImageSet images, int severity, long seed) {
        if (severity < 1 || severity > SEVERITIES) {
            throw new IllegalArgumentException("severity " + severity + ": expected 1 to " + SEVERITIES);
        }
        byte[][] pixels = IntStream.range(0, images.size())
                .parallel()
                .mapToObj(i -> apply(images, i, severity, RandomStreams.of(seed, name().hashCode(), severity, i)))
                .toArray(byte[][]::new);
        return images.withPixels(pixels);
    }

    private byte[] apply(ImageSet images, int index, int severity, SplittableRandom random) {
        Picture spoilt =
                distortion.apply(picture(images, index), severity, random, () -> another(images, index, random));
        return spoilt.toBytes();
    }

    /** Draws any image but this one, if there are others. */
    private static Picture another(ImageSet images, int index, SplittableRandom random) {
        int others = images.size() - 1;
        return picture(images, others == 0 ? index : (index + 1 + random.nextInt(others)) % images.size());
    }

    private static Picture picture(ImageSet images, int index) {
        return Picture.ofBytes(images.pixels(index), images.channels(), images.height(), images.width());
    }

    /** Returns the name on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
