package org.guidedmixup.dl4j;

import static org.guidedmixup.dl4j.Batches.batches;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.dl4j.saliency.Networks;
import org.guidedmixup.method.InputMixup;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A batch that cannot be read or mixed ends {@code fit} with its exception, whichever batch it is. On Deeplearning4j's reading
 * thread the exception would be lost, and {@code fit} would wait forever.
 */
class FailedBatchTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int BATCHES = 12;
    private static final BatchMixer MIXER = InputMixup.builder().seed(1).build();

    /** What goes wrong. */
    enum Fault {
        /** The batch has class indices for labels. */
        LABELS("class indices"),
        /** The source throws instead of giving the batch. */
        NEXT("disk"),
        /** The source throws when asked whether there is a batch. */
        HAS_NEXT("network drive"),
        /** The source has no memory for the batch. */
        MEMORY("heap");

        final String message;

        Fault(String message) {
            this.message = message;
        }
    }

    /** Twelve batches of which one is at fault, until the fault is repaired. */
    private static final class FaultySource extends ExistingDataSetIterator {
        private final Fault fault;
        private final int faulty;
        private int given;
        private boolean repaired;

        FaultySource(Fault fault, int faulty) {
            super(batches(BATCHES, 4));
            this.fault = fault;
            this.faulty = faulty;
        }

        @Override
        public boolean hasNext() {
            if (fault == Fault.HAS_NEXT && isFaulty()) {
                throw new IllegalStateException(fault.message);
            }
            return super.hasNext();
        }

        @Override
        public DataSet next() {
            if (fault == Fault.NEXT && isFaulty()) {
                throw new IllegalStateException(fault.message);
            }
            if (fault == Fault.MEMORY && isFaulty()) {
                throw new OutOfMemoryError(fault.message);
            }
            DataSet batch = super.next();
            if (fault == Fault.LABELS && isFaulty()) {
                batch = new DataSet(
                        batch.getFeatures(), Nd4j.createFromArray(0f, 1, 2, 0).reshape(4, 1));
            }
            given++;
            return batch;
        }

        private boolean isFaulty() {
            return given == faulty && !repaired;
        }

        @Override
        public void reset() {
            super.reset();
            given = 0;
        }

        @Override
        public boolean asyncSupported() {
            return true;
        }
    }

    static Stream<Arguments> faults() {
        return IntStream.of(0, 1, 3, BATCHES - 1).boxed().flatMap(batch -> Stream.of(Fault.values())
                .map(fault -> Arguments.of(fault, batch)));
    }

    private static void assertFails(Fault fault, Runnable training) {
        Throwable thrown = assertTimeoutPreemptively(LIMIT, () -> assertThrows(Throwable.class, training::run));
        assertTrue(thrown.getMessage().contains(fault.message), thrown::toString);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void multiLayerNetwork(Fault fault, int faulty) {
        MultiLayerNetwork network = Networks.plainMultiLayer();
        FaultySource source = new FaultySource(fault, faulty);
        MixupDataSetIterator mixed = new MixupDataSetIterator(source, MIXER);
        assertTrue(mixed.asyncSupported());
        assertFails(fault, () -> network.fit(mixed, 1));
        assertEquals(faulty, network.getIterationCount(), "earlier batches are trained on");

        source.repaired = true;
        mixed.reset();
        assertTimeoutPreemptively(LIMIT, () -> network.fit(mixed, 1));
        assertEquals(faulty + BATCHES, network.getIterationCount(), "the same iterator works again after a reset");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void computationGraph(Fault fault, int faulty) {
        ComputationGraph graph = Networks.plainGraph();
        assertFails(fault, () -> graph.fit(new MixupDataSetIterator(new FaultySource(fault, faulty), MIXER), 1));
        assertEquals(faulty, graph.getConfiguration().getIterationCount());
        assertFails(
                fault,
                () -> graph.fit(
                        new MixupMultiDataSetIterator(
                                new MultiDataSetIteratorAdapter(new FaultySource(fault, faulty)), MIXER),
                        1));
        assertEquals(2 * faulty, graph.getConfiguration().getIterationCount());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void sameDiff(Fault fault, int faulty) {
        SameDiff graph = Networks.plainSameDiff();
        AtomicInteger iterations = new AtomicInteger();
        graph.setListeners(new BaseListener() {
            @Override
            public boolean isActive(Operation operation) {
                return operation == Operation.TRAINING;
            }

            @Override
            public void iterationDone(SameDiff trained, At at, MultiDataSet batch, Loss loss) {
                iterations.incrementAndGet();
            }
        });
        assertFails(fault, () -> graph.fit(new MixupDataSetIterator(new FaultySource(fault, faulty), MIXER), 1));
        assertEquals(faulty, iterations.get());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whoeverReadsAheadByHand(Fault fault) {
        MixupDataSetIterator mixed = new MixupDataSetIterator(new FaultySource(fault, 5), MIXER);
        List<DataSet> read = new ArrayList<>();
        assertFails(fault, () -> {
            DataSetIterator ahead = new AsyncDataSetIterator(mixed);
            while (ahead.hasNext()) {
                DataSet batch = ahead.next();
                assertEquals(4, batch.getFeatures().size(0));
                read.add(batch);
            }
        });
        assertEquals(5, read.size());
    }

    /** The reading thread of a training run that failed for another reason is still waiting to hand over its batch. */
    @RepeatedTest(3)
    void aReadingThreadThatWasLeftBehindTakesNoBatches() {
        MultiLayerNetwork network = Networks.plainMultiLayer();
        MixupDataSetIterator mixed = new MixupDataSetIterator(new FaultySource(Fault.LABELS, -1), MIXER);
        network.setListeners(new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                throw new IllegalStateException("listener");
            }
        });
        assertTimeoutPreemptively(LIMIT, () -> assertThrows(IllegalStateException.class, () -> network.fit(mixed, 1)));
        network.setListeners(List.of());
        mixed.reset();
        int before = network.getIterationCount();
        assertTimeoutPreemptively(LIMIT, () -> network.fit(mixed, 1));
        assertEquals(BATCHES, network.getIterationCount() - before);
    }

    @Test
    void onTheCallersOwnThreadItIsThrownAtOnce() {
        MixupDataSetIterator mixed = new MixupDataSetIterator(new FaultySource(Fault.LABELS, 0), MIXER);
        assertTrue(mixed.hasNext());
        assertThrows(IllegalArgumentException.class, mixed::next);
        MixupDataSetIterator asked = new MixupDataSetIterator(new FaultySource(Fault.HAS_NEXT, 0), MIXER);
        assertThrows(IllegalStateException.class, asked::hasNext);
    }
}
