package org.guidedmixup.plan;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.mask.MixMask;
import org.guidedmixup.method.CutMix;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.method.SaliencyMix;
import org.guidedmixup.method.augmix.AugMix;
import org.guidedmixup.method.comixup.CoMixup;
import org.guidedmixup.method.puzzle.PuzzleMix;
import org.guidedmixup.method.snapmix.SnapMix;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Segmentation: labels with one row of classes per pixel. */
class DenseLabelsTest {
    private static final int M = 6;
    private static final int K = 4;
    private static final int H = 16;
    private static final int W = 32;

    private static final INDArray IMAGES = RandomImages.nchw(3, M, 3, H, W);

    private static List<BatchMixer> mixers(DataFormat format) {
        return List.of(
                GuidedMixup.builder().mixProbability(1).dataFormat(format).build(),
                InputMixup.builder().dataFormat(format).build(),
                CutMix.builder().mixProbability(1).dataFormat(format).seed(1).build(),
                SaliencyMix.builder().mixProbability(1).dataFormat(format).build(),
                PuzzleMix.builder().dataFormat(format).seed(4).build(),
                CoMixup.builder().dataFormat(format).build());
    }

    /** Returns the class of pixel (y, x) of image i. */
    private static int classOf(int i, int y, int x) {
        return (i + y / 5 + x / 7) % K;
    }

    private static INDArray labels() {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, M, K, H, W);
        for (int i = 0; i < M; i++) {
            for (int y = 0; y < H; y++) {
                for (int x = 0; x < W; x++) {
                    labels.putScalar(new int[] {i, classOf(i, y, x), y, x}, 1);
                }
            }
        }
        return labels;
    }

    @ParameterizedTest
    @EnumSource
    void everyPixelGetsTheLabelsOfWhatIsSeenThere(DataFormat format) {
        INDArray images = RandomImages.inFormat(IMAGES, format);
        INDArray labels = RandomImages.inFormat(labels(), format);
        for (BatchMixer mixer : mixers(format)) {
            MixPlan plan = mixer.plan(images, labels, 0, 1);
            INDArray mixed = plan.mixLabels(labels);
            assertClose(plan.mix(labels), mixed, 1e-6, plan.getClass().getSimpleName());
            INDArray sums = mixed.sum(format == DataFormat.NCHW ? 1 : 3);
            assertClose(Nd4j.onesLike(sums), sums, 1e-5, plan.getClass().getSimpleName());
        }
    }

    @Test
    void theMaskDecidesPixelByPixel() {
        INDArray labels = labels();
        MaskPlan plan =
                (MaskPlan) GuidedMixup.builder().mixProbability(1).build().plan(IMAGES, labels, 0, 0);
        INDArray mixed = plan.mixLabels(labels);
        MixMask mask = plan.mask();
        for (int i = 0; i < M; i++) {
            int p = plan.pairing().partner(i);
            for (int y = 0; y < H; y += 3) {
                for (int x = 0; x < W; x += 3) {
                    double share = mask.weights().getDouble(i, y, x);
                    double own = classOf(i, y, x) == 2 ? share : 0;
                    double partner = classOf(p, y, x) == 2 ? 1 - share : 0;
                    assertEquals(own + partner, mixed.getDouble(i, 2, y, x), 1e-6);
                }
            }
        }
    }

    @Test
    void methodsThatDoNotSayWhichPixelComesFromWhereRefuse() {
        INDArray labels = labels();
        // Also if this batch would not be mixed.
        assertIllegalArgument(
                () -> AugMix.builder().mixProbability(0).build().plan(IMAGES, labels),
                "labels [6, 4, 16, 32]",
                "AugMix",
                "dense labels");
        assertIllegalArgument(() -> SnapMix.builder().build().plan(IMAGES, labels), "SnapMix", "dense labels");
        INDArray rows = RandomImages.labels(M, K);
        MixPlan augmented = AugMix.builder().build().plan(IMAGES, rows);
        assertIllegalArgument(() -> augmented.mixLabels(labels), "AugMix", "[6, classes]");
        MixPlan snap = SnapMix.builder().build().plan(IMAGES, rows);
        assertIllegalArgument(() -> snap.mixLabels(labels), "SnapMix", "[6, classes]");
    }

    @Test
    void labelsOfAnotherSizeAreTold() {
        InputMixup mixer = InputMixup.builder().build();
        INDArray halved = Nd4j.zeros(DataType.FLOAT, M, K, H / 2, W / 2);
        assertIllegalArgument(() -> mixer.plan(IMAGES, halved), "labels [6, 4, 8, 16]", "[6, classes, 16, 32]");
        INDArray last = RandomImages.inFormat(labels(), DataFormat.NHWC);
        assertIllegalArgument(() -> mixer.plan(IMAGES, last), "[6, classes, 16, 32]", "NCHW");
        INDArray rows = IMAGES.dup('c').reshape(M, IMAGES.length() / M);
        assertIllegalArgument(() -> mixer.plan(rows, labels()), "labels [6, 4, 16, 32]", "imageShape");
        INDArray numbers = Nd4j.zeros(DataType.FLOAT, M, H, W);
        assertIllegalArgument(() -> mixer.plan(IMAGES, numbers), "labels [6, 16, 32]", "axis of classes");
        INDArray indices = Nd4j.ones(DataType.FLOAT, M, 1, H, W).mul(3);
        assertIllegalArgument(
                () -> mixer.plan(IMAGES, indices), "labels [6, 1, 16, 32]", "class indices", "every pixel");
        indices.putScalar(new int[] {4, 0, 2, 2}, Float.NaN);
        assertIllegalArgument(() -> mixer.plan(IMAGES, indices), "NaN", "image 4");
    }

    @Test
    void unmixedBatchesKeepTheirs() {
        INDArray labels = labels();
        MixPlan plan = InputMixup.builder().mixProbability(0).build().plan(IMAGES, labels);
        assertEquals(labels, plan.mixLabels(labels));
    }
}
