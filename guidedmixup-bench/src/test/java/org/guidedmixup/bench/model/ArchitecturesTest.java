package org.guidedmixup.bench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.guidedmixup.bench.model.batchnorm.HostSession;
import org.guidedmixup.dl4j.manifold.ManifoldMixup;
import org.guidedmixup.dl4j.manifold.ManifoldPlan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** The networks of the papers: as large as elsewhere, and the same for training and inference. */
class ArchitecturesTest {
    @BeforeAll
    static void installHostSession() {
        HostSession.install();
    }

    private static final List<Architecture> NARROW = List.of(
            new ResNet18(2), new ResNet50(2), new PreActResNet18(2), new WideResNet(10, 2, 2), new DenseNet121(4));

    private static ImageModelBuilder model(Architecture architecture, int height, int width, int classes) {
        return ImageModel.builder()
                .architecture(architecture)
                .input(3, height, width)
                .classes(classes)
                .seed(3);
    }

    /**
     * torchvision's counts for 1000 classes. Kuangliu's of ResNet-18, 11 173 962, and PreActResNet-18, 11 171 146, with
     * 10 classes; 513 more for each further class. xternalz' WRN-28-10 has 36 479 194 with 10, 641 more for each
     * further.
     */
    private static Stream<Arguments> published() {
        return Stream.of(
                Arguments.of(new ResNet18(), 224, 1000, 11_689_512),
                Arguments.of(new ResNet18(), 32, 10, 11_173_962),
                Arguments.of(new ResNet50(), 224, 1000, 25_557_032),
                Arguments.of(new DenseNet121(), 224, 1000, 7_978_856),
                Arguments.of(new PreActResNet18(), 32, 10, 11_171_146),
                Arguments.of(new PreActResNet18(), 64, 100, 11_217_316),
                Arguments.of(new WideResNet(28, 10), 32, 100, 36_536_884));
    }

    @ParameterizedTest
    @MethodSource("published")
    void hasAsManyParametersAsPublished(Architecture architecture, int side, int classes, long expected) {
        assertEquals(expected, model(architecture, side, side, classes).build().parameterCount());
    }

