package org.guidedmixup.bench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.guidedmixup.bench.model.batchnorm.HostSession;
import org.guidedmixup.dl4j.saliency.GradientSaliency;
import org.guidedmixup.saliency.GradientMagnitude;
import org.guidedmixup.testing.ArrayAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class ImageModelTest {
    @BeforeAll
    static void installHostSession() {
        HostSession.install();
    }

    private static final ImageShape SHAPE = new ImageShape(2, 9, 12);
    private static final DataSet BATCH = RandomBatch.of(3, 6, SHAPE, 4);

    private static ImageModelBuilder small() {
        return ImageModel.builder()
                .architecture(new SmallResNet(4))
                .input(SHAPE.channels(), SHAPE.height(), SHAPE.width())
                .classes(4)
                .seed(5);
    }

    @Test
    void hasAsManyParametersAsInPyTorch() {
        assertEquals(78_500, ImageModel.builder().classes(20).build().parameterCount());
        assertEquals(
                319_876,
                ImageModel.builder()
                        .architecture(new SmallResNet(32))
                        .classes(100)
                        .build()
                        .parameterCount());
    }

    @Test
    void lossIsTheMeanCrossEntropyOfSoftLabels() {
        ImageModel model = small().build();
        model.parameters().get("logits.weight").assign(0);
        model.parameters().get("logits.bias").assign(0);
        INDArray soft = BATCH.getLabels().mul(0.7).addi(0.3 / 4);
        try (LossGradient gradient = model.lossGradient(BATCH.getFeatures(), soft)) {
            assertEquals(Math.log(4), gradient.loss(), 1e-5);
        }
    }

    /** SameDiff's own array cache would fail this test. */
    @Test
    void gradientsRepeatBitByBit() {
        ImageModel model = small().build();
        try (LossGradient first = model.lossGradient(BATCH.getFeatures(), BATCH.getLabels())) {
            for (int again = 0; again < 3; again++) {
                try (LossGradient next = model.lossGradient(BATCH.getFeatures(), BATCH.getLabels())) {
                    assertEquals(first.loss(), next.loss());
                    first.gradients()
                            .forEach((name, value) -> assertArrayEquals(
                                    value.data().asFloat(),
                                    next.gradients().get(name).data().asFloat(),
                                    name));
                }
            }
        }
    }

    @Test
    void hostAndPortableBatchNormAgree() {
        ImageModel host = small().withInputGradient().build();
        ImageModel portable = small().withInputGradient().portable().build();
        try (LossGradient a = host.lossGradient(BATCH.getFeatures(), BATCH.getLabels());
                LossGradient b = portable.lossGradient(BATCH.getFeatures(), BATCH.getLabels())) {
            assertEquals(b.loss(), a.loss(), 1e-5);
            a.gradients()
                    .forEach((name, value) -> assertClose(name, b.gradients().get(name), value));
            a.moments().forEach((layer, moments) -> {
                BatchMoments expected = b.moments().get(layer);
                assertClose(layer, expected.mean().reshape(-1), moments.mean());
                assertClose(layer, expected.variance().reshape(-1), moments.variance());
                assertEquals(expected.samples(), moments.samples());
            });
        }
        assertClose("input", InputGradients.of(portable, BATCH), InputGradients.of(host, BATCH));
    }

    private static INDArray maps(GradientSaliency saliency, DataSet batch) {
        return saliency.detect(batch.getFeatures(), batch.getLabels(), DataFormat.NCHW);
    }

    @Test
    void saliencyIsThatOfSameDiffsInputGradient() {
        ImageModel model = small().withInputGradient().build();
        INDArray expected = GradientMagnitude.of(InputGradients.of(model, BATCH), DataFormat.NCHW);
        assertEquals(expected, maps(model.gradientSaliency(), BATCH));
    }

    /** By itself it is computed without the gradients of the weights. */
    @Test
    void saliencyAloneIsThatOfTheWholePass() {
        ImageModel model = small().withInputGradient().build();
        Map<String, INDArray> found = new HashMap<>();
        INDArray whole = maps(
                model.gradientSaliency(gradients -> gradients.forEach((name, value) -> found.put(name, value.dup()))),
                BATCH);
        INDArray alone = maps(model.gradientSaliency(), BATCH);
        double scale = whole.amaxNumber().doubleValue();
        assertTrue(scale > 0);
        assertArrayEquals(whole.data().asFloat(), alone.data().asFloat(), (float) (1e-5 * scale));
        try (LossGradient gradient = model.lossGradient(BATCH.getFeatures(), BATCH.getLabels())) {
            assertEquals(gradient.gradients().keySet(), found.keySet());
            gradient.gradients().forEach((name, value) -> assertEquals(value, found.get(name), name));
        }
    }

    @Test
    void saliencyOfAnySize() {
        ImageModel model = small().withInputGradient().build();
        INDArray maps = maps(model.gradientSaliency(), RandomBatch.of(3, 2, new ImageShape(2, 5, 6), 4));
        assertArrayEquals(new long[] {2, 5, 6}, maps.shape());
        assertTrue(maps.amaxNumber().doubleValue() > 0);
    }

    @Test
    void hostOpsMustBeInstalledUnlessTheModelIsPortable() {
        SameDiff.bindInferenceFactory(new SameDiff.DefaultInferenceFactory());
        try {
            ImageModelBuilder host = small();
            String message =
                    assertThrows(IllegalStateException.class, host::build).getMessage();
            assertTrue(message.contains("HostSession.install()"), message);
            assertEquals(
                    4, small().portable().build().logits(BATCH.getFeatures()).size(1));
        } finally {
            HostSession.install();
        }
    }

    @Test
    void inputGradientMustBeAskedForWhenBuilding() {
        ImageModel model = small().build();
        assertThrows(IllegalStateException.class, model::gradientSaliency);
    }

    @Test
    void inferenceRepeatsAndDoesNotDependOnTheBatch() {
        ImageModel model = small().build();
        INDArray all = model.logits(BATCH.getFeatures());
        assertEquals(all, model.logits(BATCH.getFeatures()));
        for (int i = 0; i < 6; i++) {
            INDArray one = model.logits(BATCH.getFeatures().slice(i).dup('c').reshape(1, 2, 9, 12));
            assertArrayEquals(all.getRow(i).toFloatVector(), one.toFloatVector(), 1e-5f);
        }
    }

    @Test
    void aSeedIsAModel() {
        INDArray logits = small().build().logits(BATCH.getFeatures());
        assertEquals(logits, small().build().logits(BATCH.getFeatures()));
        assertTrue(logits.distance2(small().seed(6).build().logits(BATCH.getFeatures())) > 1e-3);
    }

    @Test
    void wrongShapesAreNamed() {
        ImageModel model = small().build();
        INDArray images = RandomBatch.of(1, 2, new ImageShape(3, 9, 12), 4).getFeatures();
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> model.logits(images));
        assertEquals("images: expected [N, 2, 9, 12], got [2, 3, 9, 12]", error.getMessage());
    }

    private static void assertClose(String name, INDArray expected, INDArray actual) {
        double scale = Math.max(1e-2, expected.amaxNumber().doubleValue());
        ArrayAssertions.assertClose(expected, actual, 1e-3 * scale, name);
    }
}
