package org.guidedmixup.bench.data.corruption;

import java.util.SplittableRandom;

/** Changes to each value by itself. */
final class Noise {
    private Noise() {}

    static Picture gaussian(Picture x, double deviation, SplittableRandom random) {
        return x.map((value, c, p) -> value + deviation * random.nextGaussian());
    }

    /** Counts photons, {@code photons} in white. */
    static Picture shot(Picture x, double photons, SplittableRandom random) {
        return x.map((value, c, p) -> poisson(value * photons, random) / photons);
    }

    /** Draws by inverting the distribution, O(mean); exp(-mean) is above 0 up to a mean of 700. */
    private static double poisson(double mean, SplittableRandom random) {
        double left = random.nextDouble();
        double probability = Math.exp(-mean);
        int count = 0;
        while (left >= probability && count < 10 * mean + 100) {
            left -= probability;
            count++;
            probability *= mean / count;
        }
        return count;
    }

    /** Adds salt and pepper to every channel independently. */
    static Picture impulse(Picture x, double amount, SplittableRandom random) {
        return x.map((value, c, p) -> {
            boolean hit = random.nextDouble() < amount;
            boolean salt = random.nextBoolean();
            return hit ? (salt ? 1 : 0) : value;
        });
    }

    static Picture speckle(Picture x, double deviation, SplittableRandom random) {
        return x.map((value, c, p) -> value + value * deviation * random.nextGaussian());
    }

    /**
     * Imitates rough glass: blurs, moves pixels, blurs. A pixel takes the value of one up to {@code reach} pixels above
     * or left of it, which does not change: the published program does this although it means to swap the two.
     */
    static Picture glass(Picture x, double sigma, int reach, int rounds, SplittableRandom random) {
        Picture blurred = Blur.gaussian(x, sigma);
        Picture moved = Picture.ofBytes(blurred.toBytes(), x.channels(), x.height(), x.width());
        for (int round = 0; round < rounds; round++) {
            for (int row = x.height() - reach; row > reach; row--) {
                for (int column = x.width() - reach; column > reach; column--) {
                    int up = random.nextInt(-reach, reach);
                    int left = random.nextInt(-reach, reach);
                    for (int c = 0; c < x.channels(); c++) {
                        moved.plane(c)[row * x.width() + column] =
                                moved.plane(c)[(row + up) * x.width() + column + left];
                    }
                }
            }
        }
        return Blur.gaussian(moved, sigma);
    }
}
