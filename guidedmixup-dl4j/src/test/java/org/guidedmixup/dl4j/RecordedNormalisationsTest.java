package org.guidedmixup.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Batch normalisations are measured where and when they run, and the network is as it was afterwards. */
class RecordedNormalisationsTest {
    private static final double EXACT = 1e-9;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void branchesThatOverwriteTheInputComeTooLate(boolean frozen) {
        NeuralNetConfiguration.Builder general = new NeuralNetConfiguration.Builder()
                .seed(4)
                .dataType(DataType.DOUBLE)
                .convolutionMode(ConvolutionMode.Same);
        ComputationGraph network = new ComputationGraph(general.graphBuilder()
                .addInputs("images")
                .addLayer("conv", convolution(1), "images")
                .addLayer("normalised", normalisation(), "conv")
                .addLayer(
                        "side",
                        frozen ? new FrozenLayer(new ActivationLayer(Activation.RELU)) : convolution(0.5),
                        "conv")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "normalised", "side")
                .addLayer("pooled", new GlobalPoolingLayer(), "sum")
                .addLayer("output", output(), "pooled")
                .setOutputs("output")
                .setInputTypes(InputType.convolutional(6, 6, 2))
                .build());
        network.init();
        INDArray images = normal(8, 2, 6, 6);
        INDArray input = network.getLayer("conv").activate(images.dup(), false, LayerWorkspaceMgr.noWorkspaces());
        double[] mean = input.mean(0, 2, 3).data().asDouble();
        double[] variance = input.var(true, 0, 2, 3).data().asDouble();
        Layer layer = network.getLayer("normalised");
        BatchNormStatistics.renew(network, source(images));
        assertSame(layer, network.getLayer("normalised"));
        assertArrayEquals(mean, layer.getParam("mean").data().asDouble(), EXACT);
        assertArrayEquals(variance, layer.getParam("var").data().asDouble(), EXACT);
    }

    @Test
    void everyStepIsAnExampleOfATimeDistributedLayer() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .list(
                        new LSTM.Builder().nOut(4).build(),
                        new TimeDistributed(normalisation()),
                        new GlobalPoolingLayer(),
                        output())
                .setInputType(InputType.recurrent(5, 6))
                .build());
        network.init();
        INDArray sequences = normal(3, 5, 6);
        INDArray input = network.feedForward(sequences, false).get(1);
        BatchNormStatistics.renew(network, source(sequences));
        assertArrayEquals(
                input.mean(0, 2).data().asDouble(),
                network.getParam("1_mean").data().asDouble(),
                EXACT);
        assertArrayEquals(
                input.var(true, 0, 2).data().asDouble(),
                network.getParam("1_var").data().asDouble(),
                EXACT);
    }

    @Test
    void afterAFailureTheNetworkIsAsItWas() {
        MultiLayerNetwork network = network();
        Layer layer = network.getLayer(1);
        INDArray before = network.params().dup();
        assertThrows(
                RuntimeException.class,
                () -> BatchNormStatistics.renew(network, source(normal(4, 2, 6, 6), normal(4, 3, 6, 6))));
        assertSame(layer, network.getLayer(1));
        assertEquals(before, network.params());
        network.fit(new DataSet(
                normal(4, 2, 6, 6), Nd4j.eye(3).repeat(0, 2).getRows(0, 1, 2, 3).castTo(DataType.DOUBLE)));
        assertFalse(before.equals(network.params()));
    }

    @Test
    void imagesOfOtherThreadsAreNotMeasured() {
        MultiLayerNetwork network = network();
        INDArray images = normal(4, 2, 6, 6);
        INDArray others = normal(4, 2, 6, 6).addi(100);
        BatchNormStatistics.renew(network, source(images));
        INDArray expected = network.params().dup();
        DataSetIterator source = new ExistingDataSetIterator(List.of(new DataSet(images, null))) {
            @Override
            public DataSet next() {
                CompletableFuture.runAsync(() -> network.output(others, true)).join();
                return super.next();
            }
        };
        BatchNormStatistics.renew(network, source);
        assertEquals(expected, network.params());
    }

    @Test
    void theInputOfTheNetworkIsKept() {
        MultiLayerNetwork network = network();
        INDArray input = normal(2, 2, 6, 6);
        network.setInput(input);
        BatchNormStatistics.renew(network, source(normal(4, 2, 6, 6)));
        assertTrue(input == network.getInput());
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(2)
                .dataType(DataType.DOUBLE)
                .list(convolution(1), normalisation(), output())
                .setInputType(InputType.convolutional(6, 6, 2))
                .build());
        network.init();
        return network;
    }

    private static DataSetIterator source(INDArray... batches) {
        return new ExistingDataSetIterator(
                Arrays.stream(batches).map(images -> new DataSet(images, null)).toList());
    }

    private static INDArray normal(long... shape) {
        Nd4j.getRandom().setSeed(shape[0]);
        return Nd4j.randn(DataType.DOUBLE, shape).addi(0.5);
    }

    private static ConvolutionLayer convolution(double retained) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(4)
                .dropOut(retained)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static BatchNormalization normalisation() {
        return new BatchNormalization.Builder().useLogStd(false).build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build();
    }
}
