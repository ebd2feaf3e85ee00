package org.guidedmixup.plan;

import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.guidedmixup.method.InputMixup;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LabelSmoothingTest {
    private static final INDArray IMAGES = RandomImages.nchw(1, 3, 3, 8, 8);

    private static InputMixup.Builder smoothing() {
        return InputMixup.builder().mixProbability(0).labelSmoothing(0.2);
    }

    private static float[] smoothed(InputMixup.Builder mixer, float[][] labels) {
        INDArray array = Nd4j.createFromArray(labels);
        return mixer.build()
                .plan(IMAGES, array)
                .mixLabels(array)
                .dup('c')
                .data()
                .asFloat();
    }

    @Test
    void classesShareWhatIsTakenAway() {
        float[] expected = {0.85f, 0.05f, 0.05f, 0.05f, 0.45f, 0.45f, 0.05f, 0.05f, 0.05f, 0.05f, 0.05f, 0.85f};
        float[][] labels = {{1, 0, 0, 0}, {0.5f, 0.5f, 0, 0}, {0, 0, 0, 1}};
        assertArrayEquals(expected, smoothed(smoothing(), labels), 1e-6f);
    }

    @Test
    void oneSigmoidOutputHasTwoOutcomes() {
        float[][] labels = {{0}, {1}, {0.5f}};
        assertArrayEquals(new float[] {0.1f, 0.9f, 0.5f}, smoothed(smoothing(), labels), 1e-6f);
    }

    @Test
    void oneRowOfSeveralLabelsMakesTheBatchMultiLabel() {
        float[] expected = {0.9f, 0.1f, 0.1f, 0.9f, 0.9f, 0.1f, 0.1f, 0.1f, 0.1f};
        float[][] labels = {{1, 0, 0}, {1, 1, 0}, {0, 0, 0}};
        assertArrayEquals(expected, smoothed(smoothing(), labels), 1e-6f);
    }

    @Test
    void theSettingDecidesWhereSumsCannot() {
        float[][] oneLabelEach = {{1, 0}, {0, 1}, {1, 0}};
        float[] independent = {0.9f, 0.1f, 0.1f, 0.9f, 0.9f, 0.1f};
        assertArrayEquals(
                independent, smoothed(smoothing(), oneLabelEach), 1e-6f); // the same for both kinds, as K is 2
        float[][] ofFour = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 1}};
        float[] multi = {0.9f, 0.1f, 0.1f, 0.1f, 0.1f, 0.9f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.9f};
        assertArrayEquals(multi, smoothed(smoothing().labelKind(LabelKind.MULTI_LABEL), ofFour), 1e-6f);
        float[][] weighted = {{2, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 1}};
        float[] classes = smoothed(smoothing().labelKind(LabelKind.CLASSES), weighted);
        assertEquals(0.05f, classes[1], 1e-6f);
    }

    @Test
    void roundingIsNoSecondLabel() {
        INDArray halves = Nd4j.createFromArray(new float[][] {{0.3f, 0.3f, 0.4f}, {0.1f, 0.2f, 0.7f}})
                .castTo(DataType.BFLOAT16);
        assertEquals(LabelKind.CLASSES, LabelKind.BY_SUMS.of(halves, 1));
    }

    @Test
    void oneColumnIsNoDistribution() {
        INDArray column = Nd4j.createFromArray(new float[][] {{0}, {1}, {1}});
        InputMixup mixer = InputMixup.builder().labelKind(LabelKind.CLASSES).build();
        assertIllegalArgument(() -> mixer.plan(IMAGES, column), "labels [3, 1]", "labelKind(CLASSES)");
        INDArray dense = Nd4j.ones(DataType.FLOAT, 3, 1, 8, 8);
        assertIllegalArgument(() -> mixer.plan(IMAGES, dense), "labels [3, 1, 8, 8]", "labelKind(CLASSES)");
        assertIllegalArgument(() -> InputMixup.builder().labelKind(null), "labelKind");
    }

    @Test
    void denseLabelsAreSmoothedAlongTheirClasses() {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, 3, 4, 8, 8);
        labels.tensorAlongDimension(0, 0, 2, 3).assign(1);
        INDArray mixed = smoothing().build().plan(IMAGES, labels).mixLabels(labels);
        assertEquals(0.85, mixed.getDouble(0, 0, 3, 3), 1e-6);
        assertEquals(0.05, mixed.getDouble(0, 1, 3, 3), 1e-6);
        INDArray one = Nd4j.ones(DataType.FLOAT, 3, 1, 8, 8);
        assertEquals(0.9, smoothing().build().plan(IMAGES, one).mixLabels(one).getDouble(1, 0, 2, 2), 1e-6);
    }
}
