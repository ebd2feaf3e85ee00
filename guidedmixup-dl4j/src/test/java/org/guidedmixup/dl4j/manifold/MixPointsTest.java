package org.guidedmixup.dl4j.manifold;

import static org.guidedmixup.dl4j.Batches.batches;
import static org.guidedmixup.dl4j.Batches.values;
import static org.guidedmixup.dl4j.manifold.ManifoldMixupTest.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guidedmixup.dl4j.AsyncSource;
import org.guidedmixup.dl4j.Batches;
import org.guidedmixup.dl4j.samediff.ManifoldMixupListener;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.LabelSmoothing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Mix points in SameDiff graphs. */
class MixPointsTest {
    private static final List<String> WEIGHTS = List.of("block1.filters", "block2.filters", "weights");

    private static ManifoldPlan plan(int point, float lambda, int... targets) {
        BatchShape shape =
                new BatchShape(targets.length, Batches.CHANNELS, Batches.HEIGHT, Batches.WIDTH, DataFormat.NCHW);
        return ManifoldPlan.of(shape, Pairing.of(targets), lambda, point, LabelSmoothing.NONE, 0);
    }

    private static Map<String, INDArray> placeholders(DataSet batch, DataType type) {
        Map<String, INDArray> placeholders = new HashMap<>();
        placeholders.put("input", batch.getFeatures().castTo(type).dup());
        placeholders.put("label", batch.getLabels().castTo(type).dup());
        return placeholders;
    }

