package org.guidedmixup.dl4j.saliency;

import static org.guidedmixup.dl4j.Batches.batch;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.dl4j.MixupPreProcessor;
import org.guidedmixup.method.snapmix.SnapMix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** Networks that have no class activation maps are refused, with a message that says what they would need. */
class UnsupportedHeadTest {

    private static void assertRefused(Executable action, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, action).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void networksThatEndOtherwise() {
        assertRefused(
                () -> ClassActivationMap.of(Networks.plainMultiLayer()),
                "[ConvolutionLayer, OutputLayer]",
                "PoolingType.AVG");
        MultiLayerNetwork largest =
                Networks.multiLayer(Networks.convolution(), new GlobalPoolingLayer(PoolingType.MAX), Networks.output());
        assertRefused(() -> ClassActivationMap.of(largest), "GlobalPoolingLayer", "PoolingType.AVG");
        MultiLayerNetwork twoDense = Networks.multiLayer(
                Networks.convolution(),
                PoolingNetworks.pooling(),
                new DenseLayer.Builder().nOut(4).build(),
                Networks.output());
        assertRefused(() -> ClassActivationMap.of(twoDense), "DenseLayer, OutputLayer]");
        MultiLayerNetwork onlyHead = Networks.multiLayer(PoolingNetworks.pooling(), Networks.output());
        assertRefused(() -> ClassActivationMap.of(onlyHead), "before the global pooling");
        assertRefused(() -> ClassActivationMap.of(Networks.plainGraph()), "PoolingType.AVG");
        ComputationGraph summed = Networks.graph(Networks.graphBuilder()
                .addLayer("pooling", PoolingNetworks.pooling(), "images")
                .addVertex("twice", new ElementWiseVertex(ElementWiseVertex.Op.Add), "pooling", "pooling")
                .addLayer("output", Networks.output(), "twice")
                .setOutputs("output"));
        assertRefused(() -> ClassActivationMap.of(summed), "[OutputLayer]");
    }

    @Test
    void lossesOverClassIndices() {
        MultiLayerNetwork network = Networks.multiLayer(
                Networks.convolution(), PoolingNetworks.pooling(), Networks.output(new LossSparseMCXENT()));
        assertRefused(() -> ClassActivationMap.of(network), "LossSparseMCXENT", "one-hot");
    }

    @Test
    void sameDiffGraphsThatScoreOtherwise() {
        SameDiff graph = SameDiff.create();
        SDVariable means = PoolingNetworks.means(graph, PoolingNetworks.multiLayer());
        SDVariable weights = graph.getVariable("weights");
        graph.math.tanh("bent", means).mmul("afterTanh", weights);
        graph.mmul("transposed", graph.math.max("larger", means, means), weights, false, false, false);
        graph.mmul("twisted", means, graph.transpose(weights), false, true, false);
        graph.getVariable("features").max(2, 3).mmul("ofMaxima", weights);
        graph.getVariable("features").mean(1, 3).mean("overall", 0);
        assertRefused(() -> ClassActivationMap.of(graph, "input", "afterTanh"), "mean(2, 3)", "operation tanh");
        assertRefused(() -> ClassActivationMap.of(graph, "input", "transposed"), "mean(2, 3)");
        assertRefused(() -> ClassActivationMap.of(graph, "input", "twisted"), "linear layer");
        assertRefused(() -> ClassActivationMap.of(graph, "input", "ofMaxima"), "max");
        assertRefused(() -> ClassActivationMap.of(graph, "input", "overall"), "linear layer");
        assertRefused(() -> ClassActivationMap.of(graph, "input", "weights"), "nothing computes");
        assertRefused(() -> ClassActivationMap.of(graph, "input", "missing"), "logits \"missing\"");
        means.mmul("logits", weights);
        assertRefused(() -> ClassActivationMap.of(graph, "pixels", "logits"), "imagePlaceholder", "[input]");
        assertRefused(() -> ClassActivationMap.of(graph, "input", "missing", "weights"), "featureMaps \"missing\"");
        assertRefused(() -> ClassActivationMap.of(graph, "input", "features", "missing"), "weights \"missing\"");
    }

    @Test
    void labelsOfOtherClasses() {
        DataSet data = batch(3, 1);
        ClassActivationMap detector = ClassActivationMap.of(PoolingNetworks.multiLayer());
        assertRefused(
                () -> detector.detect(data.getFeatures(), Nd4j.ones(3, 7), DataFormat.NCHW),
                "weights [4, 3]",
                "labels [3, 7]");
    }

    @Test
    void uninitialisedAndMissingNetworks() {
        assertRefused(
                () -> ClassActivationMap.of(
                        new MultiLayerNetwork(PoolingNetworks.multiLayer().getLayerWiseConfigurations())),
                "init()");
        assertRefused(
                () -> ClassActivationMap.of(
                        new ComputationGraph(PoolingNetworks.graph().getConfiguration())),
                "init()");
        assertRefused(() -> ClassActivationMap.of(PoolingNetworks.graph(), "pixels", "output"), "[images]");
        assertRefused(() -> ClassActivationMap.of(PoolingNetworks.graph(), "images", "label"), "[output]");
        assertRefused(() -> ClassActivationMap.of((MultiLayerNetwork) null), "network");
        assertRefused(() -> ClassActivationMap.of((ComputationGraph) null), "graph");
        assertRefused(() -> ClassActivationMap.of((SameDiff) null, "input", "logits"), "graph");
    }

    @Test
    void preprocessorsAndSerialization() {
        ClassActivationMap detector = ClassActivationMap.of(PoolingNetworks.multiLayer());
        SnapMix mixer = SnapMix.builder().saliency(detector).build();
        assertRefused(() -> new MixupPreProcessor(mixer), "MixupDataSetIterator");
        NotSerializableException thrown =
                assertThrows(NotSerializableException.class, () -> new ObjectOutputStream(new ByteArrayOutputStream())
                        .writeObject(mixer));
        assertTrue(thrown.getMessage().contains("ClassActivationMap.of"), thrown.getMessage());
    }
}
