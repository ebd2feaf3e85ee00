package org.guidedmixup.dl4j.samediff;

import static org.guidedmixup.dl4j.Batches.batches;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.saliency.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** Training on the mixed and the clean batch at once, compared with the same steps by hand. */
class CleanLossWeightTest {
    private static final List<String> PARAMETERS = List.of("filters", "filterBias", "weights", "bias");
    private static final double L2 = 0.03;

    private final List<DataSet> data = batches(3, 6);

    static Stream<IUpdater> updaters() {
        return Stream.of(new Sgd(0.1), new Nesterovs(0.05, 0.9), new Adam(0.01));
    }

    private static SameDiff network(IUpdater updater) {
        SameDiff graph = Networks.plainSameDiff();
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(updater)
                .l2(L2)
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("label")
                .build());
        return graph;
    }

    private static GradientSaliencyListener listener(double weight) {
        return GradientSaliencyListener.builder(
                        "input",
                        "label",
                        GuidedMixup.builder().mixProbability(0.7).seed(8))
                .cleanLossWeight(weight)
                .build();
    }

    /** Records the batches that were trained on. */
    private static final class Mixed extends BaseListener {
        final List<DataSet> batches = new ArrayList<>();

        @Override
        public boolean isActive(Operation operation) {
            return operation == Operation.TRAINING;
        }

        @Override
        public void iterationStart(SameDiff graph, At at, MultiDataSet batch, long etlTimeMs) {
            batches.add(new DataSet(
                    batch.getFeatures(0).dup().detach(),
                    batch.getLabels(0).dup().detach()));
        }
    }

    private static Map<String, INDArray> gradients(Map<String, INDArray> parameters, DataSet batch) {
        SameDiff graph = network(new Sgd(0));
        parameters.forEach((name, value) -> graph.getVariable(name).setArray(value.dup()));
        return graph.calculateGradients(
                Map.of(
                        "input",
                        batch.getFeatures().dup(),
                        "label",
                        batch.getLabels().dup()),
                PARAMETERS);
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void stepsOfTheSumOfBothGradients(IUpdater updater) {
        double weight = 0.6;
        int epochs = 3;
        SameDiff graph = network(updater);
        Mixed mixed = new Mixed();
        graph.setListeners(listener(weight), mixed);
        graph.fit(new ExistingDataSetIterator(data), epochs);

        Map<String, INDArray> parameters = new HashMap<>();
        Map<String, GradientUpdater<?>> updaters = new HashMap<>();
        for (String name : PARAMETERS) {
            INDArray start = network(updater).getVariable(name).getArr().dup();
            parameters.put(name, start);
            long state = updater.stateSize(start.length());
            GradientUpdater<?> ownUpdater =
                    updater.instantiate(state == 0 ? null : Nd4j.create(start.dataType(), 1, state), true);
            updaters.put(name, ownUpdater);
        }
        int mixedSteps = 0;
        for (int step = 0; step < epochs * data.size(); step++) {
            DataSet clean = data.get(step % data.size());
            DataSet trained = mixed.batches.get(step);
            boolean isMixed = !trained.getFeatures()
                    .equalsWithEps(
                            clean.getFeatures().castTo(trained.getFeatures().dataType()), 0);
            Map<String, INDArray> ofMixed = gradients(parameters, trained);
            Map<String, INDArray> ofClean = gradients(parameters, clean);
            mixedSteps += isMixed ? 1 : 0;
            for (String name : PARAMETERS) {
                INDArray gradient = ofMixed.get(name).dup();
                if (isMixed) {
                    gradient.addi(ofClean.get(name).mul(weight));
                }
                gradient.addi(parameters.get(name).mul(L2));
                updaters.get(name).applyUpdater(gradient, step, step / data.size());
                parameters.get(name).subi(gradient);
            }
        }
        assertTrue(mixedSteps > 3 && mixedSteps < epochs * data.size(), "both kinds of steps: " + mixedSteps);
        for (String name : PARAMETERS) {
            assertArrayEquals(
                    parameters.get(name).data().asDouble(),
                    graph.getVariable(name).getArr().dup().data().asDouble(),
                    1e-6,
                    name);
        }
    }

    @Test
    void batchesAreMixedAsWithout() {
        SameDiff with = network(new Sgd(0));
        SameDiff without = network(new Sgd(0));
        Mixed ofWith = new Mixed();
        Mixed ofWithout = new Mixed();
        with.setListeners(listener(1), ofWith);
        without.setListeners(listener(0), ofWithout);
        with.fit(new ExistingDataSetIterator(data), 1);
        without.fit(new ExistingDataSetIterator(data), 1);
        for (int i = 0; i < data.size(); i++) {
            assertArrayEquals(
                    ofWithout.batches.get(i).getFeatures().data().asDouble(),
                    ofWith.batches.get(i).getFeatures().data().asDouble(),
                    1e-6);
        }
    }

    @Test
    void refusals() {
        GradientSaliencyListener.Builder builder =
                GradientSaliencyListener.builder("input", "label", GuidedMixup.builder());
        for (double wrong : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> builder.cleanLossWeight(wrong));
        }
        assertThrows(IllegalArgumentException.class, () -> builder.saliencyScale(0));
        builder.cleanLossWeight(0.5).saliencyScale(2);
        IllegalArgumentException both = assertThrows(IllegalArgumentException.class, builder::build);
        assertTrue(both.getMessage().contains("saliencyScale 2"), both.getMessage());
        builder.cleanLossWeight(0);
        assertEquals(GradientSaliencyListener.class, builder.build().getClass());
    }
}
