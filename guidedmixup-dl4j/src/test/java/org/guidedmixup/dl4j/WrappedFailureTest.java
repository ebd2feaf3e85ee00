package org.guidedmixup.dl4j;

import static org.guidedmixup.dl4j.Batches.batches;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.AsyncShieldDataSetIterator;
import org.deeplearning4j.datasets.iterator.AsyncShieldMultiDataSetIterator;
import org.deeplearning4j.datasets.iterator.DataSetIteratorSplitter;
import org.deeplearning4j.datasets.iterator.EarlyTerminationDataSetIterator;
import org.deeplearning4j.datasets.iterator.EarlyTerminationMultiDataSetIterator;
import org.deeplearning4j.datasets.iterator.IteratorDataSetIterator;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.datasets.iterator.MultiDataSetIteratorSplitter;
import org.deeplearning4j.datasets.iterator.MultiDataSetWrapperIterator;
import org.deeplearning4j.datasets.iterator.MultipleEpochsIterator;
import org.deeplearning4j.datasets.iterator.WorkspacesShieldDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.dl4j.saliency.Networks;
import org.guidedmixup.method.InputMixup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.AsyncMultiDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * A batch that cannot be read ends {@code fit} with its exception even if another iterator, which reads or merges batches, is
 * between the mixing iterator and training.
 */
