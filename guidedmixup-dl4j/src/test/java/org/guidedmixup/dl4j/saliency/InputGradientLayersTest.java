package org.guidedmixup.dl4j.saliency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.dl4j.Batches;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The gradient of layers that leave out that of their parameters, against that of Deeplearning4j's own. */
class InputGradientLayersTest {
    private static final int SEED = 11;

    private final DataSet data = Batches.batch(5, 1);

    private static ConvolutionLayer.Builder convolution(int kernel) {
        return new ConvolutionLayer.Builder(kernel, kernel).nOut(4).activation(Activation.LEAKYRELU);
    }

    private static ConvolutionLayer channelsLast(ConvolutionLayer layer) {
        layer.setCnn2dDataFormat(CNN2DFormat.NHWC);
        return layer;
    }

    private static Map<String, Layer> firstLayers() {
        Map<String, Layer> layers = new TreeMap<>();
        layers.put("plain", convolution(3).build());
        layers.put("padded", convolution(3).padding(1, 1).build());
        layers.put("strided", convolution(3).stride(2, 2).padding(1, 1).build());
        layers.put(
                "strides and padding that differ",
                convolution(3).stride(2, 1).padding(0, 1).build());
        layers.put("flat kernel", new ConvolutionLayer.Builder(1, 3).nOut(4).build());
        layers.put(
                "same size",
                convolution(3)
                        .convolutionMode(ConvolutionMode.Same)
                        .stride(2, 2)
                        .build());
        layers.put("without bias", convolution(3).hasBias(false).build());
        layers.put("dilated", convolution(3).dilation(2, 2).build());
        layers.put("softmax", convolution(3).activation(Activation.SOFTMAX).build());
        layers.put("linear", convolution(2).activation(Activation.IDENTITY).build());
        layers.put("dropout", convolution(3).dropOut(new Dropout(0.5)).build());
        layers.put(
                "weight noise", convolution(3).weightNoise(new DropConnect(0.5)).build());
        layers.put("channels last", channelsLast(convolution(3).padding(1, 1).build()));
        layers.put(
                "channels last, dilated",
                channelsLast(convolution(3).dilation(2, 2).build()));
        layers.put(
                "channels last, without bias, same size",
                channelsLast(convolution(3)
                        .convolutionMode(ConvolutionMode.Same)
                        .hasBias(false)
                        .build()));
        return layers;
    }

    static Stream<Arguments> cases() {
        return firstLayers().keySet().stream()
                .flatMap(name -> Stream.of(DataType.FLOAT, DataType.DOUBLE).map(type -> Arguments.of(name, type)));
    }

    private static NeuralNetConfiguration.Builder settings(DataType type) {
        return new NeuralNetConfiguration.Builder().seed(SEED).dataType(type).updater(new Adam(0.01));
    }

    private static CNN2DFormat format(Layer first) {
        return ((ConvolutionLayer) first).getCnn2dDataFormat();
    }

    private static InputType images(CNN2DFormat format) {
        return InputType.convolutional(Batches.HEIGHT, Batches.WIDTH, Batches.CHANNELS, format);
    }

    private static Layer dense() {
        return new DenseLayer.Builder()
                .nOut(6)
                .activation(Activation.TANH)
                .hasLayerNorm(true)
                .dropOut(new Dropout(0.8))
                .build();
    }

    private static Layer output() {
        return new OutputLayer.Builder(new LossMCXENT())
                .activation(Activation.SOFTMAX)
                .nOut(Batches.CLASSES)
                .build();
    }

    private static MultiLayerNetwork network(Layer first, DataType type) {
        BatchNormalization normalisation = new BatchNormalization();
        normalisation.setCnn2DFormat(format(first));
        ConvolutionLayer second = convolution(2).build();
        second.setCnn2dDataFormat(format(first));
        SubsamplingLayer pooling = new SubsamplingLayer.Builder(2, 2).build();
        pooling.setCnn2dDataFormat(format(first));
        MultiLayerNetwork network = new MultiLayerNetwork(settings(type)
                .list()
                .layer(first)
                .layer(normalisation)
                .layer(second)
                .layer(pooling)
                .layer(dense())
                .layer(output())
                .setInputType(images(format(first)))
                .build());
        network.init();
        return network;
    }

    private static ComputationGraph graph(Layer first, DataType type) {
        ComputationGraph graph = new ComputationGraph(settings(type)
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(images(format(first)))
                .addLayer("first", first, "images")
                .addLayer("dense", dense(), "first")
                .addLayer("output", output(), "dense")
                .setOutputs("output")
                .build());
        graph.init();
        return graph;
    }

    private INDArray images(Layer first, DataType type) {
        INDArray images = data.getFeatures().castTo(type);
        return format(first) == CNN2DFormat.NHWC ? images.permute(0, 2, 3, 1).dup('c') : images;
    }

    private static void assertSame(DataType type, INDArray expected, INDArray found) {
        assertTrue(expected.norm2Number().doubleValue() > 0);
        assertArrayEquals(expected.shape(), found.shape());
        double tolerance = type == DataType.DOUBLE
                ? 0
                : 1e-4 * expected.norm2Number().doubleValue() / Math.sqrt((double) expected.length());
        assertArrayEquals(
                expected.dup('c').data().asDouble(), found.dup('c').data().asDouble(), tolerance);
    }

    /** Twice, because noise that outlived its pass would show in the second one only. */
    @ParameterizedTest
    @MethodSource("cases")
    void multiLayerNetwork(String name, DataType type) {
        Layer first = firstLayers().get(name);
        MultiLayerNetwork network = network(first, type);
        MultiLayerGradient gradient = new MultiLayerGradient(network);
        INDArray images = images(first, type);
        INDArray labels = data.getLabels().castTo(type);
        for (int pass = 0; pass < 2; pass++) {
            Nd4j.getRandom().setSeed(SEED + pass);
            INDArray expected = network.clone()
                    .calculateGradients(images, labels, null, null)
                    .getSecond();
            Nd4j.getRandom().setSeed(SEED + pass);
            assertSame(type, expected, gradient.map(images, labels, INDArray::dup));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computationGraph(String name, DataType type) {
        Layer first = firstLayers().get(name);
        ComputationGraph graph = graph(first, type);
        INDArray images = images(first, type);
        INDArray labels = data.getLabels().castTo(type);
        ComputationGraph own = graph.clone();
        CapturingInput input = new CapturingInput(own, own.getVertices()[0], type);
        own.getVertices()[0] = input;
        own.setInputs(images);
        own.setLabels(labels);
        Nd4j.getRandom().setSeed(SEED);
        own.computeGradientAndScore();
        Nd4j.getRandom().setSeed(SEED);
        INDArray found = GraphGradient.ofOnlyInput(graph).map(images, labels, INDArray::dup);
        assertSame(type, input.takeGradient(), found);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void parametersHaveNoGradient(String name, DataType type) {
        Layer first = firstLayers().get(name);
        MultiLayerTwin twin = new MultiLayerTwin(network(first, type));
        MultiLayerNetwork made = twin.current();
        assertInstanceOf(InputGradientConvolution.class, made.getLayer(0));
        assertInstanceOf(InputGradientDense.class, made.getLayer(4));
        assertInstanceOf(InputGradientOutput.class, made.getLayer(5));
        made.calculateGradients(images(first, type), data.getLabels().castTo(type), null, null);
        for (int layer : new int[] {0, 2, 4, 5}) {
            assertEquals(
                    0, made.getLayer(layer).getGradientsViewArray().amaxNumber().doubleValue(), "layer " + layer);
        }
    }
}
