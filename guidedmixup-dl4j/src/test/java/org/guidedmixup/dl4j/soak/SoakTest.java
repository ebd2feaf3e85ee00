package org.guidedmixup.dl4j.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.AsyncSource;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.dl4j.samediff.GradientSaliencyListener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Long runs after which memory, threads and workspaces are unchanged. Not part of the usual build, see docs/reliability.md.
 */
@Tag("soak")
class SoakTest {
    private static final int BATCHES = Integer.getInteger("soak.batches", 20_000);
    private static final int STEPS = Integer.getInteger("soak.steps", 2_000);
    private static final int WARM_UP = 20_000;
    private static final int WARM_UP_STEPS = 4_000;
    private static final int PER_EPOCH = 100;
    private static final int IMAGES = 8;
    private static final int SIZE = 16;
    private static final int CLASSES = 4;

    /** Leaking the labels of every batch would add 128 kB per 1,000, leaking the images 24,576 kB. */
    private static final double FLAT_BATCHES = 100;

    /** Leaking every saliency map would add 8,192 kB per 1,000; the allocator keeps growing for thousands of steps. */
    private static final double FLAT_STEPS = 1_000;

    private final BatchMixer mixer =
            GuidedMixup.builder().mixProbability(0.5).seed(1).build();

    @Test
    void batchesOnTheCallersThread() {
        List<String> threads = startedThreads();
        soak("synchronous", new MixupDataSetIterator(new AsyncSource(data()), mixer));
        requireNothingLeft(threads);
    }

    @Test
    void batchesReadAhead() {
        List<String> threads = startedThreads();
        AsyncDataSetIterator ahead =
                new AsyncDataSetIterator(new MixupDataSetIterator(new AsyncSource(data()), mixer), 2);
        soak("read ahead", ahead);
        ahead.shutdown();
        requireNothingLeft(threads);
    }

    private void soak(String name, DataSetIterator batches) {
        ResidentMemory memory = new ResidentMemory(name, WARM_UP, BATCHES);
        double sum = 0;
        for (int done = 1; done <= WARM_UP + BATCHES; done++) {
            if (!batches.hasNext()) {
                batches.reset();
                assertTrue(batches.hasNext());
            }
            sum += batches.next().getLabels().sumNumber().doubleValue();
            memory.batchDone(done);
        }
        assertEquals((WARM_UP + BATCHES) * (double) IMAGES, sum, 1e-3 * BATCHES);
        memory.requireFlat(FLAT_BATCHES);
    }

    @Test
    void stepsOfGuidedAp() {
        List<DataSet> data = data();
        SameDiff graph = graph();
        ResidentMemory memory = new ResidentMemory("Guided-AP steps", WARM_UP_STEPS, STEPS);
        graph.addListeners(
                new GradientSaliencyListener(
                        "input",
                        "label",
                        GuidedMixup.builder().mixProbability(0.8).seed(42)),
                new StepCounter(memory));
        List<String> threads = startedThreads();
        graph.fit(new AsyncSource(data), (WARM_UP_STEPS + STEPS) / PER_EPOCH);
        requireNothingLeft(threads);
        memory.requireFlat(FLAT_STEPS);
    }

    /** Records every step. */
    private static final class StepCounter extends BaseListener {
        private final ResidentMemory memory;
        private long done;

        StepCounter(ResidentMemory memory) {
            this.memory = memory;
        }

        @Override
        public boolean isActive(Operation operation) {
            return operation == Operation.TRAINING;
        }

        @Override
        public void iterationDone(SameDiff graph, At at, MultiDataSet batch, Loss loss) {
            memory.batchDone(++done);
        }
    }

    /** Returns the threads that live once ND4J and the mixer have been used, and have started those that they keep. */
    private List<String> startedThreads() {
        MixupDataSetIterator once = new MixupDataSetIterator(new AsyncSource(data().subList(0, 2)), mixer);
        while (once.hasNext()) {
            once.next();
        }
        return ResidentMemory.threads();
    }

    private static void requireNothingLeft(List<String> threads) {
        List<String> left = new ArrayList<>(ResidentMemory.threads());
        threads.forEach(left::remove);
        assertTrue(left.isEmpty(), "threads left: " + left);
        ResidentMemory.requireNoWorkspace();
    }

    private static List<DataSet> data() {
        List<DataSet> data = new ArrayList<>();
        Nd4j.getRandom().setSeed(5);
        for (int i = 0; i < PER_EPOCH; i++) {
            INDArray images = Nd4j.rand(DataType.FLOAT, IMAGES, 3, SIZE, SIZE);
            INDArray labels = Nd4j.eye(CLASSES).castTo(DataType.FLOAT);
            data.add(new DataSet(images, Nd4j.concat(0, labels, labels)));
        }
        return data;
    }

    private static SameDiff graph() {
        SameDiff graph = SameDiff.create();
        SDVariable input = graph.placeHolder("input", DataType.FLOAT, -1, 3, SIZE, SIZE);
        SDVariable label = graph.placeHolder("label", DataType.FLOAT, -1, CLASSES);
        int pixels = 3 * SIZE * SIZE;
        SDVariable weights = graph.var(
                "weights", Nd4j.rand(DataType.FLOAT, pixels, CLASSES).subi(0.5).muli(0.1));
        SDVariable logits = graph.reshape(input, -1, pixels).mmul("logits", weights);
        graph.loss.softmaxCrossEntropy("loss", label, logits, null);
        graph.setLossVariables("loss");
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Sgd(0.01))
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("label")
                .build());
        return graph;
    }
}