    private static INDArray output(SameDiff graph, DataSet batch, String variable) {
        DataType type = graph.getVariable("input").dataType();
        return graph.output(placeholders(batch, type), variable).get(variable).dup();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void atRestEverythingPassesBitByBit(int images) {
        SameDiff graph = ManifoldGraph.create(DataType.FLOAT);
        SameDiff plain = ManifoldGraph.create(DataType.FLOAT, false);
        DataSet batch = Batches.batch(images, 4);
        assertArrayEquals(values(output(graph, batch, "block1")), values(output(graph, batch, "mixPoint1")));
        assertArrayEquals(values(output(plain, batch, "logits")), values(output(graph, batch, "logits")));
    }

    @Test
    void onlyThePointOfThePlanMixes() {
        SameDiff graph = ManifoldGraph.create(DataType.FLOAT);
        DataSet batch = Batches.batch(5, 4);
        for (int point = 0; point <= 2; point++) {
            ManifoldPlan plan = plan(point, 0.3f, 2, 0, 1, 4, 3);
            MixPoints.of(graph).mixBy(plan);
            for (int each = 1; each <= 2; each++) {
                float[] expected = values(plan.mixHidden(each, output(graph, batch, "block" + each)));
                assertArrayEquals(expected, values(output(graph, batch, "mixPoint" + each)), 1e-6f);
            }
        }
        MixPoints.of(graph).rest();
        assertArrayEquals(values(output(graph, batch, "block2")), values(output(graph, batch, "mixPoint2")));
    }

    /** Moves every fifth weight up and down, in double precision. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void gradientThroughAMixPointIsThatOfFiniteDifferences(int point) {
        SameDiff graph = ManifoldGraph.create(DataType.DOUBLE);
        DataSet batch = Batches.batch(3, 4);
        MixPoints points = MixPoints.of(graph);
        Map<String, INDArray> atRest = gradients(graph, batch);
        points.mixBy(plan(point, 0.3f, 1, 2, 0));
        Map<String, INDArray> gradients = gradients(graph, batch);
        double step = 1e-5;
        for (String name : WEIGHTS) {
            INDArray weights = graph.getVariable(name).getArr();
            for (long i = 0; i < weights.length(); i += 5) {
                double value = weights.getDouble(i);
                double above = lossWith(graph, batch, name, i, value + step);
                double below = lossWith(graph, batch, name, i, value - step);
                lossWith(graph, batch, name, i, value);
                assertEquals((above - below) / (2 * step), gradients.get(name).getDouble(i), 1e-7, name + i);
            }
        }
        boolean changed = !gradients.get("block1.filters").equalsWithEps(atRest.get("block1.filters"), 1e-6);
        assertEquals(point > 0, changed);
        points.rest();
        assertEquals(atRest.get("block1.filters"), gradients(graph, batch).get("block1.filters"));
    }

    private static Map<String, INDArray> gradients(SameDiff graph, DataSet batch) {
        Map<String, INDArray> gradients = new HashMap<>();
        graph.calculateGradients(placeholders(batch, DataType.DOUBLE), WEIGHTS)
                .forEach((name, gradient) -> gradients.put(name, gradient.dup()));
        return gradients;
    }

    private static double lossWith(SameDiff graph, DataSet batch, String name, long index, double value) {
        INDArray weights = graph.getVariable(name).getArr().dup();
        weights.putScalar(index, value);
        graph.associateArrayWithVariable(weights, name);
        return output(graph, batch, "loss").getDouble(0);
    }

    /** Compares two epochs of fit with steps by hand from the plans of the same mixer. The last batch is smaller. */
    @Test
    void fitMixesAsThePlansSay() {
        List<DataSet> data = List.of(Batches.batch(6, 1), Batches.batch(6, 2), Batches.batch(4, 3));
        List<DataSet> before = data.stream().map(DataSet::copy).toList();
        SameDiff fitted = ManifoldGraph.create(DataType.FLOAT);
        fitted.addListeners(new ManifoldMixupListener(
                "input", "label", ManifoldMixup.builder().seed(5)));
        fitted.fit(new AsyncSource(data), 2);

        SameDiff byHand = ManifoldGraph.create(DataType.FLOAT);
        MixPoints points = MixPoints.of(byHand);
        ManifoldMixup mixer = ManifoldMixup.builder().points(2).seed(5).build();
        int[] drawn = new int[3];
        for (int step = 0; step < 6; step++) {
            DataSet batch = data.get(step % 3);
            ManifoldPlan plan = (ManifoldPlan) mixer.plan(batch.getFeatures(), batch.getLabels(), step / 3, step);
            drawn[plan.point()]++;
            points.mixBy(plan);
            DataSet mixed = new DataSet(plan.mix(batch.getFeatures()), plan.mixLabels(batch.getLabels()));
            byHand.calculateGradients(placeholders(mixed, DataType.FLOAT), WEIGHTS)
                    .forEach((name, gradient) -> {
                        INDArray weights = byHand.getVariable(name).getArr();
                        byHand.associateArrayWithVariable(weights.sub(gradient.mul(ManifoldGraph.LEARNING_RATE)), name);
                    });
        }
        assertFalse(Arrays.stream(drawn).anyMatch(count -> count == 0), "every layer should be drawn in this test");
        for (String name : WEIGHTS) {
            assertArrayEquals(
                    values(byHand.getVariable(name).getArr()),
                    values(fitted.getVariable(name).getArr()),
                    1e-5f,
                    name);
        }
        Batches.assertSameBits(before, data);
        assertAtRest(fitted);
    }

    private static void assertAtRest(SameDiff graph) {
        DataSet batch = Batches.batch(5, 8);
        for (int point = 1; point <= 2; point++) {
            assertArrayEquals(
                    values(output(graph, batch, "block" + point)), values(output(graph, batch, "mixPoint" + point)));
        }
    }

    @Test
    void aGraphIsSavedAndLoadedWithItsMixPoints(@TempDir Path folder) throws IOException {
        SameDiff graph = ManifoldGraph.create(DataType.FLOAT);
        graph.addListeners(new ManifoldMixupListener("input", "label", ManifoldMixup.builder()));
        graph.fit(new AsyncSource(batches(2, 4)), 1);
        graph.save(folder.resolve("graph.fb").toFile(), true);
        SameDiff loaded = SameDiff.load(folder.resolve("graph.fb").toFile(), true);
        assertEquals(2, MixPoints.of(loaded).count());
        DataSet batch = Batches.batch(5, 8);
        assertArrayEquals(values(output(graph, batch, "logits")), values(output(loaded, batch, "logits")));
        ManifoldPlan plan = plan(1, 0.6f, 4, 3, 2, 1, 0);
        MixPoints.of(loaded).mixBy(plan);
        assertArrayEquals(
                values(plan.mixHidden(1, output(loaded, batch, "block1"))),
                values(output(loaded, batch, "mixPoint1")),
                1e-6f);
    }

    @Test
    void badInputIsNamed() {
        SameDiff plain = ManifoldGraph.create(DataType.FLOAT, false);
        assertMessage(
                "plan: expected a mix point of at most 0, the number in the graph, got 1",
                () -> MixPoints.of(plain).mixBy(plan(1, 0.5f, 1, 0)));
        plain.addListeners(new ManifoldMixupListener("input", "label", ManifoldMixup.builder()));
        assertMessage(
                "graph: expected mix points made by MixPoints.after, found none",
                () -> plain.fit(new AsyncSource(batches(1, 4)), 1));
        assertMessage("settings: expected a value, got null", () -> new ManifoldMixupListener("input", "label", null));
        assertMessage(
                "activations: expected a floating-point variable, got INT \"indices\"",
                () -> MixPoints.after(SameDiff.create().constant("indices", Nd4j.createFromArray(1, 2))));
        assertMessage("activations: expected a floating-point variable, got null", () -> MixPoints.after(null));
    }
}
