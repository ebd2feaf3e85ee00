package org.guidedmixup.dl4j.samediff;

import static org.guidedmixup.dl4j.Batches.assertSameBits;
import static org.guidedmixup.dl4j.Batches.batch;
import static org.guidedmixup.dl4j.Batches.batches;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.AsyncSource;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.dl4j.saliency.GradientSaliency;
import org.guidedmixup.dl4j.saliency.Networks;
import org.guidedmixup.method.InputMixup;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** The SameDiff listeners: what the graph trains on, and what other listeners see. */
class GradientSaliencyListenerTest {
    private final List<DataSet> data = batches(3, 6);

    private static GradientSaliencyListener listener() {
        return new GradientSaliencyListener(
                "input", "label", GuidedMixup.builder().mixProbability(0.8).seed(4));
    }

    private static float[] weights(SameDiff graph) {
        return values(graph.getVariable("weights").getArr());
    }

    private static List<DataSet> copies(List<DataSet> batches) {
        return batches.stream().map(DataSet::copy).toList();
    }

    /** Records the batches that iterations start and end with. */
    private static final class Watcher extends BaseListener {
        final List<DataSet> started = new ArrayList<>();
        final List<INDArray> ended = new ArrayList<>();
        int operations;

        @Override
        public boolean isActive(Operation operation) {
            return true;
        }

        @Override
        public void operationStart(SameDiff graph, Operation operation) {
            operations++;
        }

        @Override
        public void iterationStart(SameDiff graph, At at, MultiDataSet batch, long etlTimeMs) {
            int last = batch.numFeatureArrays() - 1;
            started.add(new DataSet(
                    batch.getFeatures(last).dup().detach(),
                    batch.getLabels(0).dup().detach()));
        }

        @Override
        public void iterationDone(SameDiff graph, At at, MultiDataSet batch, Loss loss) {
            ended.add(batch.getFeatures(0));
        }
    }

    @Test
    void trainsOnWhatTheIteratorWouldGive() {
        SameDiff listening = Networks.plainSameDiff();
        Watcher watcher = new Watcher();
        listening.setListeners(listener(), watcher);
        listening.fit(new AsyncSource(data), 1);

        SameDiff iterating = Networks.plainSameDiff();
        GuidedMixup mixer = GuidedMixup.builder()
                .saliency(GradientSaliency.of(iterating, "input", "label"))
                .mixProbability(0.8)
                .seed(4)
                .build();
        Watcher expected = new Watcher();
        iterating.setListeners(expected);
        iterating.fit(new MixupDataSetIterator(new AsyncSource(data), mixer), 1);

        assertSameBits(expected.started, watcher.started);
        assertArrayEquals(weights(iterating), weights(listening));
        SameDiff unmixed = Networks.plainSameDiff();
        unmixed.fit(new AsyncSource(data), 1);
        assertFalse(Arrays.equals(weights(unmixed), weights(listening)));
        assertEquals(1, watcher.operations, "no listener is called for saliency");
    }

    @Test
    void everyEpochMixesTheOriginals() {
        List<DataSet> before = copies(data);
        SameDiff graph = Networks.plainSameDiff();
        graph.setListeners(listener());
        List<MultiDataSet> batches = new ArrayList<>();
        data.forEach(batch -> batches.add(batch.toMultiDataSet()));
        List<INDArray> arrays =
                batches.stream().map(batch -> batch.getFeatures(0)).toList();
        graph.fit(new SameBatches(batches), 3);
        for (int i = 0; i < batches.size(); i++) {
            assertSame(arrays.get(i), batches.get(i).getFeatures(0));
        }
        assertSameBits(before, data);

        SameDiff fresh = Networks.plainSameDiff();
        fresh.setListeners(listener());
        fresh.fit(new ExistingDataSetIterator(before), 3);
        assertArrayEquals(weights(fresh), weights(graph), "the same as with new MultiDataSets in every epoch");
    }

