package org.guidedmixup.dl4j.saliency;

import static org.guidedmixup.dl4j.Batches.batch;
import static org.guidedmixup.dl4j.saliency.Networks.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.Batches;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.dl4j.manifold.ManifoldMixup;
import org.guidedmixup.dl4j.manifold.ManifoldMixupLayer;
import org.guidedmixup.dl4j.samediff.GradientSaliencyListener;
import org.guidedmixup.dl4j.samediff.MixupListener;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.method.snapmix.SnapMix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** A mixer and a network that take images differently. */
class NetworkInputTest {
    private static InputType images(CNN2DFormat format) {
        return InputType.convolutional(Batches.HEIGHT, Batches.WIDTH, Batches.CHANNELS, format);
    }

    private static ConvolutionLayer convolution(CNN2DFormat format) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(4)
                .activation(Activation.TANH)
                .dataFormat(format)
                .build();
    }

    private static OutputLayer output() {
        return Networks.output(new LossMCXENT(Nd4j.ones(DataType.DOUBLE, 1, Batches.CLASSES)));
    }

    /** Activation, convolution, mean, softmax. */
    private static NeuralNetConfiguration.ListBuilder layers(CNN2DFormat format) {
        return settings()
                .list()
                .layer(new ActivationLayer(Activation.IDENTITY))
                .layer(convolution(format))
                .layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build())
                .layer(output())
                .setInputType(images(format));
    }

    private static MultiLayerNetwork network(CNN2DFormat format) {
        MultiLayerNetwork network = new MultiLayerNetwork(layers(format).build());
        network.init();
        return network;
    }

    private static ComputationGraph graph(CNN2DFormat format) {
        return Networks.graph(settings()
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(images(format))
                .addLayer("first", new ActivationLayer(Activation.IDENTITY), "images")
                .addLayer("convolution", convolution(format), "first")
                .addLayer("pooling", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "convolution")
                .addLayer("output", output(), "pooling")
                .setOutputs("output"));
    }

    private static SameDiff sameDiff(String format) {
        SameDiff graph = SameDiff.create();
        SDVariable input = graph.placeHolder("input", DataType.FLOAT, -1, -1, -1, -1);
        SDVariable label = graph.placeHolder("label", DataType.FLOAT, -1, Batches.CLASSES);
        Conv2DConfig config =
                Conv2DConfig.builder().kH(3).kW(3).dataFormat(format).build();
        INDArray filters = Nd4j.rand(DataType.FLOAT, 3, 3, Batches.CHANNELS, 4);
        SDVariable maps = graph.cnn.conv2d("convolved", input.mul(2), graph.var("filters", filters), config);
        int[] pixels = format.equals("NHWC") ? new int[] {1, 2} : new int[] {2, 3};
        SDVariable logits = maps.mean(pixels).mmul(graph.var("weights", Nd4j.rand(DataType.FLOAT, 4, Batches.CLASSES)));
        logits.rename("logits");
        graph.loss.softmaxCrossEntropy("loss", label, logits, null);
        graph.setLossVariables("loss");
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Sgd(0.01))
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("label")
                .build());
        return graph;
    }

    private static DataSet data(DataFormat format) {
        DataSet data = batch(4, 3);
        return format == DataFormat.NCHW
                ? data
                : new DataSet(data.getFeatures().permute(0, 2, 3, 1).dup('c'), data.getLabels());
    }

    private static CNN2DFormat as(DataFormat format) {
        return format == DataFormat.NHWC ? CNN2DFormat.NHWC : CNN2DFormat.NCHW;
    }

    private static DataFormat other(DataFormat format) {
        return format == DataFormat.NHWC ? DataFormat.NCHW : DataFormat.NHWC;
    }

    private static void assertRefused(DataFormat network, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.startsWith("dataFormat: expected " + network + ", as "), message);
        assertTrue(message.contains("got a mixer for " + other(network) + ";"), message);
        assertTrue(message.contains("add .dataFormat(DataFormat." + network + ")"), message);
    }

    private static BatchMixer guided(org.guidedmixup.saliency.SaliencyDetector saliency, DataFormat format) {
        return GuidedMixup.builder()
                .saliency(saliency)
                .mixProbability(1)
                .dataFormat(format)
                .build();
    }

    @Test
    void detectorsCompareTheirNetworks() {
        for (DataFormat format : List.of(DataFormat.NCHW, DataFormat.NHWC)) {
            MultiLayerNetwork network = network(as(format));
            ComputationGraph graph = graph(as(format));
            SameDiff sameDiff = sameDiff(format.name());
            DataSet data = data(format);
            for (var saliency : List.of(
                    GradientSaliency.of(network),
                    GradientSaliency.of(graph),
                    GradientSaliency.of(sameDiff, "input", "label"),
                    ClassActivationMap.of(network),
                    ClassActivationMap.of(graph),
                    ClassActivationMap.of(sameDiff, "input", "logits"))) {
                assertTrue(guided(saliency, format)
                        .plan(data.getFeatures(), data.getLabels())
                        .isMixed());
                BatchMixer wrong = guided(saliency, other(format));
                assertRefused(format, () -> wrong.plan(data.getFeatures(), data.getLabels()));
            }
            BatchMixer snap = SnapMix.builder()
                    .saliency(ClassActivationMap.of(network))
                    .dataFormat(other(format))
                    .build();
            assertRefused(
                    format,
                    () -> network.fit(new MixupDataSetIterator(new ExistingDataSetIterator(List.of(data)), snap)));
        }
    }

    @Test
    void frozenLayersSayTheSame() {
        MultiLayerNetwork frozen = new TransferLearning.Builder(network(CNN2DFormat.NHWC))
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Sgd(0.1))
                        .build())
                .setFeatureExtractor(1)
                .build();
        assertEquals(Optional.of(DataFormat.NHWC), NetworkInput.of(frozen).format());
    }

    @Test
    void listenersCompareTheirGraph() {
        for (DataFormat format : List.of(DataFormat.NCHW, DataFormat.NHWC)) {
            var iterator = new ExistingDataSetIterator(List.of(data(format)));
            SameDiff graph = sameDiff(format.name());
            graph.setListeners(new MixupListener(
                    "input",
                    "label",
                    InputMixup.builder().dataFormat(other(format)).build()));
            assertRefused(format, () -> graph.fit(iterator, 1));
            SameDiff other = sameDiff(format.name());
            other.setListeners(new GradientSaliencyListener(
                    "input", "label", GuidedMixup.builder().mixProbability(1).dataFormat(other(format))));
            assertRefused(format, () -> other.fit(iterator, 1));
            graph.setListeners(new MixupListener(
                    "input", "label", InputMixup.builder().dataFormat(format).build()));
            graph.fit(iterator, 1);
        }
    }

    @Test
    void manifoldMixupComparesItsNetwork() {
        MultiLayerNetwork network = new MultiLayerNetwork(settings()
                .list()
                .layer(convolution(CNN2DFormat.NHWC))
                .layer(new ManifoldMixupLayer())
                .layer(output())
                .setInputType(images(CNN2DFormat.NHWC))
                .build());
        network.init();
        assertRefused(DataFormat.NHWC, () -> ManifoldMixup.builder().build(network));
        assertEquals(
                Optional.of(DataFormat.NHWC),
                ManifoldMixup.builder()
                        .dataFormat(DataFormat.NHWC)
                        .build(network)
                        .dataFormat());
    }

    @Test
    void lossesOverClassIndicesAreRefusedWhereTheNetworkIsKnown() {
        MultiLayerNetwork network = Networks.multiLayer(
                Networks.convolution(), new ManifoldMixupLayer(), Networks.output(new LossSparseMCXENT()));
        String message = assertThrows(IllegalArgumentException.class, () -> ManifoldMixup.builder()
                        .build(network))
                .getMessage();
        assertTrue(message.contains("LossSparseMCXENT"), message);

        SameDiff graph = SameDiff.create();
        SDVariable input = graph.placeHolder("input", DataType.FLOAT, -1, 96);
        SDVariable label = graph.placeHolder("label", DataType.FLOAT, -1, 1);
        SDVariable logits = input.mmul(graph.var("weights", Nd4j.rand(DataType.FLOAT, 96, 2)));
        SDVariable indices = graph.reshape(label.castTo(DataType.INT32), -1);
        graph.loss.sparseSoftmaxCrossEntropy("loss", logits, indices).markAsLoss();
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Sgd(0.01))
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("label")
                .build());
        graph.setListeners(
                new MixupListener("input", "label", InputMixup.builder().build()));
        DataSet data = new DataSet(
                Nd4j.rand(DataType.FLOAT, 4, 96),
                Nd4j.createFromArray(0f, 1f, 1f, 0f).reshape(4, 1));
        String sparse = assertThrows(IllegalArgumentException.class, () -> graph.fit(data))
                .getMessage();
        assertTrue(sparse.contains("labelPlaceholder \"label\": sparseSoftmaxCrossEntropy"), sparse);
    }

    @Test
    void networksOfRowsGetRows() {
        MultiLayerNetwork dense = new MultiLayerNetwork(settings()
                .list()
                .layer(new DenseLayer.Builder()
                        .nOut(8)
                        .activation(Activation.TANH)
                        .build())
                .layer(Networks.output())
                .setInputType(InputType.feedForward(96))
                .build());
        dense.init();
        DataSet data = batch(4, 3);
        INDArray rows = data.getFeatures().reshape('c', 4, 96);
        BatchMixer mixer = GuidedMixup.builder()
                .saliency(GradientSaliency.of(dense))
                .imageShape(Batches.CHANNELS, Batches.HEIGHT, Batches.WIDTH)
                .mixProbability(1)
                .build();
        assertEquals(2, mixer.plan(rows, data.getLabels()).mix(rows).rank());
        INDArray maps = GradientSaliency.of(dense).detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW);
        FiniteDifferences.assertSaliency(
                maps,
                data.getFeatures(),
                moved -> dense.score(new DataSet(moved.reshape('c', 4, 96), data.getLabels()), true));
    }

    @Test
    void flattenedImagesAreThoseOfTheNetwork() {
        MultiLayerNetwork flat = new MultiLayerNetwork(settings()
                .list()
                .layer(convolution(CNN2DFormat.NCHW))
                .layer(Networks.output())
                .setInputType(InputType.convolutionalFlat(Batches.HEIGHT, Batches.WIDTH, Batches.CHANNELS))
                .build());
        flat.init();
        DataSet data = batch(4, 3);
        DataSet rows = new DataSet(data.getFeatures().reshape('c', 4, 96), data.getLabels());
        GuidedMixup.Builder settings = GuidedMixup.builder()
                .saliency(GradientSaliency.of(flat))
                .imageShape(Batches.CHANNELS, Batches.HEIGHT, Batches.WIDTH)
                .mixProbability(1);
        INDArray ofRows =
                settings.build().plan(rows.getFeatures(), rows.getLabels()).mix(rows.getFeatures());
        INDArray ofImages =
                settings.build().plan(data.getFeatures(), data.getLabels()).mix(data.getFeatures());
        assertEquals(ofImages.reshape('c', 4, 96), ofRows);
        FiniteDifferences.assertSaliency(
                GradientSaliency.of(flat).detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW),
                data.getFeatures(),
                moved -> flat.score(new DataSet(moved.reshape('c', 4, 96), data.getLabels()), true));
        flat.fit(new MixupDataSetIterator(new ExistingDataSetIterator(List.of(rows)), settings.build()));
        BatchMixer last = settings.dataFormat(DataFormat.NHWC).build();
        assertRefused(DataFormat.NCHW, () -> last.plan(rows.getFeatures(), rows.getLabels()));
    }

    @Test
    void flattenedImagesOfAGraph() {
        ComputationGraph flat = Networks.graph(settings()
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(InputType.convolutionalFlat(Batches.HEIGHT, Batches.WIDTH, Batches.CHANNELS))
                .addLayer("convolution", convolution(CNN2DFormat.NCHW), "images")
                .addLayer("output", Networks.output(), "convolution")
                .setOutputs("output"));
        DataSet data = batch(4, 3);
        FiniteDifferences.assertSaliency(
                GradientSaliency.of(flat).detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW),
                data.getFeatures(),
                moved -> flat.score(new DataSet(moved.reshape('c', 4, 96), data.getLabels()), true));
    }
}
