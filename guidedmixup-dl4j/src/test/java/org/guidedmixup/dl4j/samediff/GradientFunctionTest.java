package org.guidedmixup.dl4j.samediff;

import static org.guidedmixup.dl4j.Batches.batches;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.dl4j.saliency.GradientSaliency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * SameDiff drops a graph's gradient function when variables are frozen or loss variables set, and makes it again, without the
 * images, in the next fit. Training must continue as if it had been made with them from the start.
 */
class GradientFunctionTest {
    private final List<DataSet> data = batches(3, 6);

    /** The caller that needs saliency. */
    enum Asking {
        LISTENER,
        CLEAN_LOSS,
        ANY_MIXER,
        ITERATOR
    }

    /** What happens to the gradient function between two training runs. */
    enum Change {
        FREEZE,
        UNFREEZE,
        LOSS_VARIABLES,
        /** Saliency was not used in the first training run. */
        NOT_ASKED_BEFORE
    }

    static Stream<Arguments> cases() {
        return Arrays.stream(Asking.values())
                .flatMap(asking -> Arrays.stream(Change.values()).map(change -> Arguments.of(asking, change)));
    }

    /** Two layers; the gradient of the images is not found along with that of the parameters. */
    private static SameDiff graph() {
        SameDiff graph = SameDiff.create();
        SDVariable input = graph.placeHolder("input", DataType.FLOAT, -1, 2, 8, 6);
        SDVariable label = graph.placeHolder("label", DataType.FLOAT, -1, 3);
        INDArray first = Nd4j.linspace(DataType.FLOAT, -1, 0.005, 96 * 4).reshape(96, 4);
        SDVariable hidden = graph.math.tanh(graph.reshape(input, -1, 96).mmul(graph.var("hidden", first)));
        INDArray second = Nd4j.linspace(DataType.FLOAT, -1, 0.1, 12).reshape(4, 3);
        SDVariable scores =
                hidden.mmul(graph.var("weights", second)).add(graph.constant("bias", Nd4j.zeros(DataType.FLOAT, 3)));
        graph.loss.softmaxCrossEntropy("loss", label, scores, null);
        graph.setLossVariables("loss");
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Adam(0.01))
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("label")
                .build());
        return graph;
    }

    private DataSetIterator asking(SameDiff graph, Asking asking) {
        DataSetIterator source = new ExistingDataSetIterator(data);
        switch (asking) {
            case LISTENER -> graph.setListeners(listener().build());
            case CLEAN_LOSS -> graph.setListeners(listener().cleanLossWeight(1).build());
            case ANY_MIXER -> graph.setListeners(new MixupListener("input", "label", mixer(graph)));
            case ITERATOR -> {
                return new MixupDataSetIterator(source, mixer(graph));
            }
        }
        return source;
    }

    private static GradientSaliencyListener.Builder listener() {
        return GradientSaliencyListener.builder(
                "input", "label", GuidedMixup.builder().mixProbability(0.8).seed(4));
    }

    private static GuidedMixup mixer(SameDiff graph) {
        return GuidedMixup.builder()
                .saliency(GradientSaliency.of(graph, "input", "label"))
                .mixProbability(0.8)
                .seed(4)
                .build();
    }

    private static void change(SameDiff graph, Change change) {
        switch (change) {
            case FREEZE -> graph.convertToConstant(graph.getVariable("hidden"));
            case UNFREEZE -> graph.convertToVariable(graph.getVariable("bias"));
            case LOSS_VARIABLES -> graph.setLossVariables("loss");
            case NOT_ASKED_BEFORE -> assertNotNull(graph.getFunction("grad"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void trainsAsIfMadeInTime(Asking asking, Change change) {
        SameDiff left = trained(asking, change, false);
        SameDiff inTime = trained(asking, change, true);
        for (String name : List.of("hidden", "weights", "bias")) {
            assertArrayEquals(
                    values(inTime.getVariable(name).getArr()),
                    values(left.getVariable(name).getArr()),
                    name);
        }
    }

    private SameDiff trained(Asking asking, Change change, boolean inTime) {
        SameDiff graph = graph();
        DataSetIterator iterator = new ExistingDataSetIterator(data);
        if (change == Change.NOT_ASKED_BEFORE) {
            if (inTime) {
                graph.createGradFunction("input");
            }
            graph.fit(iterator, 1);
            change(graph, change);
            iterator = asking(graph, asking);
        } else {
            iterator = asking(graph, asking);
            graph.fit(iterator, 1);
            change(graph, change);
            if (inTime) {
                graph.createGradFunction("input");
            }
        }
        iterator.reset();
        graph.fit(iterator, 2);
        return graph;
    }

    @Test
    void whatElseTheFunctionWasAskedForStaysInIt() {
        SameDiff graph = graph();
        graph.createGradFunction("bias", "label");
        assertFalse(graph.variableHasGradient("input"));
        GradientSaliency.of(graph, "input", "label");
        DataSet batch = data.get(0);
        Map<String, INDArray> found = graph.calculateGradients(
                Map.of("input", batch.getFeatures(), "label", batch.getLabels()), "bias", "label", "input", "hidden");
        found.forEach((name, gradient) -> assertNotNull(gradient, name));
    }
}
