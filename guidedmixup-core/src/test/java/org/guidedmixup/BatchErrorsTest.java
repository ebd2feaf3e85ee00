package org.guidedmixup;

import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a user reads who passes something that is not a batch. */
class BatchErrorsTest {
    private static final GuidedMixup MIXER = GuidedMixup.builder().build();
    private final INDArray images = RandomImages.nchw(1, 4, 3, 8, 8);
    private final INDArray labels = RandomImages.labels(4, 10);

    private static INDArray zeros(long... shape) {
        return Nd4j.zeros(DataType.FLOAT, shape);
    }

    @Test
    void imagesOfAnotherRank() {
        assertIllegalArgument(
                () -> MIXER.plan(zeros(4, 8, 8), labels),
                "images [4, 8, 8]",
                "[batch, channels, height, width]",
                "rank 3");
        assertIllegalArgument(() -> MIXER.plan(zeros(4, 784), labels), "images [4, 784]", "reshape flattened images");
        GuidedMixup channelsLast =
                GuidedMixup.builder().dataFormat(DataFormat.NHWC).build();
        assertIllegalArgument(() -> channelsLast.plan(zeros(4, 8, 8), labels), "[batch, height, width, channels]");
    }

    @Test
    void batchSizesThatDiffer() {
        assertIllegalArgument(
                () -> MIXER.plan(images, zeros(5, 10)), "images [4, 3, 8, 8] and labels [5, 10]", "batch sizes differ");
    }

    @Test
    void emptyArrays() {
        assertIllegalArgument(() -> MIXER.plan(Nd4j.create(DataType.FLOAT, 0, 3, 8, 8), labels), "images [0, 3, 8, 8]");
        assertIllegalArgument(() -> MIXER.plan(Nd4j.create(DataType.FLOAT, 4, 0, 8, 8), labels), "no size of 0");
        assertIllegalArgument(() -> MIXER.plan(images, Nd4j.create(DataType.FLOAT, 4, 0)), "labels [4, 0]");
    }

    @Test
    void labelsOfRankThree() {
        assertIllegalArgument(() -> MIXER.plan(images, zeros(4, 10, 2)), "labels [4, 10, 2]", "rank 2");
    }

    @Test
    void classIndicesInsteadOfOneHotLabels() {
        INDArray indices = Nd4j.createFromArray(3, 0, 7, 9);
        assertIllegalArgument(() -> MIXER.plan(images, indices), "labels [4]", "class indices", "putScalar");
        assertIllegalArgument(() -> MIXER.plan(images, indices.reshape(4, 1)), "labels [4, 1]", "class indices");
        assertDoesNotThrow(
                () -> MIXER.plan(images, Nd4j.createFromArray(0f, 1f, 1f, 0f).reshape(4, 1)));
    }

    @Test
    void negativeAndUndefinedLabels() {
        INDArray negative = labels.dup();
        negative.putScalar(2, 3, -0.5);
        assertIllegalArgument(() -> MIXER.plan(images, negative), "labels [4, 10]", "at least 0", "-0.5", "image 2");
        INDArray undefined = labels.dup();
        undefined.putScalar(1, 3, Float.NaN);
        assertIllegalArgument(() -> MIXER.plan(images, undefined), "NaN", "image 1");
    }

    @Test
    void arraysThatDoNotFitThePlan() {
        for (MixPlan plan : new MixPlan[] {
            GuidedMixup.builder().mixProbability(1).build().plan(images, labels),
            GuidedMixup.builder().mixProbability(0).build().plan(images, labels)
        }) {
            assertIllegalArgument(() -> plan.mix(zeros(4, 3, 8, 9)), "[4, 3, 8, 9]", "[4, C, 8, 8]");
            assertIllegalArgument(() -> plan.mix(zeros(3, 3, 8, 8)), "[3, 3, 8, 8]");
            assertIllegalArgument(() -> plan.mix(zeros(4, 64)), "[4, 64]");
            assertIllegalArgument(() -> plan.mixLabels(zeros(3, 10)), "labels [3, 10]", "[4, classes]");
        }
    }
}
