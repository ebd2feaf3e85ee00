package org.guidedmixup.method.augmix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.guidedmixup.method.augmix.AugMixPlan.Chain;
import org.guidedmixup.method.augmix.AugMixPlan.Recipe;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** AugMix: the recipes it draws. */
class AugMixRecipesTest {

    @Test
    void recipesAreDrawnAsPublished() {
        INDArray images = RandomImages.nchw(1, 50, 1, 30, 60);
        INDArray labels = RandomImages.labels(50, 2);
        AugMix mixer = AugMix.builder().seed(1).build();
        int recipes = 40 * 50;
        double share = 0;
        double squaredShare = 0;
        double squaredWeight = 0;
        int[] depths = new int[4];
        Map<AugMixOperation, Integer> operations = new EnumMap<>(AugMixOperation.class);
        for (int batch = 0; batch < 40; batch++) {
            for (Recipe recipe : ((AugMixPlan) mixer.plan(images, labels, 0, batch)).recipes()) {
                assertEquals(3, recipe.chains().size());
                assertEquals(
                        1, recipe.chains().stream().mapToDouble(Chain::weight).sum(), 1e-9);
                share += recipe.share();
                squaredShare += recipe.share() * recipe.share();
                squaredWeight += Math.pow(recipe.chains().get(0).weight(), 2);
                for (Chain chain : recipe.chains()) {
                    depths[chain.steps().size()]++;
                    chain.steps().forEach(step -> operations.merge(step.operation(), 1, Integer::sum));
                }
            }
        }
        assertEquals(0.5, share / recipes, 0.03);
        assertEquals(1 / 3.0, squaredShare / recipes, 0.03, "Beta(1, 1) is uniform");
        assertEquals(1 / 6.0, squaredWeight / recipes, 0.02, "Dirichlet(1, 1, 1): E w² = 2 / (3 · 4)");
        for (int depth = 1; depth <= 3; depth++) {
            assertEquals(1 / 3.0, (double) depths[depth] / (3 * recipes), 0.03, "depth " + depth);
        }
        assertEquals(9, operations.size());
        operations.forEach((operation, count) ->
                assertEquals(1 / 9.0, (double) count / (6 * recipes), 0.02, operation.toString()));
    }

    @Test
    void widthAndDepthAreOptions() {
        INDArray images = RandomImages.nchw(1, 3, 1, 8, 8);
        AugMixPlan plan =
                (AugMixPlan) AugMix.builder().width(5).depth(2).build().plan(images, RandomImages.labels(3, 3));
        for (Recipe recipe : plan.recipes()) {
            assertEquals(5, recipe.chains().size());
            recipe.chains().forEach(chain -> assertEquals(2, chain.steps().size()));
        }
    }

    /** The smallest and largest amount at severity 3 on 30 x 60 pixels, from the released code's formulas. */
    static Stream<Arguments> amounts() {
        return Stream.of(
                Arguments.of(AugMixOperation.AUTOCONTRAST, 0, 0),
                Arguments.of(AugMixOperation.EQUALIZE, 0, 0),
                Arguments.of(AugMixOperation.POSTERIZE, 3, 4),
                Arguments.of(AugMixOperation.ROTATE, -8, 8),
                Arguments.of(AugMixOperation.SOLARIZE, 256 - 76, 256 - 2),
                Arguments.of(AugMixOperation.SHEAR_X, -0.09, 0.09),
                Arguments.of(AugMixOperation.SHEAR_Y, -0.09, 0.09),
                Arguments.of(AugMixOperation.TRANSLATE_X, -5, 5),
                Arguments.of(AugMixOperation.TRANSLATE_Y, -2, 2));
    }

    @ParameterizedTest
    @MethodSource("amounts")
    void amountsSpanTheirRange(AugMixOperation operation, double least, double most) {
        SplittableRandom random = new SplittableRandom(3);
        double[] drawn = DoubleStream.generate(() -> operation.draw(3, 30, 60, random))
                .limit(5000)
                .toArray();
        double tolerance = operation.name().startsWith("SHEAR") ? 1e-3 : 0;
        assertEquals(least, Arrays.stream(drawn).min().orElseThrow(), tolerance);
        assertEquals(most, Arrays.stream(drawn).max().orElseThrow(), tolerance);
    }
}
