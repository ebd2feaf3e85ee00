package org.guidedmixup.method.augmix;

import java.util.Arrays;
import java.util.List;
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

    /** The value of every level, [channels][256]. */
    private final float[][] valueOf;

    /** The image, then the mixed image. */
    private final float[] values;

    /** The 8-bit levels of the image. */
    private final byte[][] levels;

    private final ChainImage chained;

    /** The sum of the chains' results. */
    private final float[][] sums;

    /** What every level of the last step adds to the sum. */
    private final float[] added;

    AugMixImage(PixelAccess source, ValueRange range, int height, int width) {
        this.source = source;
        this.range = range;
        this.height = height;
        this.width = width;
        valueOf = new float[source.channels()][];
        Arrays.setAll(valueOf, range::values);
        values = new float[source.valuesPerImage()];
        levels = new byte[source.channels()][height * width];
        chained = new ChainImage(levels, height, width);
        sums = new float[source.channels()][height * width];
        added = new float[valueOf[0].length];
    }

    /** Returns the mixed image, which is overwritten by the next call. */
    float[] mix(int image, Recipe recipe) {
        source.read(image, values);
        for (int c = 0; c < levels.length; c++) {
            range.toLevels(c, values, source.start(c), source.stride(), levels[c].length, levels[c]);
            Arrays.fill(sums[c], 0);
        }
        chained.renew();
        List<Chain> chains = recipe.chains();
        for (Chain chain : chains.subList(0, chains.size() - 1)) {
            carryOut(chain);
            for (int c = 0; c < levels.length; c++) {
                setAdded(c, chain);
                add(chained.plane(c), sums[c]);
            }
        }
        Chain last = chains.get(chains.size() - 1);
        carryOut(last);
        for (int c = 0; c < levels.length; c++) {
            setAdded(c, last);
            blend(c, (float) recipe.share());
        }
        return values;
    }

    private void carryOut(Chain chain) {
        chained.restart();
        for (Step step : chain.steps()) {
            chained.apply(step.operation().with(step.amount(), height, width));
        }
    }

    private void setAdded(int channel, Chain chain) {
        float weight = (float) chain.weight();
        byte[] curve = chained.curve(channel);
        for (int level = 0; level < added.length; level++) {
            added[level] = weight * valueOf[channel][curve[level] & 0xff];
        }
    }

    private void add(byte[] plane, float[] sum) {
        for (int p = 0; p < sum.length; p++) {
            sum[p] += added[plane[p] & 0xff];
        }
    }

    /** Adds the last chain and blends the sum with the image. */
    private void blend(int channel, float share) {
        byte[] plane = chained.plane(channel);
        float[] sum = sums[channel];
        int at = source.start(channel);
        int stride = source.stride();
        for (int p = 0; p < sum.length; p++) {
            values[at] = (1 - share) * values[at] + share * (sum[p] + added[plane[p] & 0xff]);
            at += stride;
        }
    }
}