    private static Stream<Arguments> sizes() {
        return NARROW.stream()
                .flatMap(architecture -> Stream.of(
                        Arguments.of(architecture, 32, 32),
                        Arguments.of(architecture, 64, 40),
                        Arguments.of(architecture, 70, 97),
                        Arguments.of(architecture, 9, 12)));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void givesAScoreForEveryClass(Architecture architecture, int height, int width) {
        DataSet batch = RandomBatch.of(1, 3, new ImageShape(3, height, width), 7);
        INDArray logits = model(architecture, height, width, 7).build().logits(batch.getFeatures());
        assertArrayEquals(new long[] {3, 7}, logits.shape());
        assertTrue(Double.isFinite(logits.sumNumber().doubleValue()));
    }

    /** 32 x 32 before the global mean in every network but the pre-activated ones at 64 pixels, whose stem halves them. */
    @Test
    void stemsFollowTheSizeOfTheImages() {
        assertArrayEquals(
                new long[] {7, 7, 3, 4},
                stem(model(new DenseNet121(4), 65, 20, 2).build()));
        assertArrayEquals(
                new long[] {3, 3, 3, 4},
                stem(model(new DenseNet121(4), 64, 64, 2).build()));
        assertEquals(1, pixelsAtTheEnd(new PreActResNet18(2), 8));
        assertEquals(16, pixelsAtTheEnd(new PreActResNet18(2), 32));
        assertEquals(16, pixelsAtTheEnd(new PreActResNet18(2), 64));
        assertEquals(64, pixelsAtTheEnd(new WideResNet(10, 1, 2), 32));
        assertEquals(64, pixelsAtTheEnd(new ResNet18(2), 64));
        assertEquals(49, pixelsAtTheEnd(new ResNet18(2), 224));
        assertEquals(49, pixelsAtTheEnd(new ResNet50(2), 224));
        assertEquals(49, pixelsAtTheEnd(new DenseNet121(2), 224));
        assertEquals(16, pixelsAtTheEnd(new DenseNet121(2), 32));
    }

    private static long[] stem(ImageModel model) {
        return model.parameters().get("stem.weight").shape();
    }

    /** Returns the pixels that the last batch norm of the network sees. */
    private static long pixelsAtTheEnd(Architecture architecture, int side) {
        List<BatchNormLayer> layers = ModelGraphs.draw(
                        new ModelSpec(
                                architecture,
                                new ImageShape(3, side, side),
                                2,
                                1,
                                Initialization.HE,
                                TrainingLoss.CE,
                                false,
                                false),
                        false)
                .batchNormLayers();
        return layers.get(layers.size() - 1).pixels();
    }

    private static Stream<Architecture> narrow() {
        return NARROW.stream();
    }

    @ParameterizedTest
    @MethodSource("narrow")
    void mixPointsAreBehindTheFirstTwoStages(Architecture architecture) {
        DataSet batch = RandomBatch.of(2, 4, new ImageShape(3, 40, 36), 5);
        ImageModel plain = model(architecture, 40, 36, 5).build();
        ImageModel mixing = model(architecture, 40, 36, 5).withMixPoints().build();
        assertEquals(0, plain.mixPoints().count());
        assertEquals(2, mixing.mixPoints().count());
        assertEquals(plain.parameters(), mixing.parameters());
        assertEquals(plain.logits(batch.getFeatures()), mixing.logits(batch.getFeatures()));
        double atRest =
                plain.lossGradient(batch.getFeatures(), batch.getLabels()).loss();
        assertEquals(
                atRest,
                mixing.lossGradient(batch.getFeatures(), batch.getLabels()).loss(),
                1e-5);
        for (int point = 1; point <= 2; point++) {
            mixing.mixPoints().mixBy(planAt(point, batch));
            double mixed =
                    mixing.lossGradient(batch.getFeatures(), batch.getLabels()).loss();
            assertTrue(Math.abs(mixed - atRest) > 1e-5, "point " + point + ": " + mixed);
        }
        mixing.mixPoints().rest();
        assertEquals(
                atRest,
                mixing.lossGradient(batch.getFeatures(), batch.getLabels()).loss(),
                1e-5);
    }

    private static ManifoldPlan planAt(int point, DataSet batch) {
        ManifoldMixup mixer = ManifoldMixup.builder().points(2).seed(2).build();
        return Stream.iterate(0, number -> number + 1)
                .map(number -> (ManifoldPlan) mixer.plan(batch.getFeatures(), batch.getLabels(), 0, number))
                .filter(plan -> plan.point() == point)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("narrow")
    void gradientsAreThoseOfThePortableGraph(Architecture architecture) {
        DataSet batch = RandomBatch.of(2, 4, new ImageShape(3, 66, 71), 5);
        ImageModel host = model(architecture, 66, 71, 5).withInputGradient().build();
        ImageModel portable =
                model(architecture, 66, 71, 5).withInputGradient().portable().build();
        INDArray expected = InputGradients.of(portable, batch);
        INDArray actual = InputGradients.of(host, batch);
        double scale = expected.norm2Number().doubleValue();
        assertTrue(scale > 0);
        assertTrue(expected.distance2(actual) < 1e-2 * scale, () -> expected.distance2(actual) + " of " + scale);
    }

    @Test
    void wrongSizesAreNamed() {
        assertEquals("width: expected at least 1, got 0", error(() -> new ResNet50(0)));
        assertEquals("width: expected at least 1, got -1", error(() -> new PreActResNet18(-1)));
        assertEquals("width: expected an even number of at least 2, got 3", error(() -> new DenseNet121(3)));
        assertEquals("depth: expected 10, 16, 22, 28 and so on (6 n + 4), got 30", error(() -> new WideResNet(30, 10)));
        assertEquals("widening: expected at least 1, got 0", error(() -> new WideResNet(28, 0)));
    }

    private static String error(Runnable constructor) {
        return assertThrows(IllegalArgumentException.class, constructor::run).getMessage();
    }
}
