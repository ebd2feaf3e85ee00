package org.guidedmixup.saliency;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ArrayAssertions.assertCloseRelative;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.guidedmixup.GuidedMixup;
import org.guidedmixup.plan.MaskPlan;
import org.guidedmixup.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The gradient's magnitude against the reference arrays and a plain loop, and Guided-AP as a whole. */
class GradientMagnitudeTest {

    @ParameterizedTest
    @ValueSource(strings = {"ap_rgb32", "ap_five4"})
    void guidedApAgreesWithTheReference(String name) {
        Golden golden = new Golden(name);
        INDArray images = golden.array("images");
        INDArray labels = golden.array("labels");
        INDArray saliency = GradientMagnitude.of(golden.array("input_gradient"), DataFormat.NCHW);
        assertCloseRelative(golden.array("saliency"), saliency, 1e-4, 0, "saliency");

        GuidedMixup mixer = GuidedMixup.builder()
                .saliency((x, y, format) -> saliency)
                .mixProbability(1)
                .build();
        MaskPlan plan = (MaskPlan) mixer.plan(images, labels);
        assertArrayEquals(golden.array("pairing").toIntVector(), plan.pairing().partners(), "pairing");
        assertClose(golden.array("mask"), plan.mask().weights(), 2e-5, "mask");
        assertClose(golden.array("mixed_images"), plan.mix(images), 2e-5, "mixed_images");
        assertClose(golden.array("mixed_labels"), plan.mixLabels(labels), 2e-5, "mixed_labels");
    }

    @ParameterizedTest
    @CsvSource({"1,1,1,1", "2,3,5,7", "3,4,1,6", "5,1,8,2"})
    void itIsTheRootMeanSquareOverTheChannels(int m, int c, int h, int w) {
        INDArray gradient = Nd4j.rand(DataType.FLOAT, m, c, h, w).subi(0.5);
        INDArray saliency = GradientMagnitude.of(gradient, DataFormat.NCHW);
        assertArrayEquals(new long[] {m, h, w}, saliency.shape());
        assertEquals(DataType.FLOAT, saliency.dataType());
        for (int i = 0; i < m; i++) {
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < w; x++) {
                    double sum = 0;
                    for (int k = 0; k < c; k++) {
                        sum += Math.pow(gradient.getDouble(i, k, y, x), 2);
                    }
                    assertEquals(Math.sqrt(sum / c), saliency.getDouble(i, y, x), 1e-6);
                }
            }
        }
    }

    @Test
    void theLayoutDoesNotMatter() {
        INDArray gradient = Nd4j.rand(DataType.FLOAT, 2, 3, 5, 7);
        assertClose(
                GradientMagnitude.of(gradient, DataFormat.NCHW),
                GradientMagnitude.of(gradient.permute(0, 2, 3, 1), DataFormat.NHWC),
                1e-7,
                "NHWC");
    }

    @Test
    void theGradientIsNotModified() {
        INDArray gradient = Nd4j.rand(DataType.FLOAT, 2, 3, 4, 4).subi(0.5);
        INDArray before = gradient.dup();
        GradientMagnitude.of(gradient, DataFormat.NCHW);
        assertEquals(before, gradient);
    }

    @Test
    void whatIsNoGradientIsNamed() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> GradientMagnitude.of(Nd4j.ones(DataType.FLOAT, 2, 3, 4), DataFormat.NCHW));
        assertTrue(e.getMessage().contains("[2, 3, 4]"), e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> GradientMagnitude.of(Nd4j.ones(DataType.INT32, 2, 3, 4, 4), DataFormat.NCHW));
    }
}
