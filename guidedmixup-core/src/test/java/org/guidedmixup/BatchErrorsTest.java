package org.guidedmixup;

import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.guidedmixup.method.InputMixup;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The messages for arguments that are not a batch. */
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
                "rank 3",
                "images.reshape(batch, 1, height, width)");
        assertIllegalArgument(() -> MIXER.plan(zeros(4, 784), labels), "images [4, 784]", "imageShape(channels");
        GuidedMixup channelsLast =
                GuidedMixup.builder().dataFormat(DataFormat.NHWC).build();
        assertIllegalArgument(
                () -> channelsLast.plan(zeros(4, 8, 8), labels),
                "[batch, height, width, channels]",
                "images.reshape(batch, height, width, 1)");
    }

    @Test
    void argumentsThatAreMissing() {
        assertIllegalArgument(() -> MIXER.plan(null, labels), "images: expected [batch, channels", "null");
        assertIllegalArgument(() -> MIXER.plan(images, null), "labels: expected one-hot", "null");
    }

    @Test
    void channelsThatSeemToBeLast() {
        for (int channels : new int[] {1, 3, 4}) {
            INDArray last = zeros(4, 8, 10, channels);
            for (BatchMixer mixer :
                    new BatchMixer[] {MIXER, InputMixup.builder().build(), MIXER.then(MIXER)}) {
                assertIllegalArgument(
                        () -> mixer.plan(last, labels),
                        "images [4, 8, 10, " + channels + "]",
                        ".dataFormat(DataFormat.NHWC)",
                        "8 channels of 10 x " + channels + " pixels");
            }
            for (DataFormat format : DataFormat.values()) {
                GuidedMixup chosen = GuidedMixup.builder().dataFormat(format).build();
                assertDoesNotThrow(() -> chosen.plan(last, labels));
            }
        }
        for (INDArray narrow :
                new INDArray[] {zeros(4, 8, 10, 2), zeros(4, 3, 8, 3), zeros(4, 4, 10, 4), zeros(4, 8, 3, 1)}) {
            assertDoesNotThrow(() -> MIXER.plan(narrow, labels));
        }
    }

    @Test
    void mixersOfTwoLayoutsMakeNoSequence() {
        GuidedMixup channelsLast =
                GuidedMixup.builder().dataFormat(DataFormat.NHWC).build();
        assertIllegalArgument(() -> MIXER.then(channelsLast), "next", "NHWC", "NCHW", ".dataFormat(");
        assertIllegalArgument(() -> MIXER.then(MIXER).then(channelsLast), "next", "NHWC");
        assertIllegalArgument(
                () -> MixerChoice.builder().add(MIXER, 1).add(channelsLast, 1), "mixer", "NHWC", ".dataFormat(");
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
        INDArray infinite = labels.dup();
        infinite.putScalar(3, 3, Float.POSITIVE_INFINITY);
        assertIllegalArgument(() -> MIXER.plan(images, infinite), "expected finite values, got Infinity for image 3");
    }

    @Test
    void wholeNumbersMayBeTargetsOfARegression() {
        INDArray ages = Nd4j.createFromArray(31f, 4, 17, 60).reshape(4, 1);
        assertIllegalArgument(
                () -> MIXER.plan(images, ages),
                "labels [4, 1]",
                "class indices",
                "regression",
                "(y - min) / (max - min)");
    }

    @Test
    void targetsOfARegression() {
        INDArray ages = Nd4j.createFromArray(31.5f, 4, 17.25f, 60);
        assertIllegalArgument(
                () -> MIXER.plan(images, ages.reshape(4, 1)),
                "labels [4, 1]",
                "31.5",
                "regression",
                "(y - min) / (max - min)");
        assertIllegalArgument(() -> MIXER.plan(images, ages), "labels [4]", "regression", "[batch, 1]");
        assertIllegalArgument(() -> MIXER.plan(images, ages.reshape(4, 1).sub(20)), "labels [4, 1]", "regression");
        assertDoesNotThrow(() -> MIXER.plan(images, ages.reshape(4, 1).sub(4).div(56)));
    }

    @Test
    void labelsOfAHingeLoss() {
        INDArray signs = Nd4j.createFromArray(-1f, 1f, 1f, -1f);
        assertIllegalArgument(
                () -> MIXER.plan(images, signs.reshape(4, 1)),
                "labels [4, 1]",
                "hinge",
                "LossBinaryXENT",
                "LossMCXENT");
        assertIllegalArgument(() -> MIXER.plan(images, signs.reshape(2, 2).repeat(0, 2)), "labels [4, 2]", "hinge");
    }

    @Test
    void aSingleColumnMayBeRounded() {
        INDArray rounded = Nd4j.createFromArray(0f, 1.0000001f, 1f, 0f).reshape(4, 1);
        assertDoesNotThrow(() -> MIXER.plan(images, rounded));
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
