package org.guidedmixup.method;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ArrayAssertions.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.mask.Box;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.BoxPlan;
import org.guidedmixup.plan.LabelSmoothing;
import org.guidedmixup.plan.MaskPlan;
import org.guidedmixup.plan.MaskedPlan;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
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

/** CutMix and SaliencyMix: which pixels are replaced, and how labels are weighted. */
class BoxMixersTest {

    static Stream<Arguments> batches() {
        List<Arguments> all = new ArrayList<>();
        for (int m : new int[] {1, 2, 3, 7}) {
            for (int c : new int[] {1, 3, 4}) {
                for (int[] size : new int[][] {{8, 8}, {12, 5}, {1, 6}, {6, 1}, {1, 1}}) {
                    for (DataFormat format : DataFormat.values()) {
                        all.add(Arguments.of(m, c, size[0], size[1], format));
                    }
                }
            }
        }
        return all.stream();
    }

    private static List<BatchMixer> mixers(DataFormat format) {
        return List.of(
                CutMix.builder().mixProbability(1).dataFormat(format).seed(4).build(),
                SaliencyMix.builder()
                        .mixProbability(1)
                        .dataFormat(format)
                        .seed(4)
                        .build(),
                SaliencyMix.builder()
                        .mixProbability(1)
                        .onePerBatch()
                        .dataFormat(format)
                        .seed(4)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("batches")
    void labelsKeepTheShareOfThePixelsThatStay(int m, int c, int h, int w, DataFormat format) {
        INDArray nchw = distinct(m, c, h, w);
        INDArray images = RandomImages.inFormat(nchw, format);
        INDArray before = images.dup();
        INDArray labels = Nd4j.eye(m).castTo(DataType.FLOAT);
        if (m == 1) {
            labels = Nd4j.createFromArray(1f, 0f).reshape(1, 2);
        }
        for (BatchMixer mixer : mixers(format)) {
            for (int batch = 0; batch < 5; batch++) {
                MixPlan plan = mixer.plan(images, labels, 0, batch);
                MixedBatch mixed = plan.apply(images, labels);
                assertArrayEquals(images.shape(), mixed.images().shape());
                assertEquals(before, images, "the input changed");
                if (m == 1) {
                    assertFalse(plan.isMixed());
                    continue;
                }
                INDArray mixedNchw = format == DataFormat.NCHW
                        ? mixed.images()
                        : mixed.images().permute(0, 3, 1, 2);
                assertShares((MaskedPlan) plan, nchw, mixedNchw, mixed.labels());
            }
        }
    }

    /** Returns a batch without equal pixels, so that every pixel of a mixed image identifies its source. */
    private static INDArray distinct(int m, int c, int h, int w) {
        return Nd4j.arange(m * c * h * w).castTo(DataType.FLOAT).reshape('c', m, c, h, w);
    }

    private static void assertShares(MaskedPlan plan, INDArray images, INDArray mixed, INDArray labels) {
        int channels = (int) images.size(1);
        int pixels = (int) (images.size(2) * images.size(3));
        double[] in = values(images);
        double[] out = values(mixed);
        double[] mask = values(plan.mask().weights());
        for (int i = 0; i < plan.size(); i++) {
            int partner = plan.pairing().partner(i);
            int kept = 0;
            for (int p = 0; p < pixels; p++) {
                boolean own = mask[i * pixels + p] == 1;
                kept += own ? 1 : 0;
                for (int k = 0; k < channels; k++) {
                    int from = own ? i : partner;
                    assertEquals(in[(from * channels + k) * pixels + p], out[(i * channels + k) * pixels + p], "pixel");
                }
            }
            double share = (double) kept / pixels;
            assertEquals(share, plan.mask().ratio().getDouble(i), 1e-6);
            assertEquals(partner == i ? 1 : share, labels.getDouble(i, i), 1e-6);
            assertEquals(partner == i ? 1 : 1 - share, labels.getDouble(i, partner), 1e-6);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16", "UBYTE", "INT"})
    void pixelsOfEveryTypePassUnchanged(DataType type) {
        INDArray images = RandomImages.nchw(1, 4, 3, 9, 7).mul(200).castTo(type);
        INDArray labels = RandomImages.labels(4, 5).castTo(type);
        BoxPlan plan = (BoxPlan) mixers(DataFormat.NCHW).get(1).plan(images, labels, 0, 1);
        DataType expectedType = type.isFPType() ? type : DataType.FLOAT;
        MixedBatch mixed = plan.apply(images, labels);
        assertEquals(expectedType, mixed.images().dataType());
        assertEquals(expectedType, mixed.labels().dataType());
        INDArray doubles = images.castTo(DataType.DOUBLE);
        INDArray mask = plan.mask().weights(DataFormat.NCHW).castTo(DataType.DOUBLE);
        INDArray expected =
                doubles.mul(mask).add(plan.pairing().partners(doubles).mul(mask.rsub(1)));
        assertClose(expected, mixed.images(), 0, "pixels");
    }

    @Test
    void viewsAndColumnMajorArraysMixAlikeAndPlansRepeat() {
        INDArray images = RandomImages.nchw(1, 5, 3, 10, 8);
        INDArray labels = RandomImages.labels(5, 3);
        for (BatchMixer mixer : mixers(DataFormat.NCHW)) {
            MixPlan plan = mixer.plan(images, labels, 1, 2);
            INDArray expected = plan.mix(images);
            assertEquals(expected, plan.mix(images));
            assertEquals(expected, plan.mix(images.dup('f')));
            assertEquals(expected, mixer.plan(images.dup('f'), labels, 1, 2).mix(images));
            assertNotEquals(images, expected);
            INDArray maps = RandomImages.maps(2, 5, 10, 8);
            assertEquals(plan.mix(maps.reshape('c', 5, 1, 10, 8)).reshape('c', 5, 10, 8), plan.mix(maps));
        }
    }

    @Test
    void whatIsNotFiniteStaysWithItsPixels() {
        INDArray images = RandomImages.nchw(1, 3, 1, 4, 4);
        images.slice(1).assign(Float.NaN);
        images.putScalar(new int[] {2, 0, 3, 3}, Float.POSITIVE_INFINITY);
        BatchShape shape = new BatchShape(3, 1, 4, 4, DataFormat.NCHW);
        Box box = new Box(1, 1, 2, 2);
        BoxPlan plan =
                new BoxPlan(shape, Pairing.of(1, 2, 0), List.of(box, box, new Box(3, 3, 1, 1)), LabelSmoothing.NONE, 0);
        INDArray mixed = plan.mix(images);
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                boolean inside = y >= 1 && y < 3 && x >= 1 && x < 3;
                assertEquals(inside, Double.isNaN(mixed.getDouble(0, 0, y, x)));
                assertEquals(!inside, Double.isNaN(mixed.getDouble(1, 0, y, x)));
                assertTrue(Double.isFinite(mixed.getDouble(2, 0, y, x)));
            }
        }
    }

    @Test
    void smallAlphasGiveAllOrNothingAndLargeOnesHalf() {
        INDArray images = RandomImages.nchw(1, 2, 1, 16, 16);
        INDArray labels = RandomImages.labels(2, 2);
        BatchMixer extreme = CutMix.builder().mixProbability(1).alpha(0.01).build();
        BatchMixer even = SaliencyMix.builder().mixProbability(1).alpha(500).build();
        int nothing = 0;
        int something = 0;
        for (int b = 0; b < 200; b++) {
            Box box = ((BoxPlan) extreme.plan(images, labels, 0, b)).boxes().get(0);
            boolean large = box.height() >= 7 && box.width() >= 7; // up to three quarters may be clipped
            nothing += box.isEmpty() ? 1 : 0;
            something += box.isEmpty() || large ? 0 : 1;
            assertTrue(
                    ((BoxPlan) even.plan(images, labels, 0, b)).boxes().get(0).height() <= 12);
        }
        assertTrue(nothing > 60 && nothing < 140, "empty boxes: " + nothing);
        assertTrue(something < 20, "boxes of another size than nothing or all: " + something);
    }

    @Test
    void halfOfTheBatchesAreMixedByDefault() {
        INDArray images = RandomImages.nchw(1, 2, 1, 4, 4);
        INDArray labels = RandomImages.labels(2, 2);
        for (BatchMixer mixer :
                List.of(CutMix.builder().build(), SaliencyMix.builder().build())) {
            long mixed = IntStream.range(0, 400)
                    .filter(b -> mixer.plan(images, labels, 0, b).isMixed())
                    .count();
            assertTrue(Math.abs(mixed - 200) < 40, "mixed by default: " + mixed + " of 400");
        }
    }

    @Test
    void bothBorrowThePairingOfGuidedMixup() {
        INDArray images = RandomImages.nchw(3, 9, 3, 20, 17);
        INDArray labels = RandomImages.labels(9, 4);
        Pairing guided =
                ((MaskPlan) GuidedMixup.builder().mixProbability(1).build().plan(images, labels)).pairing();
        BatchMixer cut =
                CutMix.builder().mixProbability(1).pairing(new GreedyPairing()).build();
        BatchMixer salient = SaliencyMix.builder()
                .mixProbability(1)
                .pairing(new GreedyPairing())
                .build();
        assertEquals(guided, ((BoxPlan) cut.plan(images, labels)).pairing());
        assertEquals(guided, ((BoxPlan) salient.plan(images, labels)).pairing());
        assertNotEquals(
                guided, ((BoxPlan) CutMix.builder().mixProbability(1).build().plan(images, labels)).pairing());
    }

    @Test
    void badArgumentsAreNamed() {
        ErrorMessages.assertIllegalArgument(() -> CutMix.builder().alpha(0), "alpha", "0.0");
        ErrorMessages.assertIllegalArgument(() -> CutMix.builder().alpha(Double.NaN), "alpha", "NaN");
        ErrorMessages.assertIllegalArgument(() -> SaliencyMix.builder().alpha(-1), "alpha", "-1.0");
        ErrorMessages.assertIllegalArgument(
                () -> SaliencyMix.builder().alpha(Double.POSITIVE_INFINITY), "alpha", "Infinity");
        BatchShape shape = new BatchShape(2, 1, 4, 5, DataFormat.NCHW);
        Box inside = new Box(0, 0, 4, 5);
        ErrorMessages.assertIllegalArgument(
                () -> new BoxPlan(
                        shape, Pairing.of(1, 0), List.of(inside, new Box(1, 0, 4, 5)), LabelSmoothing.NONE, 0),
                "top=1",
                "inside images of 4 x 5");
        ErrorMessages.assertIllegalArgument(
                () -> new BoxPlan(shape, Pairing.of(1, 0), List.of(inside), LabelSmoothing.NONE, 0),
                "1 images",
                "expected 2");
    }
}
