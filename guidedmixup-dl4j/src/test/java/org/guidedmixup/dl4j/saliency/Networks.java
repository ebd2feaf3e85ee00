package org.guidedmixup.dl4j.saliency;

import static org.guidedmixup.dl4j.Batches.CHANNELS;
import static org.guidedmixup.dl4j.Batches.CLASSES;
import static org.guidedmixup.dl4j.Batches.HEIGHT;
import static org.guidedmixup.dl4j.Batches.WIDTH;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Small networks in double precision, for the batches of {@link org.guidedmixup.dl4j.Batches}. */
public final class Networks {
    static final InputType IMAGES = InputType.convolutional(HEIGHT, WIDTH, CHANNELS);
    static final int FILTERS = 4;

    private Networks() {}

    static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.01));
    }

    static ConvolutionLayer convolution() {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(FILTERS)
                .activation(Activation.TANH)
                .build();
    }

    static ConvolutionLayer sameSizeConvolution(int filters) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(filters)
                .padding(1, 1)
                .activation(Activation.TANH)
                .build();
    }

    static OutputLayer output(ILossFunction loss) {
        return new OutputLayer.Builder(loss)
                .activation(Activation.SOFTMAX)
                .nOut(CLASSES)
                .build();
    }

    static OutputLayer output() {
        return output(new LossMCXENT());
    }

    static MultiLayerNetwork multiLayer(Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = settings().list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork network =
                new MultiLayerNetwork(list.setInputType(IMAGES).build());
        network.init();
        return network;
    }

    /** Convolution, tanh, linear, softmax. */
    public static MultiLayerNetwork plainMultiLayer() {
        return multiLayer(convolution(), output());
    }

    /** Returns a network with everything that has state: batch normalisation, and dropout if wanted. */
    static MultiLayerNetwork normalisedMultiLayer(double dropOut) {
        ConvolutionLayer second = convolution();
        second.setIDropout(dropOut == 1 ? null : new Dropout(dropOut));
        return multiLayer(convolution(), new BatchNormalization(), second, output());
    }

    static ComputationGraph graph(GraphBuilder builder) {
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        return graph;
    }

    static GraphBuilder graphBuilder() {
        return settings().graphBuilder().addInputs("images").setInputTypes(IMAGES);
    }

    /** The graph of {@link #plainMultiLayer}. */
    public static ComputationGraph plainGraph() {
        return graph(graphBuilder()
                .addLayer("convolution", convolution(), "images")
                .addLayer("output", output(), "convolution")
                .setOutputs("output"));
    }

    /** The graph of {@link #plainMultiLayer}, with its weights. */
    public static SameDiff plainSameDiff(MultiLayerNetwork weights) {
        DataType type = weights.params().dataType();
        SameDiff graph = SameDiff.create();
        SDVariable input = graph.placeHolder("input", type, -1, CHANNELS, HEIGHT, WIDTH);
        SDVariable label = graph.placeHolder("label", type, -1, CLASSES);
        Conv2DConfig config = Conv2DConfig.builder().kH(3).kW(3).build();
        SDVariable convolved = graph.cnn.conv2d(
                input,
                graph.var("filters", weights.getParam("0_W").permute(2, 3, 1, 0).dup('c')),
                graph.var("filterBias", weights.getParam("0_b").reshape(FILTERS).dup()),
                config);
        SDVariable flat = graph.reshape(graph.math.tanh(convolved), -1, FILTERS * (HEIGHT - 2) * (WIDTH - 2));
        SDVariable logits = flat.mmul(
                        graph.var("weights", weights.getParam("1_W").dup('c')))
                .add(graph.var("bias", weights.getParam("1_b").dup()));
        graph.loss.softmaxCrossEntropy("loss", label, logits, null);
        graph.setLossVariables("loss");
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Adam(0.01))
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("label")
                .build());
        return graph;
    }

    /** {@link #plainSameDiff} with weights of its own, equal every time. */
    public static SameDiff plainSameDiff() {
        return plainSameDiff(plainMultiLayer());
    }
}
