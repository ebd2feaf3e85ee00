package org.guidedmixup.bench.data.corruption;

/** Contrast, brightness and saturation. */
final class Colour {
    private Colour() {}

    /** Moves every channel towards its mean. */
    static Picture contrast(Picture x, double share) {
        double[] means = new double[x.channels()];
        for (int c = 0; c < means.length; c++) {
            means[c] = x.mean(c);
        }
        return x.map((value, c, p) -> (value - means[c]) * share + means[c]);
    }

    /** Raises the value of HSV, or every channel if there are not three. */
    static Picture brightness(Picture x, double added) {
        return x.map((value, c, p) -> {
            double brightest = brightest(x, p);
            // Hue and saturation stay if all channels grow by the same factor.
            return brightest == 0 ? Math.min(1, added) : value * Math.min(1, brightest + added) / brightest;
        });
    }

    /** Multiplies the saturation of HSV and adds an offset; images without three channels have no saturation. */
    static Picture saturate(Picture x, double factor, double added) {
        if (x.channels() != 3) {
            return x;
        }
        return x.map((value, c, p) -> {
            double high = brightest(x, p);
            double low = Math.min(x.plane(0)[p], Math.min(x.plane(1)[p], x.plane(2)[p]));
            double saturation = high == 0 ? 0 : (high - low) / high;
            double wanted = Picture.clip(saturation * factor + added);
            if (saturation == 0) {
                return c == 0 ? high : high * (1 - wanted); // A grey pixel's hue counts as red.
            }
            return high - (high - value) * wanted / saturation;
        });
    }

    private static double brightest(Picture x, int pixel) {
        double brightest = 0;
        for (int c = 0; c < x.channels(); c++) {
            brightest = Math.max(brightest, x.plane(c)[pixel]);
        }
        return brightest;
    }
}
