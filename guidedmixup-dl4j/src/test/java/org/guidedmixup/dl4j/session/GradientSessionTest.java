package org.guidedmixup.dl4j.session;

import static org.guidedmixup.dl4j.Batches.batch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.guidedmixup.dl4j.Batches;
import org.guidedmixup.testing.ArrayAssertions;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Gradients with and without those of the weights, alongside training. */
class GradientSessionTest {
    private static final int FILTERS = 4;

    private final DataSet data = batch(6, 1);

    private static SDVariable convolution(
            SameDiff graph, SDVariable x, SDVariable filters, int stride, PaddingMode mode) {
        int kernel = (int) filters.getShape()[0];
        Conv2DConfig config = Conv2DConfig.builder()
                .kH(kernel)
                .kW(kernel)
                .sH(stride)
                .sW(stride)
                .pH(mode == PaddingMode.SAME ? 0 : kernel / 2)
                .pW(mode == PaddingMode.SAME ? 0 : kernel / 2)
                .paddingMode(mode)
                .build();
        return graph.math.tanh(graph.cnn.conv2d(x, filters, config));
    }

    private static SDVariable filters(SameDiff graph, String name, long... shape) {
        long length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        INDArray values = Nd4j.create(DataType.FLOAT, length);
        for (int i = 0; i < length; i++) {
            values.putScalar(i, Math.sin(1 + i * 1.7 + name.length()));
        }
        return graph.var(name, values.reshape(shape));
    }

