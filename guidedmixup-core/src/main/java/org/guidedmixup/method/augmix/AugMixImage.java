package org.guidedmixup.method.augmix;

import java.util.Arrays;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.method.augmix.AugMixPlan.Chain;
import org.guidedmixup.method.augmix.AugMixPlan.Recipe;
import org.guidedmixup.method.augmix.AugMixPlan.Step;

/** Augments one image at a time, in buffers that are reused. Not thread-safe. */
final class AugMixImage {
    private final PixelAccess source;
    private final ValueRange range;
    private final int height;
    private final int width;

    /** The image, then the mixed image. */
    private final float[] values;

    /** The 8-bit levels of one channel. */
    private final byte[] levels;

    /** The sum of the chains' results for one channel. */
    private final float[] chains;

    private byte[] current;
    private byte[] next;

    AugMixImage(PixelAccess source, ValueRange range, int height, int width) {
        this.source = source;
        this.range = range;
        this.height = height;
        this.width = width;
        values = new float[source.valuesPerImage()];
        levels = new byte[height * width];
        chains = new float[height * width];
        current = new byte[height * width];
        next = new byte[height * width];
    }

    /** Returns the mixed image, which is overwritten by the next call. */
    float[] mix(int image, Recipe recipe) {
        source.read(image, values);
        for (int c = 0; c < source.channels(); c++) {
            mixChannel(c, recipe);
        }
        return values;
    }

    private void mixChannel(int channel, Recipe recipe) {
        int start = source.start(channel);
        int stride = source.stride();
        range.toLevels(channel, values, start, stride, levels.length, levels);
        float[] valueOf = range.values(channel);
        Arrays.fill(chains, 0);
        for (Chain chain : recipe.chains()) {
            apply(chain);
            float weight = (float) chain.weight();
            for (int p = 0; p < chains.length; p++) {
                chains[p] += weight * valueOf[current[p] & 0xff];
            }
        }
        float share = (float) recipe.share();
        for (int p = 0; p < chains.length; p++) {
            int at = start + p * stride;
            values[at] = (1 - share) * values[at] + share * chains[p];
        }
    }

    /** Applies a chain and leaves the result in {@code current}. */
    private void apply(Chain chain) {
        System.arraycopy(levels, 0, current, 0, levels.length);
        for (Step step : chain.steps()) {
            step.operation().with(step.amount(), height, width).apply(current, height, width, next);
            byte[] done = next;
            next = current;
            current = done;
        }
    }
}
