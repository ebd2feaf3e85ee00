package org.guidedmixup.bench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class ResNet18Test {
    private static ImageModelBuilder model(ResNet18 architecture, int height, int width, int classes) {
        return ImageModel.builder()
                .architecture(architecture)
                .input(3, height, width)
                .classes(classes)
                .seed(3);
    }

    @Test
    void hasAsManyParametersAsTorchvisions() {
        ImageModel large = model(new ResNet18(), 224, 224, 1000).build();
        assertEquals(11_689_512, large.parameterCount());
        assertArrayEquals(
                new long[] {7, 7, 3, 64}, large.parameters().get("stem.weight").shape());
    }

    /** Kuangliu's network for CIFAR has 11 173 962 with 10 classes. */
    @Test
    void smallImagesMeetASmallKernel() {
        assertEquals(11_173_962, model(new ResNet18(), 32, 32, 10).build().parameterCount());
    }

    @ParameterizedTest
    @CsvSource({"64, 64", "65, 64", "70, 97", "9, 12"})
    void givesAScoreForEveryClass(int height, int width) {
        ImageModel model = model(new ResNet18(2), height, width, 7).build();
        DataSet batch = RandomBatch.of(1, 3, new ImageShape(3, height, width), 7);
        assertArrayEquals(new long[] {3, 7}, model.logits(batch.getFeatures()).shape());
    }

    @ParameterizedTest
    @CsvSource({"20, 16", "66, 71"})
    void gradientsAreThoseOfThePortableGraph(int height, int width) {
        DataSet batch = RandomBatch.of(2, 4, new ImageShape(3, height, width), 5);
        ImageModel host =
                model(new ResNet18(3), height, width, 5).withInputGradient().build();
        ImageModel portable = model(new ResNet18(3), height, width, 5)
                .withInputGradient()
                .portable()
                .build();
        INDArray expected = portable.inputGradient(batch.getFeatures(), batch.getLabels());
        INDArray actual = host.inputGradient(batch.getFeatures(), batch.getLabels());
        double scale = expected.norm2Number().doubleValue();
        assertTrue(scale > 0);
        assertTrue(expected.distance2(actual) < 1e-3 * scale, () -> expected.distance2(actual) + " of " + scale);
    }

    @Test
    void aWidthBelowOneIsNamed() {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> new ResNet18(0));
        assertEquals("width must be at least 1, got 0", error.getMessage());
    }
}
