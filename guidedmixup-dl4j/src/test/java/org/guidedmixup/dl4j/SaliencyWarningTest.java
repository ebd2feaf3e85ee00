package org.guidedmixup.dl4j;

import static org.guidedmixup.dl4j.Batches.batches;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.saliency.GradientSaliency;
import org.guidedmixup.dl4j.saliency.Networks;
import org.guidedmixup.dl4j.samediff.GradientSaliencyListener;
import org.guidedmixup.dl4j.samediff.MixupListener;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The log warns once that masks are meaningless because saliency is not finite. */
class SaliencyWarningTest {
    private static final String OF_NETWORK = "the saliency of 4 of 4 images is not finite";

    /** Returns what our own loggers write while something runs. */
    private static String log(Runnable work) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void assertSaidOnce(String part, String where, Runnable work) {
        String log = log(work);
        assertEquals(2, log.split(part, -1).length, log);
        assertTrue(log.contains("Batch 0 of epoch 0"), log);
        assertTrue(log.contains(where), log);
    }

    private static DataSetIterator data() {
        return new AsyncSource(batches(3, 4));
    }

    private static GuidedMixup.Builder always() {
        return GuidedMixup.builder().mixProbability(1);
    }

    private static MultiLayerNetwork diverged() {
        MultiLayerNetwork network = Networks.plainMultiLayer();
        network.params().assign(Double.NaN);
        return network;
    }

    private static SameDiff divergedSameDiff() {
        return Networks.plainSameDiff(diverged());
    }

    @Test
    void iterators() {
        MultiLayerNetwork network = diverged();
        BatchMixer mixer = always().saliency(GradientSaliency.of(network)).build();
        assertSaidOnce(
                OF_NETWORK, "weights of the network", () -> network.fit(new MixupDataSetIterator(data(), mixer), 2));
        ComputationGraph graph = Networks.plainGraph();
        graph.params().assign(Double.NaN);
        BatchMixer ofGraph = always().saliency(GradientSaliency.of(graph)).build();
        assertSaidOnce(
                OF_NETWORK,
                "weights of the network",
                () -> graph.fit(new MixupMultiDataSetIterator(new MultiDataSetIteratorAdapter(data()), ofGraph), 2));
    }

    /** Whose output is NaN while the gradient of the images is 0: its ReLU passes NaN on to the output and not back. */
    private static MultiLayerConfiguration rectified() {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(4)
                        .activation(Activation.RELU)
                        .build())
                .layer(new BatchNormalization())
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(4)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(new LossMCXENT())
                        .activation(Activation.SOFTMAX)
                        .nOut(Batches.CLASSES)
                        .build())
                .setInputType(InputType.convolutional(Batches.HEIGHT, Batches.WIDTH, Batches.CHANNELS))
                .build();
    }

    @Test
    void oneWeightThatIsNotANumber() {
        MultiLayerNetwork network = new MultiLayerNetwork(rectified());
        network.init();
        network.params().putScalar(0, Double.NaN);
        BatchMixer mixer = always().saliency(GradientSaliency.of(network)).build();
        assertSaidOnce(
                OF_NETWORK, "weights of the network", () -> network.fit(new MixupDataSetIterator(data(), mixer), 2));
    }

    @Test
    void oneWeightOfAGraphThatIsNotANumber() {
        MultiLayerNetwork network = new MultiLayerNetwork(rectified());
        network.init();
        ComputationGraph graph = network.toComputationGraph();
        graph.params().putScalar(0, Double.NaN);
        BatchMixer mixer = always().saliency(GradientSaliency.of(graph)).build();
        assertSaidOnce(
                OF_NETWORK, "weights of the network", () -> graph.fit(new MixupDataSetIterator(data(), mixer), 2));
    }

    @Test
    void listeners() {
        SameDiff graph = divergedSameDiff();
        graph.setListeners(
                GradientSaliencyListener.builder("input", "label", always()).build());
        assertSaidOnce(OF_NETWORK, "weights of the network", () -> graph.fit(data(), 2));
        SameDiff other = divergedSameDiff();
        BatchMixer mixer =
                always().saliency(GradientSaliency.of(other, "input", "label")).build();
        other.setListeners(new MixupListener("input", "label", mixer));
        assertSaidOnce(OF_NETWORK, "weights of the network", () -> other.fit(data(), 2));
    }

    @Test
    void preprocessors() {
        List<DataSet> batches = batches(3, 4);
        batches.forEach(batch -> batch.getFeatures().putScalar(0, Float.NaN));
        MixupPreProcessor mixing = new MixupPreProcessor(always().build());
        String one = "the saliency of 1 of 4 images is not finite";
        assertSaidOnce(one, "values in the images.", () -> batches.forEach(batch -> mixing.preProcess(batch.copy())));
        MixupMultiDataSetPreProcessor multi = new MixupMultiDataSetPreProcessor(always().build());
        assertSaidOnce(
                one, "values in the images.", () -> batches.forEach(batch -> multi.preProcess(batch.toMultiDataSet())));
    }

    @Test
    void nothingIsSaidOfFiniteSaliency() {
        MultiLayerNetwork network = Networks.plainMultiLayer();
        BatchMixer mixer = always().saliency(GradientSaliency.of(network)).build();
        String log =
                log(() -> network.fit(new MixupDataSetIterator(new ExistingDataSetIterator(batches(3, 4)), mixer), 2));
        assertEquals("", log);
    }
}
