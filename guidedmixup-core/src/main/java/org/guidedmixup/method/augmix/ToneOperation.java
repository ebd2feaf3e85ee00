package org.guidedmixup.method.augmix;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An operation that replaces every level of a channel by another one, regardless of position.
 *
 * @param newLevels makes the new level of every level, [256] unsigned bytes, from the number of pixels at each level, [256],
 *     which are counted only if it asks for them
 */
record ToneOperation(Function<Supplier<int[]>, byte[]> newLevels) implements PlaneOperation {

    byte[] curve(Supplier<int[]> counts) {
        return newLevels.apply(counts);
    }

    @Override
    public void apply(byte[] plane, int height, int width, byte[] output) {
        int pixels = height * width;
        ToneCurve.apply(curve(() -> ToneCurve.histogram(plane, pixels)), plane, pixels, output);
    }
}