    /** The filters named "shared" serve two convolutions, so the gradient of each is needed for that of the other's sum. */
    private static SameDiff network() {
        SameDiff graph = SameDiff.create();
        SDVariable input =
                graph.placeHolder("input", DataType.FLOAT, -1, Batches.CHANNELS, Batches.HEIGHT, Batches.WIDTH);
        SDVariable label = graph.placeHolder("label", DataType.FLOAT, -1, Batches.CLASSES);
        SDVariable stem = convolution(
                graph, input, filters(graph, "stem", 7, 7, Batches.CHANNELS, FILTERS), 1, PaddingMode.VALID);
        SDVariable shared = filters(graph, "shared", 3, 3, FILTERS, FILTERS);
        SDVariable first = convolution(graph, stem, shared, 1, PaddingMode.SAME);
        SDVariable second = convolution(graph, first, shared, 2, PaddingMode.VALID);
        SDVariable third =
                convolution(graph, second, filters(graph, "small", 1, 1, FILTERS, FILTERS), 2, PaddingMode.SAME);
        SDVariable logits = third.mean(2, 3).mmul(filters(graph, "weights", FILTERS, Batches.CLASSES));
        graph.loss.softmaxCrossEntropy("loss", label, logits, null);
        graph.setLossVariables("loss");
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Adam(0.05))
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("label")
                .build());
        graph.createGradFunction("input");
        return graph;
    }

    private static final List<String> ALL = List.of("input", "stem", "shared", "small", "weights");

    private static String gradientName(SameDiff graph, String variable) {
        return graph.getVariable(variable).getGradient().name();
    }

    private static Map<String, INDArray> placeholders(DataSet data) {
        return Map.of("input", data.getFeatures(), "label", data.getLabels());
    }

    /** Returns SameDiff's own gradients, from a graph with another's parameters, because its second computation may differ. */
    private static Map<String, INDArray> expected(SameDiff graph, DataSet data) {
        SameDiff fresh = network();
        for (String name : ALL.subList(1, ALL.size())) {
            fresh.getVariable(name).setArray(graph.getVariable(name).getArr().dup());
        }
        return fresh.calculateGradients(placeholders(data), ALL);
    }

    private static void assertClose(INDArray expected, INDArray found) {
        double size = expected.norm2Number().doubleValue() / Math.sqrt((double) expected.length());
        ArrayAssertions.assertClose(expected, found, 1e-5 * size, "gradient");
    }

    @Test
    void inputGradientIsThatOfTheWholeFunctionWhileTraining() {
        SameDiff graph = network();
        GradientSession session = new GradientSession(graph.getFunction("grad"));
        String gradient = gradientName(graph, "input");
        float[] before = null;
        for (int step = 0; step < 4; step++) {
            DataSet one = batch(step % 2 == 0 ? 6 : 4, step);
            INDArray found =
                    session.compute(List.of(gradient), placeholders(one)).get(gradient);
            assertClose(expected(graph, one).get("input"), found);
            assertFalse(Arrays.equals(before, values(found)), "training changes it");
            before = values(found);
            graph.fit(one);
        }
    }

    @Test
    void weightGradientsWhereTheyAreAskedFor() {
        SameDiff graph = network();
        GradientSession session = new GradientSession(graph.getFunction("grad"));
        Map<String, INDArray> expected = expected(graph, data);
        for (String name : ALL) {
            List<String> wanted = List.of(gradientName(graph, "input"), gradientName(graph, name));
            Map<String, INDArray> found = session.compute(wanted, placeholders(data));
            assertClose(expected.get("input"), found.get(wanted.get(0)));
            assertClose(expected.get(name), found.get(wanted.get(1)));
        }
    }

    @Test
    void trainingIsUndisturbed() {
        SameDiff disturbed = network();
        SameDiff undisturbed = network();
        GradientSession session = new GradientSession(disturbed.getFunction("grad"));
        for (int step = 0; step < 3; step++) {
            session.compute(List.of(gradientName(disturbed, "input")), placeholders(data));
            disturbed.fit(batch(5, step));
            undisturbed.fit(batch(5, step));
        }
        for (String name : ALL.subList(1, ALL.size())) {
            assertArrayEquals(
                    values(undisturbed.getVariable(name).getArr()),
                    values(disturbed.getVariable(name).getArr()),
                    name);
        }
    }

    @Test
    void arraysBelongToTheCaller() {
        SameDiff graph = network();
        GradientSession session = new GradientSession(graph.getFunction("grad"));
        String gradient = gradientName(graph, "input");
        INDArray first = session.compute(List.of(gradient), placeholders(data)).get(gradient);
        float[] values = values(first);
        session.compute(List.of(gradient), placeholders(batch(6, 2)));
        assertArrayEquals(values, values(first));
    }

    @Test
    void lentArrays() {
        SameDiff graph = network();
        GradientSession session = new GradientSession(graph.getFunction("grad"));
        String gradient = gradientName(graph, "input");
        INDArray kept = session.compute(List.of(gradient), placeholders(data)).get(gradient);
        float[] expected = values(kept);
        for (int i = 0; i < 3; i++) {
            float[] found = session.compute(List.of(gradient), placeholders(data), lent -> {
                assertNotSame(kept, lent.get(gradient));
                return values(lent.get(gradient));
            });
            assertArrayEquals(expected, found);
        }
    }

    @Test
    void goesOnAfterAnError() {
        SameDiff graph = network();
        GradientSession session = new GradientSession(graph.getFunction("grad"));
        List<String> gradient = List.of(gradientName(graph, "input"));
        Map<String, INDArray> wrong = Map.of("input", data.getFeatures(), "label", Nd4j.ones(DataType.FLOAT, 5, 9));
        assertThrows(RuntimeException.class, () -> session.compute(gradient, wrong));
        assertClose(
                expected(graph, data).get("input"),
                session.compute(gradient, placeholders(data)).get(gradient.get(0)));
    }

    @Test
    void releasedMemoryIsFreedAndTheNextComputationIsTheSame() {
        SessionArrays arrays = new SessionArrays();
        INDArray kept = arrays.allocate(true, DataType.FLOAT, 2, 3);
        INDArray given = arrays.allocate(true, DataType.FLOAT, 2, 3);
        arrays.recycle(List.of(given));
        arrays.close();
        arrays.takeBack();
        assertTrue(kept.wasClosed());
        assertFalse(given.wasClosed());
        assertNotSame(given, arrays.allocate(true, DataType.FLOAT, 2, 3));

        SameDiff graph = network();
        GradientSession session = new GradientSession(graph.getFunction("grad"));
        List<String> gradient = List.of(gradientName(graph, "input"));
        float[] first = session.compute(gradient, placeholders(data), found -> values(found.get(gradient.get(0))));
        session.releaseMemory();
        float[] second = session.compute(gradient, placeholders(data), found -> values(found.get(gradient.get(0))));
        assertArrayEquals(first, second);
    }
}
