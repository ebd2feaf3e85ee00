package org.guidedmixup.method.augmix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.method.augmix.AugMixPlan.Chain;
import org.guidedmixup.method.augmix.AugMixPlan.Recipe;
import org.guidedmixup.method.augmix.AugMixPlan.Step;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Chains whose tone curves are put off, against operations that are carried out one by one. */
class ChainImageTest {
    private static final int HEIGHT = 11;
    private static final int WIDTH = 13;

    @Test
    void everyThreeOperationsGiveTheSameLevels() {
        AugMixOperation[] all = AugMixOperation.values();
        SplittableRandom random = new SplittableRandom(1);
        byte[][] original = new byte[2][HEIGHT * WIDTH];
        ChainImage chained = new ChainImage(original, HEIGHT, WIDTH);
        for (int code = 0; code < all.length * all.length * all.length; code++) {
            if (code % 7 == 0) {
                new Random(code).nextBytes(original[0]);
                Arrays.fill(original[1], (byte) code);
                original[1][5] = 77;
                chained.renew();
            }
            byte[][] expected = {original[0].clone(), original[1].clone()};
            chained.restart();
            int rest = code;
            for (int step = 0; step < 3; step++) {
                AugMixOperation operation = all[rest % all.length];
                rest /= all.length;
                PlaneOperation drawn = operation.with(operation.draw(10, HEIGHT, WIDTH, random), HEIGHT, WIDTH);
                chained.apply(drawn);
                for (int c = 0; c < 2; c++) {
                    byte[] next = new byte[HEIGHT * WIDTH];
                    drawn.apply(expected[c], HEIGHT, WIDTH, next);
                    expected[c] = next;
                }
            }
            for (int c = 0; c < 2; c++) {
                byte[] levels = new byte[HEIGHT * WIDTH];
                ToneCurve.apply(chained.curve(c), chained.plane(c), levels.length, levels);
                assertArrayEquals(expected[c], levels, "operations " + code + ", channel " + c);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void theBlendHasTheSameBits(int chains) {
        INDArray images = RandomImages.nchw(chains, 6, 3, HEIGHT, WIDTH);
        AugMix mixer = AugMix.builder().width(chains).severity(8).seed(chains).build();
        AugMixPlan plan = (AugMixPlan) mixer.plan(images, RandomImages.labels(6, 2), 0, 0);
        float[] mixed = ((MixPlan) plan).mix(images).data().asFloat();
        float[] expected = images.dup('c').data().asFloat();
        float[] plane = new float[HEIGHT * WIDTH];
        for (int channel = 0; channel < 18; channel++) {
            System.arraycopy(expected, channel * plane.length, plane, 0, plane.length);
            blend(plan.recipes().get(channel / 3), plane);
            System.arraycopy(plane, 0, expected, channel * plane.length, plane.length);
        }
        assertArrayEquals(expected, mixed);
    }

    private static void blend(Recipe recipe, float[] plane) {
        ValueRange range = ValueRange.of(0, 1);
        byte[] levels = new byte[plane.length];
        range.toLevels(0, plane, 0, 1, plane.length, levels);
        float[] valueOf = range.values(0);
        float[] sum = new float[plane.length];
        for (Chain chain : recipe.chains()) {
            byte[] current = levels;
            for (Step step : chain.steps()) {
                byte[] next = new byte[plane.length];
                step.operation().with(step.amount(), HEIGHT, WIDTH).apply(current, HEIGHT, WIDTH, next);
                current = next;
            }
            for (int p = 0; p < sum.length; p++) {
                sum[p] += (float) chain.weight() * valueOf[current[p] & 0xff];
            }
        }
        float share = (float) recipe.share();
        for (int p = 0; p < sum.length; p++) {
            plane[p] = (1 - share) * plane[p] + share * sum[p];
        }
    }
}
