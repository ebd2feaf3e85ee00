package org.guidedmixup.dl4j.saliency;

import static org.guidedmixup.dl4j.Batches.CHANNELS;
import static org.guidedmixup.dl4j.Batches.CLASSES;
import static org.guidedmixup.dl4j.Batches.HEIGHT;
import static org.guidedmixup.dl4j.Batches.WIDTH;

import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Small networks in double precision that end with global average pooling and one linear layer. */
final class PoolingNetworks {
    private PoolingNetworks() {}

    static GlobalPoolingLayer pooling() {
        return new GlobalPoolingLayer(PoolingType.AVG);
    }

    /** A loss for label rows of any sum. */
    static LossMCXENT anySum() {
        return new LossMCXENT(Nd4j.ones(1, CLASSES));
    }

    /** Convolution, tanh, mean, linear, softmax. */
    static MultiLayerNetwork multiLayer() {
        return Networks.multiLayer(Networks.convolution(), pooling(), Networks.output(anySum()));
    }

    static ComputationGraph graph() {
        return Networks.graph(Networks.graphBuilder()
                .addLayer("convolution", Networks.convolution(), "images")
                .addLayer("pooling", pooling(), "convolution")
                .addLayer("output", Networks.output(anySum()), "pooling")
                .setOutputs("output"));
    }

    /** The graph of {@link #multiLayer}, with its weights; not complete without logits. */
    static SDVariable means(SameDiff graph, MultiLayerNetwork weights) {
        DataType type = weights.params().dataType();
        SDVariable input = graph.placeHolder("input", type, -1, CHANNELS, HEIGHT, WIDTH);
        SDVariable convolved = graph.cnn.conv2d(
                input,
                graph.var("filters", weights.getParam("0_W").permute(2, 3, 1, 0).dup('c')),
                graph.var(
                        "filterBias",
                        weights.getParam("0_b").reshape(Networks.FILTERS).dup()),
                Conv2DConfig.builder().kH(3).kW(3).build());
        graph.var("weights", weights.getParam("2_W").dup('c'));
        graph.var("bias", weights.getParam("2_b").reshape(CLASSES).dup());
        return graph.math.tanh("features", convolved).mean("means", 2, 3);
    }

    static void addLoss(SameDiff graph, SDVariable logits) {
        SDVariable label = graph.placeHolder("label", logits.dataType(), -1, CLASSES);
        graph.loss.softmaxCrossEntropy("loss", label, logits, null);
        graph.setLossVariables("loss");
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Sgd(0.1))
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("label")
                .build());
    }

    static SameDiff sameDiff(MultiLayerNetwork weights) {
        SameDiff graph = SameDiff.create();
        SDVariable means = means(graph, weights);
        addLoss(graph, graph.nn.linear("logits", means, graph.getVariable("weights"), graph.getVariable("bias")));
        return graph;
    }
}