@SuppressWarnings("deprecation") // users have them
class WrappedFailureTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final BatchMixer MIXER = InputMixup.builder().seed(1).build();
    private static final int BATCHES = 12;
    private static final int FAULTY = 7;

    /** Twelve batches of four images, without the eighth. */
    private static final class FaultySource extends Source {
        private int given;

        @Override
        public DataSet next() {
            if (given++ == FAULTY) {
                throw new IllegalStateException("disk");
            }
            return super.next();
        }
    }

    /** Twelve batches that may be read ahead. */
    private static class Source extends org.deeplearning4j.datasets.iterator.ExistingDataSetIterator {
        Source() {
            super(batches(BATCHES, 4));
        }

        @Override
        public boolean asyncSupported() {
            return true;
        }
    }

    private static DataSetIterator mixed() {
        return new MixupDataSetIterator(new FaultySource(), MIXER);
    }

    private static MultiDataSetIterator mixedMulti() {
        return new MixupMultiDataSetIterator(new MultiDataSetIteratorAdapter(new FaultySource()), MIXER);
    }

    private static DataSetIterator preProcessed(DataSetIterator iterator) {
        MultipleEpochsIterator outer = new MultipleEpochsIterator(1, iterator);
        outer.setPreProcessor((DataSetPreProcessor) batch -> batch.getFeatures().subi(0.5));
        return outer;
    }

    /** Returns, by name, iterators around the mixing one, and how many batches come before the failure. */
    static Stream<Arguments> wrappers() {
        Map<String, UnaryOperator<DataSetIterator>> all = Map.ofEntries(
                Map.entry("none", iterator -> iterator),
                Map.entry("re-batching", iterator -> new IteratorDataSetIterator(iterator, 12)),
                Map.entry("splitting", iterator -> new IteratorDataSetIterator(iterator, 3)),
                Map.entry("workspaces", WorkspacesShieldDataSetIterator::new),
                Map.entry("outer preprocessor", WrappedFailureTest::preProcessed),
                Map.entry("epochs", iterator -> new MultipleEpochsIterator(2, iterator)),
                Map.entry("terminated", iterator -> new EarlyTerminationDataSetIterator(iterator, 10)),
                Map.entry("read ahead by hand", AsyncDataSetIterator::new),
                Map.entry(
                        "read ahead twice",
                        iterator -> new IteratorDataSetIterator(new AsyncDataSetIterator(iterator), 12)),
                Map.entry("not read ahead", AsyncShieldDataSetIterator::new),
                Map.entry("split", iterator -> new DataSetIteratorSplitter(iterator, 10, 0.9).getTrainIterator()),
                Map.entry(
                        "one array of a MultiDataSet",
                        iterator -> new MultiDataSetWrapperIterator(new MultiDataSetIteratorAdapter(iterator))),
                Map.entry(
                        "several",
                        iterator -> preProcessed(
                                new WorkspacesShieldDataSetIterator(new IteratorDataSetIterator(iterator, 12)))));
        Map<String, Integer> before = Map.of("re-batching", 2, "read ahead twice", 2, "several", 2, "splitting", 9);
        return all.entrySet().stream()
                .map(entry ->
                        Arguments.of(entry.getKey(), before.getOrDefault(entry.getKey(), FAULTY), entry.getValue()));
    }

    private static void assertFails(Runnable training) {
        IllegalStateException thrown =
                assertTimeoutPreemptively(LIMIT, () -> assertThrows(IllegalStateException.class, training::run));
        assertEquals("disk", thrown.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrappers")
    void multiLayerNetwork(String name, int before, UnaryOperator<DataSetIterator> wrapper) {
        MultiLayerNetwork network = Networks.plainMultiLayer();
        assertFails(() -> network.fit(wrapper.apply(mixed())));
        assertEquals(before, network.getIterationCount(), "earlier batches are trained on");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrappers")
    void computationGraph(String name, int before, UnaryOperator<DataSetIterator> wrapper) {
        ComputationGraph graph = Networks.plainGraph();
        assertFails(() -> graph.fit(wrapper.apply(mixed())));
        assertEquals(before, graph.getConfiguration().getIterationCount());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrappers")
    void sameDiff(String name, int before, UnaryOperator<DataSetIterator> wrapper) {
        assertFails(() -> Networks.plainSameDiff().fit(wrapper.apply(mixed()), 1));
    }

    static Stream<Arguments> multiWrappers() {
        Map<String, UnaryOperator<MultiDataSetIterator>> all = Map.of(
                "none", iterator -> iterator,
                "re-batching", iterator -> new IteratorMultiDataSetIterator(iterator, 12),
                "splitting", iterator -> new IteratorMultiDataSetIterator(iterator, 3),
                "terminated", iterator -> new EarlyTerminationMultiDataSetIterator(iterator, 10),
                "read ahead by hand", AsyncMultiDataSetIterator::new,
                "read ahead twice",
                        iterator -> new IteratorMultiDataSetIterator(new AsyncMultiDataSetIterator(iterator), 12),
                "not read ahead", AsyncShieldMultiDataSetIterator::new,
                "split", iterator -> new MultiDataSetIteratorSplitter(iterator, 10, 0.9).getTrainIterator());
        return all.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("multiWrappers")
    void multiDataSets(String name, UnaryOperator<MultiDataSetIterator> wrapper) {
        assertFails(() -> Networks.plainGraph().fit(wrapper.apply(mixedMulti())));
        assertFails(() -> Networks.plainSameDiff().fit(wrapper.apply(mixedMulti()), 1));
    }

    /** Class indices cannot be mixed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void preprocessors(boolean rebatched) {
        Source source = new Source();
        MixupPreProcessor mixing = new MixupPreProcessor(MIXER);
        source.setPreProcessor(batch -> {
            batch.setLabels(batch.getLabels().argMax(1).reshape(4, 1));
            mixing.preProcess(batch);
        });
        DataSetIterator iterator = rebatched ? new IteratorDataSetIterator(source, 12) : source;
        MultiLayerNetwork network = Networks.plainMultiLayer();
        IllegalArgumentException thrown = assertTimeoutPreemptively(
                LIMIT, () -> assertThrows(IllegalArgumentException.class, () -> network.fit(iterator)));
        assertTrue(thrown.getMessage().contains("class indices"), thrown.getMessage());
    }

    static Stream<Method> questions() {
        Set<String> answered = Set.of("toString", "equals", "hashCode", "load", "forEach");
        return Stream.of(FailedDataSet.class, FailedMultiDataSet.class)
                .flatMap(kind -> Arrays.stream(kind.getMethods()))
                .filter(method -> method.getDeclaringClass() != Object.class
                        && !Modifier.isStatic(method.getModifiers())
                        && !answered.contains(method.getName()));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void whateverTheStandInIsAsked(Method question) {
        IllegalStateException failure = new IllegalStateException("disk");
        Object standIn = FailedDataSet.class.isAssignableFrom(kind(question))
                ? new FailedDataSet(failure)
                : new FailedMultiDataSet(failure);
        Object[] arguments = Arrays.stream(question.getParameterTypes())
                .map(type -> (Object) Map.of(int.class, 1, long.class, 1L, double.class, 0.5, boolean.class, true)
                        .getOrDefault(type, null))
                .toArray();
        InvocationTargetException thrown =
                assertThrows(InvocationTargetException.class, () -> question.invoke(standIn, arguments));
        assertSame(failure, thrown.getCause());
    }

    private static Class<?> kind(Method question) {
        return question.getDeclaringClass().isAssignableFrom(FailedDataSet.class)
                ? FailedDataSet.class
                : FailedMultiDataSet.class;
    }
}
