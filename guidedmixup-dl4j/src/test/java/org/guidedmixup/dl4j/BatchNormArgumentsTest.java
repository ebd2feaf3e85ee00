package org.guidedmixup.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Errors name the argument, and what is harmless is none. */
class BatchNormArgumentsTest {

    @Test
    void argumentsAreNamed() {
        MultiLayerNetwork network = network();
        refused("network: expected", () -> BatchNormStatistics.renew((MultiLayerNetwork) null, source()));
        refused("network: expected", () -> BatchNormStatistics.renew((ComputationGraph) null, source()));
        refused("unmixed: expected", () -> BatchNormStatistics.renew(network, null));
        refused("unmixed: expected", () -> BatchNormStatistics.renew(graph(), (DataSetIterator) null));
        refused("unmixed: expected", () -> BatchNormStatistics.renew(graph(), (MultiDataSetIterator) null));
        refused("without features", () -> BatchNormStatistics.renew(network, source((INDArray) null)));
    }

    private static void refused(String fragment, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.contains(fragment), message);
    }

    @Test
    void aNullInPlaceOfAMaskIsNone() {
        ComputationGraph network = graph();
        INDArray rows = Nd4j.rand(4, 5);
        INDArray[] labels = {Nd4j.zeros(4, 3)};
        INDArray[] none = {null};
        INDArray[] weights = {Nd4j.ones(4, 1)};
        BatchNormStatistics.renew(
                network,
                new IteratorMultiDataSetIterator(
                        Arrays.<org.nd4j.linalg.dataset.api.MultiDataSet>asList(
                                        new MultiDataSet(new INDArray[] {rows}, labels, none, weights))
                                .iterator(),
                        4));
        assertArrayEquals(
                rows.mean(0).data().asDouble(),
                network.getLayer("normalised").getParam("mean").data().asDouble(),
                1e-6);
    }

    private static ComputationGraph graph() {
        ComputationGraph network = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("rows")
                .addLayer("normalised", new BatchNormalization(), "rows")
                .addLayer("output", output(), "normalised")
                .setOutputs("output")
                .setInputTypes(InputType.feedForward(5))
                .build());
        network.init();
        return network;
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list(new BatchNormalization(), output())
                .setInputType(InputType.feedForward(5))
                .build());
        network.init();
        return network;
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build();
    }

    private static DataSetIterator source(INDArray... batches) {
        return new ExistingDataSetIterator(
                Arrays.stream(batches).map(images -> new DataSet(images, null)).toList());
    }
}
