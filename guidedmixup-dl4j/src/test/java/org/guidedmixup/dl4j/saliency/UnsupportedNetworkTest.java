package org.guidedmixup.dl4j.saliency;

import static org.guidedmixup.dl4j.Batches.batch;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.dl4j.MixupPreProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** Networks that gradient saliency cannot handle are refused, with a message that says what to do instead. */
class UnsupportedNetworkTest {

    private static void assertRefused(Executable action, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, action).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void lossesOverClassIndices() {
        MultiLayerNetwork network =
                Networks.multiLayer(Networks.convolution(), Networks.output(new LossSparseMCXENT()));
        assertRefused(() -> GradientSaliency.of(network), "LossSparseMCXENT", "one-hot");
        ComputationGraph graph = Networks.graph(Networks.graphBuilder()
                .addLayer("output", Networks.output(new LossSparseMCXENT()), "images")
                .setOutputs("output"));
        assertRefused(() -> GradientSaliency.of(graph), "LossSparseMCXENT", "one-hot");
        SameDiff sameDiff = SameDiff.create();
        SDVariable input = sameDiff.placeHolder("input", DataType.FLOAT, -1, 1, 2, 2);
        SDVariable label = sameDiff.placeHolder("label", DataType.INT32, -1);
        SDVariable logits = sameDiff.reshape(input, -1, 4).mmul(sameDiff.var("weights", Nd4j.ones(4, 3)));
        sameDiff.loss.sparseSoftmaxCrossEntropy("loss", logits, label);
        assertRefused(() -> GradientSaliency.of(sameDiff, "input", "label"), "label", "INT", "one-hot");
    }

    @Test
    void truncatedBackpropagation() {
        MultiLayerNetwork network = Networks.plainMultiLayer();
        network.getLayerWiseConfigurations().setBackpropType(BackpropType.TruncatedBPTT);
        assertRefused(() -> GradientSaliency.of(network), "BackpropType.Standard");
        ComputationGraph graph = Networks.plainGraph();
        graph.getConfiguration().setBackpropType(BackpropType.TruncatedBPTT);
        assertRefused(() -> GradientSaliency.of(graph), "BackpropType.Standard");
    }

    @Test
    void masks() {
        MultiLayerNetwork network = Networks.plainMultiLayer();
        GuidedMixup mixer =
                GuidedMixup.builder().saliency(GradientSaliency.of(network)).build();
        DataSet masked = batch(4, 1);
        masked.setLabelsMaskArray(Nd4j.ones(4, 3));
        assertRefused(
                () -> network.fit(new MixupDataSetIterator(new ExistingDataSetIterator(List.of(masked)), mixer)),
                "labels mask");
    }

    @Test
    void networksWithoutInitialisationOrOutputLayer() {
        assertRefused(
                () -> GradientSaliency.of(
                        new MultiLayerNetwork(Networks.plainMultiLayer().getLayerWiseConfigurations())),
                "init()");
        assertRefused(
                () -> GradientSaliency.of(
                        new ComputationGraph(Networks.plainGraph().getConfiguration())),
                "init()");
        MultiLayerNetwork open = Networks.multiLayer(
                Networks.convolution(), new DenseLayer.Builder().nOut(3).build());
        assertRefused(() -> GradientSaliency.of(open), "output layer");
    }

    @Test
    void unknownNames() {
        ComputationGraph graph = Networks.plainGraph();
        assertRefused(() -> GradientSaliency.of(graph, "pixels", "output"), "imageInput", "[images]");
        assertRefused(() -> GradientSaliency.of(graph, "images", "label"), "labelOutput", "[output]");
        SameDiff sameDiff = Networks.plainSameDiff();
        assertRefused(() -> GradientSaliency.of(sameDiff, "pixels", "label"), "imagePlaceholder", "[input, label]");
        assertRefused(() -> GradientSaliency.of(sameDiff, "input", "weights"), "labelPlaceholder", "[input, label]");
    }

    @Test
    void severalInputsWithoutNames() {
        ComputationGraph graph = Networks.graph(Networks.graphBuilder()
                .addLayer("one", Networks.output(), "images")
                .addLayer("two", Networks.output(), "images")
                .setOutputs("one", "two"));
        assertRefused(() -> GradientSaliency.of(graph), "[one, two]");
    }

    @Test
    void missingNetworks() {
        assertRefused(() -> GradientSaliency.of((MultiLayerNetwork) null), "network");
        assertRefused(() -> GradientSaliency.of((ComputationGraph) null), "graph");
        assertRefused(() -> GradientSaliency.of((SameDiff) null, "input", "label"), "graph");
    }

    @Test
    void preprocessors() {
        GuidedMixup mixer = GuidedMixup.builder()
                .saliency(GradientSaliency.of(Networks.plainMultiLayer()))
                .build();
        assertRefused(() -> new MixupPreProcessor(mixer), "MixupDataSetIterator");
    }

    @Test
    void serialization() {
        GradientSaliency saliency = GradientSaliency.of(Networks.plainMultiLayer());
        NotSerializableException thrown =
                assertThrows(NotSerializableException.class, () -> new ObjectOutputStream(new ByteArrayOutputStream())
                        .writeObject(saliency));
        assertTrue(thrown.getMessage().contains("GradientSaliency.of"), thrown.getMessage());
    }
}
