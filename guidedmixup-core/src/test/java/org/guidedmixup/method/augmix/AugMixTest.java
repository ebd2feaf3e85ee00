package org.guidedmixup.method.augmix;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ArrayAssertions.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.method.augmix.AugMixPlan.Chain;
import org.guidedmixup.method.augmix.AugMixPlan.Recipe;
import org.guidedmixup.method.augmix.AugMixPlan.Step;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.testing.ErrorMessages;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** AugMix: images blended with augmented copies. */
class AugMixTest {

    static Stream<Arguments> batches() {
        List<Arguments> all = new ArrayList<>();
        for (int m : new int[] {1, 2, 3, 7}) {
            for (int c : new int[] {1, 3, 4}) {
                for (int[] size : new int[][] {{8, 8}, {12, 5}, {1, 6}, {31, 40}}) {
                    for (DataFormat format : DataFormat.values()) {
                        all.add(Arguments.of(m, c, size[0], size[1], format));
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("batches")
    void imagesAreBlendedWithTheirChainsAndLabelsStay(int m, int c, int h, int w, DataFormat format) {
        INDArray nchw = RandomImages.nchw(m + c + h, m, c, h, w);
        INDArray images = RandomImages.inFormat(nchw, format);
        INDArray before = images.dup();
        INDArray labels = RandomImages.labels(m, 3);
        AugMixPlan plan =
                (AugMixPlan) AugMix.builder().dataFormat(format).seed(h).build().plan(images, labels);
        INDArray mixed = plan.mix(images);
        assertArrayEquals(images.shape(), mixed.shape());
        assertEquals(before, images, "the input changed");
        assertSame(labels, plan.mixLabels(labels));
        INDArray mixedNchw = format == DataFormat.NCHW ? mixed : mixed.permute(0, 3, 1, 2);
        assertClose(expected(plan, nchw, 0, 1), mixedNchw, 1e-6, "mixed");
        assertEquals(mixed, plan.mix(images), "applied again");
    }

    /** Carries out the recipes image by image and channel by channel. */
    private static INDArray expected(AugMixPlan plan, INDArray images, double low, double high) {
        int c = (int) images.size(1);
        int h = (int) images.size(2);
        int w = (int) images.size(3);
        double[] in = values(images);
        double[] out = new double[in.length];
        for (int channel = 0; channel < plan.size() * c; channel++) {
            Recipe recipe = plan.recipes().get(channel / c);
            byte[] levels = new byte[h * w];
            for (int p = 0; p < levels.length; p++) {
                double unit = (in[channel * h * w + p] - low) / (high - low);
                levels[p] = (byte) Math.round(255 * Math.max(0, Math.min(1, unit)));
                out[channel * h * w + p] = (1 - recipe.share()) * in[channel * h * w + p];
            }
            for (Chain chain : recipe.chains()) {
                byte[] augmented = levels;
                for (Step step : chain.steps()) {
                    byte[] next = new byte[h * w];
                    step.operation().with(step.amount(), h, w).apply(augmented, h, w, next);
                    augmented = next;
                }
                for (int p = 0; p < levels.length; p++) {
                    double value = low + (augmented[p] & 0xff) / 255.0 * (high - low);
                    out[channel * h * w + p] += recipe.share() * chain.weight() * value;
                }
            }
        }
        return Nd4j.createFromArray(out).reshape('c', images.shape());
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16", "UBYTE", "INT"})
    void floatingTypesStayAndIntegersAreBytes(DataType type) {
        double white = type.isFPType() ? 1 : 255;
        INDArray images = RandomImages.nchw(1, 3, 3, 9, 7).mul(white).castTo(type);
        INDArray labels = RandomImages.labels(3, 3);
        AugMixPlan plan = (AugMixPlan) AugMix.builder().seed(5).build().plan(images, labels);
        INDArray mixed = plan.mix(images);
        assertEquals(type.isFPType() ? type : DataType.FLOAT, mixed.dataType());
        double rounding = type == DataType.BFLOAT16 ? 4e-3 : type == DataType.FLOAT16 ? 5e-4 : 1e-6 * white;
        assertClose(expected(plan, images.castTo(DataType.DOUBLE), 0, white), mixed, rounding, "mixed");
    }

    @Test
    void theDeclaredRangeIsWhatOperationsSee() {
        INDArray images = RandomImages.nchw(1, 4, 3, 12, 10);
        INDArray labels = RandomImages.labels(4, 2);
        AugMix unit = AugMix.builder().seed(3).build();
        AugMix signed = AugMix.builder().range(-1, 1).seed(3).build();
        float[] mean = {0.5f, 0.4f, 0.3f};
        float[] deviation = {0.25f, 0.2f, 0.3f};
        AugMix standardized = AugMix.builder()
                .range(ValueRange.standardized(mean, deviation))
                .seed(3)
                .build();
        INDArray expected = unit.plan(images, labels, 0, 0).mix(images);
        INDArray doubled = images.mul(2).subi(1);
        assertClose(expected.mul(2).subi(1), signed.plan(doubled, labels, 0, 0).mix(doubled), 2e-6, "-1 to 1");
        INDArray normal = images.dup();
        INDArray expectedNormal = expected.dup();
        for (INDArray array : List.of(normal, expectedNormal)) {
            for (int c = 0; c < 3; c++) {
                INDArray channel = array.get(NDArrayIndex.all(), NDArrayIndex.interval(c, c + 1));
                channel.subi(mean[c]).divi(deviation[c]);
            }
        }
        assertClose(expectedNormal, standardized.plan(normal, labels, 0, 0).mix(normal), 1e-5, "standardised");
    }

    @Test
    void imagesOutsideTheRangeAreRefused() {
        INDArray labels = RandomImages.labels(2, 2);
        INDArray bytes = RandomImages.nchw(1, 2, 3, 5, 4).mul(255);
        ErrorMessages.assertIllegalArgument(
                () -> AugMix.builder().build().plan(bytes, labels), "images", "0.0 to 1.0", "range");
        INDArray one = RandomImages.nchw(1, 2, 1, 5, 4);
        one.putScalar(new int[] {1, 0, 4, 3}, -0.2);
        for (DataFormat format : DataFormat.values()) {
            AugMix mixer = AugMix.builder().dataFormat(format).build();
            ErrorMessages.assertIllegalArgument(() -> mixer.plan(RandomImages.inFormat(one, format), labels), "-0.2");
        }
        AugMix threeChannels = AugMix.builder()
                .range(ValueRange.standardized(new float[3], new float[] {1, 1, 1}))
                .build();
        ErrorMessages.assertIllegalArgument(() -> threeChannels.plan(one, labels), "range of 3", "1 channels");
        AugMixPlan plan = (AugMixPlan) threeChannels.plan(RandomImages.nchw(1, 2, 3, 5, 4), labels);
        ErrorMessages.assertIllegalArgument(() -> plan.mix(RandomImages.nchw(1, 2, 4, 5, 4)), "4 channels");
        ErrorMessages.assertIllegalArgument(() -> plan.mix(RandomImages.nchw(1, 2, 3, 4, 5)), "[2, 3, 4, 5]");
    }

    @Test
    void pixelsThatAreNotFiniteStayWhereTheyAre() {
        INDArray images = RandomImages.nchw(1, 2, 1, 9, 9);
        images.putScalar(new int[] {0, 0, 4, 4}, Float.NaN);
        images.putScalar(new int[] {1, 0, 2, 3}, Float.POSITIVE_INFINITY);
        INDArray mixed = AugMix.builder()
                .build()
                .plan(images, RandomImages.labels(2, 2), 0, 0)
                .mix(images);
        double[] out = values(mixed);
        for (int p = 0; p < out.length; p++) {
            assertEquals(p != 4 * 9 + 4 && p != 81 + 2 * 9 + 3, Double.isFinite(out[p]), "pixel " + p);
        }
    }

    @Test
    void viewsColumnMajorArraysAndMapsMixAlike() {
        INDArray images = RandomImages.nchw(1, 5, 1, 10, 8);
        INDArray labels = RandomImages.labels(5, 3);
        MixPlan plan = AugMix.builder().seed(1).build().plan(images, labels);
        INDArray expected = plan.mix(images);
        INDArray wide = Nd4j.create(DataType.FLOAT, 5, 1, 10, 16);
        INDArray view =
                wide.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(8, 16));
        view.assign(images);
        assertEquals(expected, plan.mix(images.dup('f')));
        assertEquals(expected, plan.mix(view));
        assertEquals(expected.reshape(5, 10, 8), plan.mix(images.reshape(5, 10, 8)));
    }

    @Test
    void resultsAreBornInTheCallersMemory() {
        INDArray images = RandomImages.nchw(1, 3, 3, 10, 8);
        MixPlan plan = AugMix.builder().seed(1).build().plan(images, RandomImages.labels(3, 3));
        INDArray expected = plan.mix(images);
        try (var workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace("AUGMIX_CALLER")) {
            INDArray mixed = plan.mix(images);
            assertTrue(mixed.isAttached());
            assertEquals("AUGMIX_CALLER", mixed.data().getParentWorkspace().getId());
            assertEquals(expected, mixed);
        }
    }

    @Test
    void epochBatchAndSeedDecide() {
        INDArray images = RandomImages.nchw(1, 3, 1, 8, 8);
        INDArray labels = RandomImages.labels(3, 3);
        AugMix mixer = AugMix.builder().seed(4).build();
        AugMixPlan plan = (AugMixPlan) mixer.plan(images, labels, 2, 3);
        assertEquals(plan.recipes(), ((AugMixPlan) mixer.plan(images, labels, 2, 3)).recipes());
        assertNotEquals(plan.recipes(), ((AugMixPlan) mixer.plan(images, labels, 3, 2)).recipes());
        assertNotEquals(
                plan.recipes(), ((AugMixPlan) AugMix.builder().seed(5).build().plan(images, labels, 2, 3)).recipes());
        assertNotSame(images, plan.mix(images));
    }

    @Test
    void labelsAreSmoothed() {
        INDArray images = RandomImages.nchw(1, 2, 1, 4, 4);
        INDArray labels = RandomImages.labels(2, 2);
        MixPlan plan = AugMix.builder().labelSmoothing(0.2).build().plan(images, labels);
        assertClose(Nd4j.createFromArray(0.9f, 0.1f, 0.1f, 0.9f).reshape(2, 2), plan.mixLabels(labels), 1e-6, "labels");
    }

    @Test
    void badSettingsAreNamed() {
        ErrorMessages.assertIllegalArgument(() -> AugMix.builder().severity(0), "severity", "0.0");
        ErrorMessages.assertIllegalArgument(() -> AugMix.builder().severity(11), "severity", "11.0");
        ErrorMessages.assertIllegalArgument(() -> AugMix.builder().severity(Double.NaN), "severity", "NaN");
        ErrorMessages.assertIllegalArgument(() -> AugMix.builder().width(0), "width", "0");
        ErrorMessages.assertIllegalArgument(() -> AugMix.builder().depth(0), "depth", "0");
        ErrorMessages.assertIllegalArgument(() -> AugMix.builder().range(1, 0), "range");
        ErrorMessages.assertIllegalArgument(() -> AugMix.builder().range(null), "range");
    }
}
