package org.guidedmixup;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ArrayAssertions.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.RandomPairing;
import org.guidedmixup.plan.MaskPlan;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.saliency.SaliencyDetector;
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

/** The whole pipeline on batches of all kinds: sizes, channels, layouts, types, unusual contents. */
class GuidedMixupBatchTest {
    private static final GuidedMixup MIXER =
            GuidedMixup.builder().mixProbability(1).seed(3).build();

    static Stream<Arguments> batches() {
        List<Arguments> all = new ArrayList<>();
        for (int m : new int[] {1, 2, 3, 7}) {
            for (int c : new int[] {1, 3, 4}) {
                for (int[] size : new int[][] {{8, 8}, {12, 5}, {1, 6}, {130, 9}}) {
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
    void pixelsAndLabelsFollowTheEquations(int m, int c, int h, int w, DataFormat format) {
        INDArray nchw = RandomImages.nchw(m + c + h, m, c, h, w);
        INDArray images = RandomImages.inFormat(nchw, format);
        INDArray labels = RandomImages.labels(m, 3);
        MixPlan plan = GuidedMixup.builder()
                .mixProbability(1)
                .dataFormat(format)
                .build()
                .plan(images, labels);
        INDArray mixed = plan.mix(images);
        assertArrayEquals(images.shape(), mixed.shape());
        if (m == 1) {
            assertFalse(plan.isMixed());
            assertSame(images, mixed);
            return;
        }
        INDArray mixedNchw = format == DataFormat.NCHW ? mixed : mixed.permute(0, 3, 1, 2);
        assertEquations((MaskPlan) plan, nchw, labels, mixedNchw, plan.mixLabels(labels));
    }

    private static void assertEquations(
            MaskPlan plan, INDArray images, INDArray labels, INDArray mixed, INDArray mixedLabels) {
        assertTrue(plan.pairing().isSingleCycle());
        for (int i = 0; i < images.size(0); i++) {
            int p = plan.pairing().partner(i);
            double sum = 0;
            for (int y = 0; y < images.size(2); y++) {
                for (int x = 0; x < images.size(3); x++) {
                    double share = plan.mask().weights().getDouble(i, y, x);
                    sum += share;
                    for (int k = 0; k < images.size(1); k++) {
                        double expected =
                                share * images.getDouble(i, k, y, x) + (1 - share) * images.getDouble(p, k, y, x);
                        assertEquals(expected, mixed.getDouble(i, k, y, x), 1e-6);
                    }
                }
            }
            double ratio = sum / (images.size(2) * images.size(3));
            for (int k = 0; k < labels.size(1); k++) {
                assertEquals(
                        ratio * labels.getDouble(i, k) + (1 - ratio) * labels.getDouble(p, k),
                        mixedLabels.getDouble(i, k),
                        1e-5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16", "UBYTE", "INT"})
    void outputsKeepFloatingTypesAndIntegersBecomeFloat(DataType type) {
        INDArray pixels = Nd4j.create(DataType.FLOAT, 4, 3, 9, 9)
                .assign(RandomImages.nchw(1, 4, 3, 9, 9).mul(200));
        INDArray images = pixels.castTo(type);
        byte[] before = bytes(images);
        INDArray labels = RandomImages.labels(4, 5).castTo(type);
        MixedBatch mixed = MIXER.plan(images, labels).apply(images, labels);

        DataType expectedType = type.isFPType() ? type : DataType.FLOAT;
        assertEquals(expectedType, mixed.images().dataType());
        assertEquals(expectedType, mixed.labels().dataType());
        assertArrayEquals(before, bytes(images), "the input changed");

        INDArray single = images.castTo(DataType.FLOAT);
        MixedBatch expected = MIXER.plan(single, labels).apply(single, labels.castTo(DataType.FLOAT));
        double rounding = type == DataType.BFLOAT16 ? 1 : type == DataType.FLOAT16 ? 0.1 : 1e-4;
        assertClose(expected.images(), mixed.images(), rounding, "images");
        assertClose(expected.labels(), mixed.labels(), rounding / 100, "labels");
    }

    private static byte[] bytes(INDArray array) {
        return Nd4j.toNpyByteArray(array.castTo(DataType.DOUBLE));
    }

    @Test
    void viewsAndColumnMajorArraysMixAlike() {
        INDArray images = RandomImages.nchw(1, 5, 3, 10, 8);
        INDArray labels = RandomImages.labels(5, 3);
        MixedBatch expected = MIXER.plan(images, labels).apply(images, labels);
        INDArray wide = Nd4j.create(DataType.FLOAT, 7, 3, 10, 16);
        INDArray view = wide.get(
                NDArrayIndex.interval(1, 6), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(8, 16));
        view.assign(images);
        INDArray before = wide.dup();
        for (INDArray same : List.of(images.dup('f'), view)) {
            MixedBatch mixed = MIXER.plan(same, labels.dup('f')).apply(same, labels.dup('f'));
            assertClose(expected.images(), mixed.images(), 1e-6, "images");
            assertClose(expected.labels(), mixed.labels(), 1e-6, "labels");
        }
        assertEquals(before, wide);
    }

    @Test
    void oddImagesAreMixedAndCounted() {
        INDArray images = RandomImages.nchw(1, 6, 3, 12, 12);
        images.slice(0).assign(0);
        images.slice(1).assign(0.5);
        images.slice(3).assign(images.slice(2));
        images.putScalar(new int[] {4, 1, 5, 5}, Float.NaN);
        images.putScalar(new int[] {5, 1, 5, 5}, Float.NEGATIVE_INFINITY);
        INDArray labels = RandomImages.labels(6, 6);
        MaskPlan plan = (MaskPlan) MIXER.plan(images, labels);
        assertEquals(2, plan.nonFiniteSaliencies());
        assertTrue(plan.pairing().isSingleCycle());
        for (double share : values(plan.mask().weights())) {
            assertTrue(share >= 0 && share <= 1, "share " + share);
        }
        INDArray mixed = plan.mix(images);
        for (int i = 0; i < 6; i++) {
            boolean touched = i >= 4 || plan.pairing().partner(i) >= 4;
            assertEquals(touched, !Double.isFinite(mixed.slice(i).sumNumber().doubleValue()), "image " + i);
            assertEquals(1, plan.mixLabels(labels).getRow(i).sumNumber().doubleValue(), 1e-6);
        }
    }

    @Test
    void batchesOfIdenticalImagesStayAsTheyAre() {
        INDArray images = Nd4j.create(DataType.FLOAT, 5, 3, 8, 8);
        for (int i = 0; i < 5; i++) {
            images.slice(i).assign(RandomImages.nchw(9, 1, 3, 8, 8).slice(0));
        }
        INDArray labels = RandomImages.labels(5, 5);
        MaskPlan plan = (MaskPlan) MIXER.plan(images, labels);
        assertTrue(plan.pairing().isSingleCycle());
        assertClose(images, plan.mix(images), 1e-6, "images");
        assertClose(Nd4j.valueArrayOf(new long[] {5}, 0.5), plan.mask().ratio(), 1e-5, "ratio");
    }

    @Test
    void thePairingThatWasDrawnReachesThePixels() {
        // Image i has the colour i everywhere, and its own half is salient: the mixed colour identifies its partner.
        int m = 8;
        INDArray images = Nd4j.create(DataType.FLOAT, m, 1, 8, 8);
        for (int i = 0; i < m; i++) {
            images.slice(i).assign(1 << i);
        }
        INDArray labels = RandomImages.labels(m, m);
        SaliencyDetector detector = (x, y, format) -> RandomImages.maps(5, m, 8, 8);
        for (boolean greedy : new boolean[] {true, false}) {
            GuidedMixup mixer = GuidedMixup.builder()
                    .mixProbability(1)
                    .saliency(detector)
                    .pairing(greedy ? new GreedyPairing() : new RandomPairing())
                    .build();
            MaskPlan plan = (MaskPlan) mixer.plan(images, labels, 0, 0);
            INDArray mixed = plan.mix(images);
            for (int i = 0; i < m; i++) {
                double own = 1 << i;
                double share = plan.mask().weights().getDouble(i, 2, 3);
                double partner = (mixed.getDouble(i, 0, 2, 3) - share * own) / (1 - share);
                assertEquals(1 << plan.pairing().partner(i), partner, 1e-3, "partner of " + i);
            }
            assertEquals(greedy, plan.pairing().equals(greedyPairingOf(detector, images, labels)));
        }
    }

    private static Pairing greedyPairingOf(SaliencyDetector detector, INDArray images, INDArray labels) {
        GuidedMixup mixer =
                GuidedMixup.builder().mixProbability(1).saliency(detector).build();
        return ((MaskPlan) mixer.plan(images, labels, 4, 2)).pairing();
    }

    @Test
    void aPlanAppliesToOtherArraysOfTheBatchAndRepeats() {
        INDArray images = RandomImages.nchw(1, 4, 3, 9, 7);
        INDArray labels = RandomImages.labels(4, 3);
        MaskPlan plan = (MaskPlan) MIXER.plan(images, labels);
        INDArray first = plan.mix(images);
        assertEquals(first, plan.mix(images));
        INDArray segmentation = RandomImages.maps(2, 4, 9, 7);
        INDArray mixed = plan.mix(segmentation);
        INDArray asChannel = plan.mix(segmentation.reshape('c', 4, 1, 9, 7));
        assertEquals(asChannel.reshape('c', 4, 9, 7), mixed);
        assertNotEquals(segmentation, mixed);
    }

    @Test
    void blendingOnTheCpuEqualsTheReferenceOfAnyBackend() {
        INDArray images = RandomImages.nchw(1, 6, 3, 70, 50);
        MaskPlan plan = (MaskPlan) MIXER.plan(images, RandomImages.labels(6, 3));
        // Column-major images are blended by ND4J's operations.
        assertClose(plan.mix(images.dup('f')), plan.mix(images), 1e-6, "mixed");
    }

    @Test
    void theDetectorMustKeepItsPromise() {
        INDArray images = RandomImages.nchw(1, 4, 3, 9, 7);
        INDArray labels = RandomImages.labels(4, 3);
        GuidedMixup mixer = GuidedMixup.builder()
                .mixProbability(1)
                .saliency((x, y, format) -> Nd4j.ones(DataType.FLOAT, 4, 7, 9))
                .build();
        ErrorMessages.assertIllegalArgument(
                () -> mixer.plan(images, labels), "saliency FLOAT [4, 7, 9]", "expected FLOAT [4, 9, 7]");
    }

    @Test
    void blurAndDetectorAreOptions() {
        INDArray images = RandomImages.nchw(1, 4, 3, 9, 7);
        INDArray labels = RandomImages.labels(4, 3);
        MaskPlan blurred = (MaskPlan) MIXER.plan(images, labels);
        GuidedMixup sharp = GuidedMixup.builder().mixProbability(1).noBlur().build();
        assertNotEquals(
                blurred.mask().weights(),
                ((MaskPlan) sharp.plan(images, labels)).mask().weights());
        ErrorMessages.assertIllegalArgument(() -> GuidedMixup.builder().saliency(null), "saliency");
        ErrorMessages.assertIllegalArgument(() -> GuidedMixup.builder().blur(null), "blur");
        ErrorMessages.assertIllegalArgument(() -> GuidedMixup.builder().pairing(null), "pairing");
    }
}