    @Test
    void severalFeatures() {
        SameDiff graph = Networks.plainSameDiff();
        SDVariable weight = graph.placeHolder("weight", DataType.DOUBLE, -1, 1);
        graph.math.mul("weighted", graph.getVariable("loss"), weight.mean());
        graph.setLossVariables("weighted");
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Sgd(0.1))
                .dataSetFeatureMapping("weight", "input")
                .dataSetLabelMapping("label")
                .build());
        Watcher watcher = new Watcher();
        graph.setListeners(
                new GradientSaliencyListener(
                        "input", "label", GuidedMixup.builder().mixProbability(1)),
                watcher);
        INDArray ones = Nd4j.ones(DataType.DOUBLE, 6, 1);
        List<MultiDataSet> batches = new ArrayList<>();
        for (DataSet batch : data) {
            batches.add(new org.nd4j.linalg.dataset.MultiDataSet(
                    new INDArray[] {ones, batch.getFeatures()}, new INDArray[] {batch.getLabels()}));
        }
        graph.fit(new SameBatches(batches), 2);
        assertEquals(6, watcher.started.size());
        for (int i = 0; i < 6; i++) {
            assertSame(ones, watcher.ended.get(i));
            assertFalse(Arrays.equals(
                    values(data.get(i % 3).getFeatures()),
                    values(watcher.started.get(i).getFeatures())));
        }
    }

    @Test
    void evaluationAndGradientsSeeWholeImages() {
        SameDiff graph = Networks.plainSameDiff();
        SameDiff plain = Networks.plainSameDiff();
        graph.createGradFunction("input");
        plain.createGradFunction("input");
        graph.setListeners(listener());
        DataSet batch = data.get(0);
        Map<String, INDArray> placeholders = Map.of("input", batch.getFeatures(), "label", batch.getLabels());
        assertArrayEquals(
                values(plain.calculateGradients(placeholders, "weights").get("weights")),
                values(graph.calculateGradients(placeholders, "weights").get("weights")));
        assertEquals(evaluate(plain), evaluate(graph));
        graph.fit(batch);
        assertNotSame(null, evaluate(graph));
    }

    private double evaluate(SameDiff graph) {
        Evaluation evaluation = new Evaluation();
        graph.evaluate(new ExistingDataSetIterator(data), "add", evaluation);
        return evaluation.accuracy();
    }

    @Test
    void resumesAsTheUninterruptedRun() {
        SameDiff whole = Networks.plainSameDiff();
        Watcher expected = new Watcher();
        whole.setListeners(listener(), expected);
        whole.fit(new ExistingDataSetIterator(data), 4);
        SameDiff resumed = Networks.plainSameDiff();
        Watcher seen = new Watcher();
        for (int part = 0; part < 2; part++) {
            resumed.setListeners(listener(), seen);
            resumed.fit(new ExistingDataSetIterator(data), 2);
        }
        assertSameBits(expected.started, seen.started);
    }

    private static SameDiff linear() {
        SameDiff graph = SameDiff.create();
        SDVariable input = graph.placeHolder("input", DataType.FLOAT, -1, 2, 8, 6);
        SDVariable label = graph.placeHolder("label", DataType.FLOAT, -1, 3);
        SDVariable weights = graph.var("weights", Nd4j.zeros(DataType.FLOAT, 96, 3));
        graph.loss.softmaxCrossEntropy(
                "loss", label, graph.reshape(input, -1, 96).mmul(weights), null);
        graph.setLossVariables("loss");
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Sgd(0.1))
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("label")
                .build());
        return graph;
    }

    @Test
    void oneListenerForOneGraph() {
        GradientSaliencyListener listener = listener();
        SameDiff one = Networks.plainSameDiff();
        one.setListeners(listener);
        one.fit(data.get(0));
        SameDiff other = Networks.plainSameDiff();
        other.setListeners(listener);
        assertThrows(IllegalStateException.class, () -> other.fit(data.get(0)));
    }

    @Test
    void batchesThatCannotBeMixed() {
        SameDiff graph = Networks.plainSameDiff();
        graph.setListeners(listener());
        DataSet masked = data.get(0).copy();
        masked.setFeaturesMaskArray(Nd4j.ones(6, 1));
        IllegalArgumentException mask = assertThrows(IllegalArgumentException.class, () -> graph.fit(masked));
        assertTrue(mask.getMessage().contains("features mask"), mask.getMessage());
        graph.fit(data.get(0));

        SameDiff named = Networks.plainSameDiff();
        named.setListeners(
                new MixupListener("pixels", "label", InputMixup.builder().build()));
        IllegalArgumentException name = assertThrows(IllegalArgumentException.class, () -> named.fit(data.get(0)));
        assertTrue(name.getMessage().contains("\"pixels\""), name.getMessage());
    }

    /** The other label array would stay unmixed. */
    @Test
    void aSecondLabelPlaceholderIsRefused() {
        SameDiff graph = Networks.plainSameDiff();
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Sgd(0.1))
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("label", "other")
                .build());
        graph.setListeners(new MixupListener(
                "input", "label", InputMixup.builder().mixProbability(1).build()));
        INDArray[] both = {batch(4, 1).getLabels(), batch(4, 1).getLabels()};
        MultiDataSet data = new org.nd4j.linalg.dataset.MultiDataSet(
                new INDArray[] {batch(4, 1).getFeatures()}, both);
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> graph.fit(data));
        assertTrue(refused.getMessage().contains("[label, other]"), refused.getMessage());
    }

    @Test
    void anyMixer() {
        SameDiff graph = linear();
        Watcher watcher = new Watcher();
        GuidedMixup mixer = GuidedMixup.builder().mixProbability(1).seed(2).build();
        graph.setListeners(new MixupListener("input", "label", mixer), watcher);
        graph.fit(new AsyncSource(data), 1);
        Watcher expected = new Watcher();
        SameDiff iterating = linear();
        iterating.setListeners(expected);
        iterating.fit(new MixupDataSetIterator(new AsyncSource(data), mixer), 1);
        assertSameBits(expected.started, watcher.started);
        assertArrayEquals(weights(iterating), weights(graph));
    }

    @Test
    void missingArguments() {
        assertThrows(
                IllegalArgumentException.class,
                () -> GradientSaliencyListener.builder(null, "label", GuidedMixup.builder()));
        assertThrows(
                IllegalArgumentException.class,
                () -> GradientSaliencyListener.builder("input", null, GuidedMixup.builder()));
        assertThrows(IllegalArgumentException.class, () -> new MixupListener("input", "label", null));
        assertThrows(IllegalArgumentException.class, () -> new GradientSaliencyListener("input", "label", null));
    }
}
