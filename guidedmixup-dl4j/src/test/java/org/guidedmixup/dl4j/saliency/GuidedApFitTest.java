package org.guidedmixup.dl4j.saliency;

import static org.guidedmixup.dl4j.Batches.batches;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.AsyncSource;
import org.guidedmixup.dl4j.Batches;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.dl4j.MixupMultiDataSetIterator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.AsyncMultiDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/** Guided-AP in {@code fit}: it trains, and reading ahead nevertheless gives an exception, not a hang. */
class GuidedApFitTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private final List<DataSet> data = batches(3, 6);

    private static BatchMixer mixer(GradientSaliency saliency) {
        return GuidedMixup.builder()
                .saliency(saliency)
                .mixProbability(0.8)
                .seed(4)
                .build();
    }

    private DataSetIterator mixed(GradientSaliency saliency) {
        return new MixupDataSetIterator(new AsyncSource(data), mixer(saliency));
    }

    @Test
    void multiLayerNetworkTrains() {
        float[] first = assertTimeoutPreemptively(LIMIT, this::trainMultiLayer);
        assertArrayEquals(first, assertTimeoutPreemptively(LIMIT, this::trainMultiLayer));
        MultiLayerNetwork unmixed = Networks.normalisedMultiLayer(0.5);
        unmixed.fit(new AsyncSource(data), 3);
        assertFalse(Arrays.equals(first, values(unmixed.params())));
    }

    private float[] trainMultiLayer() {
        MultiLayerNetwork network = Networks.normalisedMultiLayer(1);
        DataSet all = DataSet.merge(data);
        double before = network.score(all, true);
        network.fit(mixed(GradientSaliency.of(network)), 3);
        assertTrue(network.score(all, true) < before, () -> before + " rose to " + network.score(all, true));
        return values(network.params());
    }

    @Test
    void computationGraphTrains() {
        ThrowingSupplier<float[]> training = () -> {
            ComputationGraph graph = Networks.plainGraph();
            graph.fit(mixed(GradientSaliency.of(graph)), 3);
            return values(graph.params());
        };
        float[] first = assertTimeoutPreemptively(LIMIT, training);
        ComputationGraph other = Networks.plainGraph();
        MultiDataSetIterator multi = new MixupMultiDataSetIterator(
                new MultiDataSetIteratorAdapter(new AsyncSource(data)), mixer(GradientSaliency.of(other)));
        assertTimeoutPreemptively(LIMIT, () -> other.fit(multi, 3));
        assertArrayEquals(first, values(other.params()));
    }

    @Test
    void sameDiffTrains() {
        SameDiff graph = Networks.plainSameDiff();
        float[] before = values(graph.getVariable("weights").getArr());
        assertTimeoutPreemptively(LIMIT, () -> graph.fit(mixed(GradientSaliency.of(graph, "input", "label")), 3));
        assertFalse(Arrays.equals(before, values(graph.getVariable("weights").getArr())));
    }

    private static void assertSaysWhatToDo(IllegalStateException thrown) {
        assertTrue(thrown.getMessage().contains("give fit() the MixupDataSetIterator itself"), thrown.getMessage());
    }

    /** Repeated, because which thread is faster depends on the machine. */
    @RepeatedTest(5)
    void readingAheadByHandEndsTraining() {
        MultiLayerNetwork network = Networks.plainMultiLayer();
        ComputationGraph graph = Networks.plainGraph();
        SameDiff sameDiff = Networks.plainSameDiff();
        sameDiff.createGradFunction("input");
        assertTimeoutPreemptively(LIMIT, () -> {
            assertSaysWhatToDo(assertThrows(
                    IllegalStateException.class,
                    () -> network.fit(new AsyncDataSetIterator(mixed(GradientSaliency.of(network))), 1)));
            assertSaysWhatToDo(assertThrows(
                    IllegalStateException.class,
                    () -> graph.fit(new AsyncDataSetIterator(mixed(GradientSaliency.of(graph))), 1)));
            MultiDataSetIterator multi = new MixupMultiDataSetIterator(
                    new MultiDataSetIteratorAdapter(new AsyncSource(data)), mixer(GradientSaliency.of(graph)));
            assertSaysWhatToDo(assertThrows(
                    IllegalStateException.class, () -> graph.fit(new AsyncMultiDataSetIterator(multi), 1)));
            MultiDataSetIterator adapted =
                    new MultiDataSetIteratorAdapter(mixed(GradientSaliency.of(sameDiff, "input", "label")));
            assertSaysWhatToDo(assertThrows(
                    IllegalStateException.class, () -> sameDiff.fit(new AsyncMultiDataSetIterator(adapted), 1)));
        });
    }

    /** A reading thread that ND4J does not know; the network's listener waits for it inside fit. */
    @Test
    void anotherThreadDuringFitIsRefused() {
        MultiLayerNetwork network = Networks.plainMultiLayer();
        GradientSaliency saliency = GradientSaliency.of(network);
        DataSet batch = data.get(0);
        BlockingQueue<Object> results = new ArrayBlockingQueue<>(1);
        AtomicReference<Object> seen = new AtomicReference<>();
        network.setListeners(new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                new Thread(() -> results.add(detectOrError(saliency, batch)), "reader").start();
                seen.set(assertDoesNotThrow(results::take));
            }
        });
        assertTimeoutPreemptively(LIMIT, () -> network.fit(batch));
        IllegalStateException thrown = (IllegalStateException) seen.get();
        assertTrue(thrown.getMessage().contains("\"reader\""), thrown.getMessage());
        assertSaysWhatToDo(thrown);
    }

    private static Object detectOrError(GradientSaliency saliency, DataSet batch) {
        try {
            return saliency.detect(batch.getFeatures(), batch.getLabels(), DataFormat.NCHW);
        } catch (IllegalStateException e) {
            return e;
        }
    }

    /** Another thread that holds the network without training it causes neither a wait nor a failure. */
    @Test
    void anotherThreadMayHoldTheNetwork() {
        MultiLayerNetwork network = Networks.plainMultiLayer();
        GradientSaliency saliency = GradientSaliency.of(network);
        DataSet batch = data.get(0);
        synchronized (network) {
            BlockingQueue<Object> results = new ArrayBlockingQueue<>(1);
            new Thread(() -> results.add(detectOrError(saliency, batch))).start();
            Object maps = assertTimeoutPreemptively(LIMIT, results::take);
            assertEquals(
                    List.of((long) batch.numExamples(), (long) Batches.HEIGHT, (long) Batches.WIDTH),
                    Arrays.stream(((INDArray) maps).shape()).boxed().toList());
        }
    }
}
