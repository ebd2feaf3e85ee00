package org.guidedmixup.method;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.SeededMixer;
import org.guidedmixup.method.augmix.AugMix;
import org.guidedmixup.method.comixup.CoMixup;
import org.guidedmixup.method.puzzle.PuzzleMix;
import org.guidedmixup.method.snapmix.SnapMix;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Images as rows, as MnistDataSetIterator returns them. */
class ImagesAsRowsTest {
    private static final int M = 6;
    private static final int C = 3;
    private static final int H = 16;
    private static final int W = 24;
    private static final INDArray LABELS = RandomImages.labels(M, 4);

    private static <B extends SeededMixer.Builder<B>> BatchMixer built(
            B builder, Supplier<? extends BatchMixer> build, Consumer<SeededMixer.Builder<?>> settings) {
        settings.accept(builder.mixProbability(1));
        return build.get();
    }

    private static Map<String, BatchMixer> mixers(Consumer<SeededMixer.Builder<?>> settings) {
        GuidedMixup.Builder guided = GuidedMixup.builder();
        InputMixup.Builder input = InputMixup.builder();
        CutMix.Builder cut = CutMix.builder();
        SaliencyMix.Builder saliency = SaliencyMix.builder();
        SnapMix.Builder snap = SnapMix.builder();
        PuzzleMix.Builder puzzle = PuzzleMix.builder();
        CoMixup.Builder coMixup = CoMixup.builder();
        AugMix.Builder augMix = AugMix.builder();
        return Map.of(
                "guided", built(guided, guided::build, settings),
                "input", built(input, input::build, settings),
                "cut", built(cut, cut::build, settings),
                "saliency", built(saliency, saliency::build, settings),
                "snap", built(snap, snap::build, settings),
                "puzzle", built(puzzle, puzzle::build, settings),
                "comixup", built(coMixup, coMixup::build, settings),
                "augmix", built(augMix, augMix::build, settings));
    }

    @ParameterizedTest
    @EnumSource
    void everyMethodMixesRowsAsImages(DataFormat format) {
        INDArray images = RandomImages.inFormat(RandomImages.nchw(5, M, C, H, W), format);
        INDArray rows = images.reshape('c', M, C * H * W);
        Map<String, BatchMixer> ofImages =
                mixers(builder -> builder.dataFormat(format).seed(2));
        Map<String, BatchMixer> ofRows =
                mixers(builder -> builder.dataFormat(format).seed(2).imageShape(C, H, W));
        ofRows.forEach((name, mixer) -> {
            MixPlan expected = ofImages.get(name).plan(images, LABELS, 0, 0);
            MixPlan plan = mixer.plan(rows, LABELS, 0, 0);
            INDArray mixed = plan.mix(rows);
            assertArrayEquals(new long[] {M, C * H * W}, mixed.shape(), name);
            assertClose(expected.mix(images).reshape('c', M, C * H * W), mixed, 0, name);
            assertClose(expected.mixLabels(LABELS), plan.mixLabels(LABELS), 0, name);
            assertClose(expected.mix(images), mixer.plan(images, LABELS, 0, 0).mix(images), 0, name + " with axes");
            // In another order, and as part of a larger array.
            INDArray larger = Nd4j.ones(DataType.FLOAT, M + 2, C * H * W + 1);
            INDArray part = larger.get(NDArrayIndex.interval(1, M + 1), NDArrayIndex.interval(1, C * H * W + 1));
            part.assign(rows);
            for (INDArray other : new INDArray[] {rows.dup('f'), part}) {
                assertClose(mixed, mixer.plan(other, LABELS, 0, 0).mix(other), 0, name);
            }
        });
    }

    @Test
    void aSequenceMixesRows() {
        INDArray images = RandomImages.nchw(5, M, C, H, W);
        INDArray rows = images.reshape('c', M, C * H * W);
        BatchMixer augMix = AugMix.builder().imageShape(C, H, W).build();
        BatchMixer guided =
                GuidedMixup.builder().mixProbability(1).imageShape(C, H, W).build();
        INDArray expected = augMix.then(guided).plan(images, LABELS, 0, 0).mix(images);
        INDArray mixed = augMix.then(guided).plan(rows, LABELS, 0, 0).mix(rows);
        assertClose(expected.reshape('c', M, C * H * W), mixed, 0, "sequence");
    }

    @Test
    void unmixedRowsAreTheSameArray() {
        INDArray rows = RandomImages.nchw(5, M, C, H, W).reshape('c', M, C * H * W);
        BatchMixer mixer =
                GuidedMixup.builder().mixProbability(0).imageShape(C, H, W).build();
        assertEquals(
                System.identityHashCode(rows),
                System.identityHashCode(mixer.plan(rows, LABELS).mix(rows)));
    }

    @Test
    void inputMixupTakesAnyRank() {
        INDArray flat = RandomImages.nchw(5, M, 1, 1, 120).reshape('c', M, 120);
        INDArray expected =
                InputMixup.builder().build().plan(flat, LABELS, 0, 0).mix(flat);
        double share = 1;
        for (long[] shape : new long[][] {{M, 10, 12}, {M, 2, 3, 4, 5}, {M, 1, 10, 12}}) {
            INDArray images = flat.reshape('c', shape);
            INDArray mixed =
                    InputMixup.builder().build().plan(images, LABELS, 0, 0).mix(images);
            assertArrayEquals(shape, mixed.shape());
            assertClose(expected, mixed.reshape('c', M, 120), 0, "rank " + shape.length);
            share = mixed.distance2(images);
        }
        assertEquals(flat.distance2(expected), share, 1e-4);
        BatchMixer greedy = InputMixup.builder().pairing(new GreedyPairing()).build();
        assertIllegalArgument(() -> greedy.plan(flat, LABELS), "images [6, 120]", "imageShape(");
    }

    @Test
    void rowsOfAnotherLengthAreTold() {
        BatchMixer mixer = GuidedMixup.builder().imageShape(1, 28, 28).build();
        INDArray rows = Nd4j.zeros(DataType.FLOAT, M, 783);
        assertIllegalArgument(
                () -> mixer.plan(rows, LABELS), "images [6, 783]", "[batch, 784]", "imageShape(1, 28, 28)");
        INDArray images = Nd4j.zeros(DataType.FLOAT, M, 28, 28, 1);
        assertIllegalArgument(() -> mixer.plan(images, LABELS), "images [6, 28, 28, 1]", "[6, 1, 28, 28]");
        assertIllegalArgument(() -> GuidedMixup.builder().imageShape(0, 28, 28), "imageShape", "0, 28, 28");
    }
}
