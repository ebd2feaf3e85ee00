package org.guidedmixup.dl4j.saliency;

import static org.guidedmixup.dl4j.Batches.CHANNELS;
import static org.guidedmixup.dl4j.Batches.HEIGHT;
import static org.guidedmixup.dl4j.Batches.WIDTH;
import static org.guidedmixup.dl4j.Batches.batch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.function.BiFunction;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.dl4j.Batches;
import org.guidedmixup.saliency.ClassActivation;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Class activation maps of all kinds of networks: their values, and what they leave unchanged. */
class ClassActivationMapTest {
    private final DataSet data = batch(4, 1);

    private INDArray maps(ClassActivationMap detector) {
        INDArray maps = detector.detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW);
        assertEquals(DataType.FLOAT, maps.dataType());
        assertArrayEquals(new long[] {4, HEIGHT, WIDTH}, maps.shape());
        assertFalse(maps.isAttached());
        for (int i = 0; i < 4; i++) {
            assertEquals(1, maps.slice(i).sumNumber().doubleValue(), 1e-5);
            assertEquals(0, maps.slice(i).minNumber().doubleValue());
        }
        return maps;
    }

    /** Returns the maps computed from the network's own activations in training mode. */
    private INDArray expected(MultiLayerNetwork network, int pooled, String weights) {
        INDArray images = data.getFeatures().castTo(DataType.DOUBLE);
        List<INDArray> activations = network.clone().feedForward(images, true);
        return ClassActivation.of(activations.get(pooled), network.getParam(weights), data.getLabels(), HEIGHT, WIDTH);
    }

    @Test
    void allThreeKindsOfNetworkAgree() {
        MultiLayerNetwork network = PoolingNetworks.multiLayer();
        ComputationGraph graph = PoolingNetworks.graph();
        graph.setParams(network.params());
        SameDiff sameDiff = PoolingNetworks.sameDiff(network);
        float[] expected = values(expected(network, 1, "2_W"));
        assertArrayEquals(expected, values(maps(ClassActivationMap.of(network))), 1e-7f);
        assertArrayEquals(expected, values(maps(ClassActivationMap.of(graph))), 1e-7f);
        assertArrayEquals(expected, values(maps(ClassActivationMap.of(graph, "images", "output"))), 1e-7f);
        ClassActivationMap ofLogits = ClassActivationMap.of(sameDiff, "input", "logits");
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(expected, values(maps(ofLogits)), 1e-7f);
            ofLogits.detect(batch(2, 5).getFeatures(), batch(2, 5).getLabels(), DataFormat.NCHW);
        }
        assertArrayEquals(
                expected, values(maps(ClassActivationMap.of(sameDiff, "input", "features", "weights"))), 1e-7f);
    }

    @Test
    void followsTheNetworkInTraining() {
        MultiLayerNetwork network = Networks.multiLayer(
                Networks.convolution(),
                new BatchNormalization(),
                PoolingNetworks.pooling(),
                Networks.output(PoolingNetworks.anySum()));
        ClassActivationMap detector = ClassActivationMap.of(network);
        assertArrayEquals(values(expected(network, 2, "3_W")), values(maps(detector)), 1e-7f, "batch statistics");
        network.fit(batch(4, 2));
        assertArrayEquals(values(expected(network, 2, "3_W")), values(maps(detector)), 1e-7f, "after a step");
        network.setParams(network.params().mul(2));
        assertArrayEquals(values(expected(network, 2, "3_W")), values(maps(detector)), 1e-7f, "other arrays");
        SameDiff sameDiff = PoolingNetworks.sameDiff(PoolingNetworks.multiLayer());
        ClassActivationMap ofSameDiff = ClassActivationMap.of(sameDiff, "input", "logits");
        INDArray before = maps(ofSameDiff);
        sameDiff.fit(batch(4, 2));
        assertFalse(before.equalsWithEps(maps(ofSameDiff), 1e-6));
    }

    @Test
    void headsWithOtherLayersBetween() {
        DenseLayer dense = new DenseLayer.Builder()
                .nOut(Batches.CLASSES)
                .activation(Activation.IDENTITY)
                .build();
        MultiLayerNetwork network = Networks.multiLayer(
                new FrozenLayerWithBackprop(Networks.convolution()),
                PoolingNetworks.pooling(),
                new DropoutLayer(0.5),
                dense,
                new ActivationLayer(Activation.SOFTMAX),
                new LossLayer.Builder(PoolingNetworks.anySum())
                        .activation(Activation.IDENTITY)
                        .build());
        assertArrayEquals(values(expected(network, 1, "3_W")), values(maps(ClassActivationMap.of(network))), 1e-7f);
    }

    @Test
    void residualGraphWithFurtherInputAndOutput() {
        ComputationGraph graph = Networks.graph(Networks.settings()
                .graphBuilder()
                .addInputs("numbers", "images")
                .setInputTypes(InputType.feedForward(2), Networks.IMAGES)
                .addLayer("first", Networks.sameSizeConvolution(CHANNELS), "images")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "images", "first")
                .addLayer("pooling", PoolingNetworks.pooling(), "sum")
                .addLayer("other", Networks.output(), "numbers")
                .addLayer("output", Networks.output(PoolingNetworks.anySum()), "pooling")
                .setOutputs("other", "output"));
        ClassActivationMap detector = ClassActivationMap.of(graph, "images", "output");
        INDArray numbers = Nd4j.ones(DataType.DOUBLE, 4, 2);
        MultiDataSet whole = new MultiDataSet(
                new INDArray[] {numbers, data.getFeatures()}, new INDArray[] {data.getLabels(), data.getLabels()});
        INDArray maps;
        try (WholeBatch open = WholeBatch.open(whole)) {
            maps = maps(detector);
        }
        INDArray images = data.getFeatures().castTo(DataType.DOUBLE);
        INDArray features =
                graph.feedForward(new INDArray[] {numbers, images}, true).get("sum");
        INDArray expected =
                ClassActivation.of(features, graph.getLayer("output").getParam("W"), data.getLabels(), HEIGHT, WIDTH);
        assertArrayEquals(values(expected), values(maps), 1e-7f);
    }

    @Test
    void channelsLast() {
        ConvolutionLayer convolution = Networks.convolution();
        convolution.setCnn2dDataFormat(CNN2DFormat.NHWC);
        MultiLayerNetwork last = new MultiLayerNetwork(Networks.settings()
                .list()
                .layer(convolution)
                .layer(PoolingNetworks.pooling())
                .layer(Networks.output(PoolingNetworks.anySum()))
                .setInputType(InputType.convolutional(HEIGHT, WIDTH, CHANNELS, CNN2DFormat.NHWC))
                .build());
        last.init();
        INDArray images = data.getFeatures().permute(0, 2, 3, 1).dup('c');
        INDArray features = last.clone()
                .feedForward(images.castTo(DataType.DOUBLE), true)
                .get(1)
                .permute(0, 3, 1, 2);
        assertArrayEquals(new long[] {4, Networks.FILTERS, HEIGHT - 2, WIDTH - 2}, features.shape());
        INDArray ofLast = ClassActivation.of(features, last.getParam("2_W"), data.getLabels(), HEIGHT, WIDTH);
        assertArrayEquals(
                values(ofLast),
                values(ClassActivationMap.of(last).detect(images, data.getLabels(), DataFormat.NHWC)),
                1e-7f);

        SameDiff graph = SameDiff.create();
        SDVariable input = graph.placeHolder("input", DataType.FLOAT, -1, HEIGHT, WIDTH, CHANNELS);
        SDVariable w = graph.var("w", Nd4j.linspace(DataType.FLOAT, -1, 0.3, 6).reshape(CHANNELS, 3));
        input.mean(1, 2).mmul("logits", w);
        graph.nn.dropout(input.mean(1, 2), 0.5).mmul("dropping", w);
        INDArray expected = ClassActivation.of(data.getFeatures(), w.getArr(), data.getLabels(), HEIGHT, WIDTH);
        for (ClassActivationMap detector : List.of(
                ClassActivationMap.of(graph, "input", "logits"), ClassActivationMap.of(graph, "input", "input", "w"))) {
            assertArrayEquals(
                    values(expected), values(detector.detect(images, data.getLabels(), DataFormat.NHWC)), 1e-6f);
        }
    }

    @Test
    void sameDiffHeadsInOtherWords() {
        float[] expected = values(maps(ClassActivationMap.of(PoolingNetworks.multiLayer())));
        List<BiFunction<SameDiff, SDVariable, SDVariable>> heads = List.of(
                (graph, means) -> means.mmul(graph.getVariable("weights")).add(graph.getVariable("bias")),
                (graph, means) -> graph.getVariable("bias").add(means.mmul(graph.getVariable("weights"))),
                (graph, means) ->
                        graph.nn.biasAdd(means.mmul(graph.getVariable("weights")), graph.getVariable("bias"), false),
                (graph, means) -> graph.nn.softmax(
                        graph.reshape(means, -1, Networks.FILTERS).mmul(graph.getVariable("weights"))));
        for (BiFunction<SameDiff, SDVariable, SDVariable> head : heads) {
            SameDiff graph = SameDiff.create();
            SDVariable scores = head.apply(graph, PoolingNetworks.means(graph, PoolingNetworks.multiLayer()));
            INDArray maps = maps(ClassActivationMap.of(graph, "input", scores.name()));
            assertArrayEquals(expected, values(maps), 1e-7f);
        }
    }

    @Test
    void arraysMayBeOfOtherTypesAndInAWorkspace() {
        ClassActivationMap detector = ClassActivationMap.of(PoolingNetworks.multiLayer());
        ClassActivationMap ofSameDiff =
                ClassActivationMap.of(PoolingNetworks.sameDiff(PoolingNetworks.multiLayer()), "input", "logits");
        INDArray bytes = data.getFeatures().mul(200).castTo(DataType.UINT8);
        INDArray labels = data.getLabels().castTo(DataType.INT32);
        INDArray before = bytes.dup();
        INDArray expected = detector.detect(bytes.castTo(DataType.DOUBLE), data.getLabels(), DataFormat.NCHW);
        for (ClassActivationMap one : List.of(detector, ofSameDiff)) {
            INDArray maps;
            try (MemoryWorkspace open = Nd4j.getWorkspaceManager().getAndActivateWorkspace("OF_THE_CALLER")) {
                maps = one.detect(bytes, labels.dup(), DataFormat.NCHW);
            }
            assertArrayEquals(values(expected), values(maps), 1e-7f);
            assertEquals(before, bytes);
        }
    }

    @Test
    void trainingOfMultiLayerNetworksGoesOnAsIfNothingHadHappened() {
        ConvolutionLayer dropping = Networks.convolution();
        dropping.setIDropout(new Dropout(0.5));
        MultiLayerNetwork disturbed = Networks.multiLayer(
                Networks.convolution(),
                new BatchNormalization(),
                dropping,
                PoolingNetworks.pooling(),
                Networks.output(PoolingNetworks.anySum()));
        MultiLayerNetwork undisturbed = disturbed.clone();
        CountingListener listener = new CountingListener();
        disturbed.setListeners(listener);
        ClassActivationMap detector = ClassActivationMap.of(disturbed);
        Nd4j.getRandom().setSeed(3);
        for (int i = 0; i < 4; i++) {
            undisturbed.fit(batch(5, i));
        }
        INDArray input = Nd4j.ones(DataType.DOUBLE, 2, CHANNELS, HEIGHT, WIDTH);
        Nd4j.getRandom().setSeed(3);
        for (int i = 0; i < 4; i++) {
            disturbed.setInput(input);
            INDArray labels = disturbed.getLabels();
            float[] gradients = values(disturbed.getGradientsViewArray());
            maps(detector);
            assertSame(input, disturbed.getInput());
            assertSame(labels, disturbed.getLabels());
            assertArrayEquals(gradients, values(disturbed.getGradientsViewArray()));
            disturbed.fit(batch(5, i));
        }
        assertArrayEquals(values(undisturbed.params()), values(disturbed.params()));
        assertArrayEquals(
                values(undisturbed.getUpdater().getStateViewArray()),
                values(disturbed.getUpdater().getStateViewArray()));
        assertEquals(4, listener.forwardPasses, "only those of training");
        assertEquals(undisturbed.score(), disturbed.score());
    }

    @Test
    void trainingOfGraphsGoesOnAsIfNothingHadHappened() {
        ComputationGraph disturbed = PoolingNetworks.graph();
        ComputationGraph undisturbed = PoolingNetworks.graph();
        CountingListener listener = new CountingListener();
        disturbed.setListeners(listener);
        ClassActivationMap detector = ClassActivationMap.of(disturbed);
        INDArray[] inputs = {data.getFeatures().dup()};
        for (int i = 0; i < 3; i++) {
            undisturbed.fit(batch(5, i));
            disturbed.setInputs(inputs);
            maps(detector);
            assertSame(inputs, disturbed.getInputs());
            disturbed.fit(batch(5, i));
        }
        assertArrayEquals(values(undisturbed.params()), values(disturbed.params()));
        assertArrayEquals(
                values(undisturbed.getUpdater().getUpdaterStateViewArray()),
                values(disturbed.getUpdater().getUpdaterStateViewArray()));
        assertEquals(3, listener.forwardPasses, "only those of training");
    }

    @Test
    void trainingOfSameDiffGoesOnAsIfNothingHadHappened() {
        SameDiff disturbed = PoolingNetworks.sameDiff(PoolingNetworks.multiLayer());
        SameDiff undisturbed = PoolingNetworks.sameDiff(PoolingNetworks.multiLayer());
        ClassActivationMap detector = ClassActivationMap.of(disturbed, "input", "logits");
        for (int i = 0; i < 3; i++) {
            undisturbed.fit(batch(5, i));
            maps(detector);
            disturbed.fit(batch(5, i));
        }
        for (String name : List.of("filters", "weights", "bias")) {
            assertArrayEquals(
                    values(undisturbed.getVariable(name).getArr()),
                    values(disturbed.getVariable(name).getArr()),
                    name);
        }
    }
}
