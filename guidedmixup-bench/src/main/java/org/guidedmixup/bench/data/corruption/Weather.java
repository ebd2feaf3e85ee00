package org.guidedmixup.bench.data.corruption;

import java.util.SplittableRandom;
import org.guidedmixup.bench.data.Border;

/** Fog, frost, snow and spatter. */
final class Weather {
    private static final float[] WATER = {175 / 255f, 238 / 255f, 238 / 255f};
    private static final float[] MUD = {63 / 255f, 42 / 255f, 20 / 255f};
    private static final float[] ICE = {0.78f, 0.88f, 1};

    private Weather() {}

    static Picture fog(Picture x, double amount, double decay, SplittableRandom random) {
        float[] fog = Plasma.draw(x.height(), x.width(), decay, random);
        double brightest = x.largest();
        return x.map((value, c, p) -> (value + amount * fog[p]) * brightest / (brightest + amount));
    }

    /**
     * Draws ice crystals over the image, pale blue along the ridges of a plasma. Our own, in place of the published
     * program's photographs.
     */
    static Picture frost(Picture x, double image, double ice, SplittableRandom random) {
        float[] coarse = Plasma.draw(x.height(), x.width(), 2, random);
        float[] fine = Plasma.draw(x.height(), x.width(), 1.3, random);
        return x.map((value, c, p) -> {
            double ridge = 1 - Math.abs(2 * (0.6 * coarse[p] + 0.4 * fine[p]) - 1);
            double brightness = 0.15 + 0.85 * ridge * ridge;
            return image * value + ice * brightness * ICE[Math.min(c, 2)];
        });
    }

    /** The numbers of {@link #snow}: mean and deviation of flakes, their size, threshold, trace and the image's share. */
    record Snow(double mean, double deviation, double size, double threshold, int radius, double sigma, double share) {}

    static Picture snow(Picture x, Snow snow, SplittableRandom random) {
        Picture noise = new Picture(x.height(), x.width(), new float[x.height() * x.width()])
                .map((zero, c, p) -> snow.mean + snow.deviation * random.nextGaussian());
        Picture flakes =
                Geometry.zoom(noise, snow.size).map((value, c, p) -> value < snow.threshold ? 0 : Picture.clip(value));
        Picture falling = Blur.motion(flakes, snow.radius, snow.sigma, -135 + 90 * random.nextDouble());
        float[] layer = falling.plane(0);
        float[] grey = x.grey();
        return x.map((value, c, p) -> {
            double pale = Math.max(value, grey[p] * 1.5 + 0.5);
            return snow.share * value + (1 - snow.share) * pale + layer[p] + layer[layer.length - 1 - p];
        });
    }

    /** The numbers of {@link #spatter}: mean, deviation and blur of the liquid, its threshold, strength, mud or water. */
    record Spatter(double mean, double deviation, double sigma, double threshold, double strength, boolean mud) {}

    /**
     * Draws drops on the lens. Mud is as published; water is our own, in place of an edge detector and a distance
     * transform: the drops are lit from the upper left.
     */
    static Picture spatter(Picture x, Spatter spatter, SplittableRandom random) {
        Picture noise = new Picture(x.height(), x.width(), new float[x.height() * x.width()])
                .map((zero, c, p) -> spatter.mean + spatter.deviation * random.nextGaussian());
        Picture liquid = Blur.gaussian(noise, spatter.sigma)
                .map((value, c, p) -> value < spatter.threshold ? 0 : spatter.mud ? 1 : value);
        return spatter.mud ? mud(x, liquid, spatter) : water(x, liquid, spatter);
    }

    private static Picture mud(Picture x, Picture liquid, Spatter spatter) {
        Picture drops = Blur.gaussian(liquid, spatter.strength).map((value, c, p) -> value < 0.8 ? 0 : value);
        return x.map((value, c, p) -> {
            double share = drops.plane(0)[p];
            return value * (1 - share) + MUD[Math.min(c, 2)] * share;
        });
    }

    private static Picture water(Picture x, Picture liquid, Spatter spatter) {
        Picture smooth = Blur.gaussian(liquid, 0.5);
        Picture lit = smooth.map((value, c, p) -> {
            int row = x.row(p);
            int column = x.column(p);
            double slope = smooth.pixel(0, row + 1, column + 1, Border.REPEATED)
                    - smooth.pixel(0, row - 1, column - 1, Border.REPEATED);
            return value * Math.max(0, 0.5 + slope);
        });
        double brightest = Math.max(1e-6, lit.largest());
        return x.map((value, c, p) -> value + spatter.strength * lit.plane(0)[p] / brightest * WATER[Math.min(c, 2)]);
    }
}
