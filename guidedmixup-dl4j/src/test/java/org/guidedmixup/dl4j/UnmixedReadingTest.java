package org.guidedmixup.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.AsyncShieldDataSetIterator;
import org.deeplearning4j.datasets.iterator.CombinedPreProcessor;
import org.deeplearning4j.datasets.iterator.EarlyTerminationDataSetIterator;
import org.deeplearning4j.datasets.iterator.IteratorDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.method.InputMixup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.AsyncMultiDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Mixing is refused wherever it happens inside of an iterator that must not mix, and only while it is read. */
class UnmixedReadingTest {
    private static final InputMixup MIXUP = InputMixup.builder().build();

    static Stream<Arguments> wrappers() {
        return Stream.of(
                wrapper("async", AsyncDataSetIterator::new),
                wrapper("shield", AsyncShieldDataSetIterator::new),
                wrapper("early", source -> new EarlyTerminationDataSetIterator(source, 1)),
                wrapper("batches", source -> new IteratorDataSetIterator(source, 4)),
                wrapper("twice", source -> new AsyncDataSetIterator(new AsyncShieldDataSetIterator(source))));
    }

    private static Arguments wrapper(String name, UnaryOperator<DataSetIterator> wrapping) {
        return Arguments.of(name, wrapping);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrappers")
    void aMixingIteratorInsideIsFound(String name, UnaryOperator<DataSetIterator> wrapping) {
        refused(wrapping.apply(new MixupDataSetIterator(source(), MIXUP)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrappers")
    void aMixingPreProcessorInsideIsFound(String name, UnaryOperator<DataSetIterator> wrapping) {
        DataSetIterator source = source();
        source.setPreProcessor(new CombinedPreProcessor.Builder()
                .addPreProcessor(new MixupPreProcessor(MIXUP))
                .build());
        refused(wrapping.apply(source));
    }

    private static void refused(DataSetIterator mixing) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list(new BatchNormalization(), output())
                .setInputType(InputType.feedForward(5))
                .build());
        network.init();
        INDArray before = network.params().dup();
        String message = assertThrows(IllegalArgumentException.class, () -> BatchNormStatistics.renew(network, mixing))
                .getMessage();
        assertTrue(message.startsWith("unmixed: expected an iterator that does not mix"), message);
        assertEquals(before, network.params());
        assertNotNull(new MixupDataSetIterator(source(), MIXUP).next());
    }

    @Test
    void graphsFindItToo() {
        ComputationGraph network = graph();
        MultiDataSetIterator mixing = new MixupMultiDataSetIterator(new MultiDataSetIteratorAdapter(source()), MIXUP);
        assertThrows(
                IllegalArgumentException.class,
                () -> BatchNormStatistics.renew(network, new AsyncMultiDataSetIterator(mixing)));
    }

    @Test
    void anIteratorMayKeepItsPreProcessorToItself() {
        ComputationGraph network = graph();
        INDArray before = network.params().dup();
        BatchNormStatistics.renew(network, new MultiDataSetIteratorAdapter(source()) {
            @Override
            public org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor getPreProcessor() {
                throw new UnsupportedOperationException();
            }
        });
        assertTrue(before.distance2(network.params()) > 0);
    }

    private static ComputationGraph graph() {
        ComputationGraph network = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("images")
                .addLayer("normalised", new BatchNormalization(), "images")
                .addLayer("output", output(), "normalised")
                .setOutputs("output")
                .setInputTypes(InputType.feedForward(5))
                .build());
        network.init();
        return network;
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build();
    }

    private static DataSetIterator source() {
        INDArray labels = Nd4j.zeros(8, 3);
        for (int i = 0; i < 8; i++) {
            labels.putScalar(i, i % 3, 1);
        }
        List<DataSet> examples = new DataSet(Nd4j.randn(8, 5), labels).asList();
        return new ListDataSetIterator<>(examples, 4);
    }
}
