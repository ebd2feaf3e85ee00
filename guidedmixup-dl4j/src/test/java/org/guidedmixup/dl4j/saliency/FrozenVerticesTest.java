package org.guidedmixup.dl4j.saliency;

import static org.guidedmixup.dl4j.Batches.CHANNELS;
import static org.guidedmixup.dl4j.Batches.batch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.transferlearning.TransferLearningHelper;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

/** ComputationGraphs with frozen layers and vertices, and what TransferLearningHelper leaves unfrozen. */
class FrozenVerticesTest {
    private final DataSet data = batch(3, 1);

    /** A way to freeze the body of a trained graph. */
    enum Freezing {
        TRANSFER_LEARNING,
        TRANSFER_LEARNING_AND_CLONE,
        IN_PLACE,
        FROZEN_LAYER_WITH_BACKPROP;

        ComputationGraph freeze(ComputationGraph graph) {
            return switch (this) {
                case TRANSFER_LEARNING -> transferred(graph);
                case TRANSFER_LEARNING_AND_CLONE -> transferred(graph).clone();
                case IN_PLACE -> {
                    new TransferLearningHelper(graph, "dropped");
                    yield graph;
                }
                case FROZEN_LAYER_WITH_BACKPROP -> {
                    ComputationGraph made = body(new FrozenLayerWithBackprop(new BatchNormalization()));
                    made.setParams(graph.params());
                    yield made;
                }
            };
        }
    }

    /** TransferLearning makes a graph in single precision. */
    private static ComputationGraph transferred(ComputationGraph graph) {
        return new TransferLearning.GraphBuilder(graph)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Adam(0.01))
                        .build())
                .setFeatureExtractor("dropped")
                .build()
                .convertDataType(DataType.DOUBLE);
    }

    /** Returns a residual block up to "dropped", followed by a convolution and an output. */
    private static ComputationGraph body(org.deeplearning4j.nn.conf.layers.Layer normalisation) {
        return Networks.graph(Networks.graphBuilder()
                .addLayer("first", Networks.sameSizeConvolution(CHANNELS), "images")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "images", "first")
                .addLayer("normalised", normalisation, "sum")
                .addLayer("activated", new ActivationLayer(Activation.CUBE), "normalised")
                .addLayer(
                        "dropped",
                        normalisation instanceof BatchNormalization
                                ? new DropoutLayer(0.5)
                                : new ActivationLayer(Activation.IDENTITY),
                        "activated")
                .addLayer("second", Networks.convolution(), "dropped")
                .addLayer("pooled", PoolingNetworks.pooling(), "second")
                .addLayer("output", Networks.output(PoolingNetworks.anySum()), "pooled")
                .setOutputs("output"));
    }

    private static ComputationGraph trained() {
        ComputationGraph graph = body(new BatchNormalization());
        for (int i = 0; i < 3; i++) {
            graph.fit(batch(8, i));
        }
        return graph;
    }

    private static void assertEqualsFiniteDifferences(ComputationGraph graph, DataSet data) {
        FiniteDifferences.assertSaliency(
                GradientSaliency.of(graph).detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW),
                data.getFeatures(),
                images -> graph.score(new DataSet(images, data.getLabels()), true));
    }

    @ParameterizedTest
    @EnumSource(Freezing.class)
    void equalsFiniteDifferences(Freezing way) {
        assertEqualsFiniteDifferences(way.freeze(trained()), data);
    }

    @Test
    void freezingAfterTheDetectorWasMade() {
        ComputationGraph graph = trained();
        GradientSaliency saliency = GradientSaliency.of(graph);
        new TransferLearningHelper(graph, "dropped");
        FiniteDifferences.assertSaliency(
                saliency.detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW),
                data.getFeatures(),
                images -> graph.score(new DataSet(images, data.getLabels()), true));
    }

    @Test
    void nothingOfTheGraphChanges() {
        ComputationGraph graph = transferred(trained());
        graph.fit(data);
        CountingListener listener = new CountingListener();
        graph.setListeners(listener);
        GradientSaliency saliency = GradientSaliency.of(graph);
        ClassActivationMap map = ClassActivationMap.of(graph);
        String configuration = graph.getConfiguration().toJson();
        float[] before = values(graph.params());
        float[] updater = values(graph.getUpdater().getStateViewArray());
        double score = graph.score();
        saliency.detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW);
        map.detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW);
        assertArrayEquals(before, values(graph.params()));
        assertArrayEquals(updater, values(graph.getUpdater().getStateViewArray()));
        assertEquals(score, graph.score());
        assertEquals(0, listener.forwardPasses);
        assertEquals(configuration, graph.getConfiguration().toJson());
    }

    /** Making a detector takes longer than using it. */
    @Test
    void theSecondNetworkIsMadeOnce() {
        ComputationGraph graph = new TransferLearning.GraphBuilder(trained())
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Adam(0.01))
                        .build())
                .setFeatureExtractor("dropped")
                .build();
        assertNotSame(graph.params(), graph.params());
        GraphTwin twin = new GraphTwin(graph, 0, 0, made -> {});
        ComputationGraph first = twin.current();
        graph.fit(data);
        assertSame(first, twin.current());
        graph.setParams(graph.params().mul(2));
        assertArrayEquals(values(graph.params()), values(twin.current().params()));
    }

    /** In training mode the frozen body would apply dropout, and normalise by the batch. */
    @ParameterizedTest
    @EnumSource(Freezing.class)
    void classActivationMapsSeeInferenceModeInTheBody(Freezing way) {
        ComputationGraph graph = way.freeze(trained());
        INDArray found = ClassActivationMap.of(graph).detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW);
        INDArray features =
                graph.feedForward(new INDArray[] {data.getFeatures()}, false).get("second");
        INDArray expected = org.guidedmixup.saliency.ClassActivation.of(
                features, graph.getVertex("output").getLayer().getParam("W"), data.getLabels(), 8, 6);
        assertArrayEquals(values(expected), values(found), 1e-6f);
    }

    @Test
    void whatTheHelperLeavesUnfrozen() {
        TransferLearningHelper helper = new TransferLearningHelper(trained(), "dropped");
        ComputationGraph unfrozen = helper.unfrozenGraph();
        DataSet maps = helper.featurize(data);
        ComputationGraph precise = unfrozen.convertDataType(DataType.DOUBLE);
        assertEqualsFiniteDifferences(precise, maps);
        assertArrayEquals(
                values(GradientSaliency.of(precise).detect(maps.getFeatures(), maps.getLabels(), DataFormat.NCHW)),
                values(GradientSaliency.of(unfrozen).detect(maps.getFeatures(), maps.getLabels(), DataFormat.NCHW)),
                1e-5f);
        INDArray before = unfrozen.params().dup();
        GuidedMixup mixer = GuidedMixup.builder()
                .saliency(GradientSaliency.of(unfrozen))
                .mixProbability(1)
                .build();
        helper.fitFeaturized(new MixupDataSetIterator(new SingletonDataSetIterator(maps), mixer));
        assertFalse(before.equalsWithEps(unfrozen.params(), 1e-6));
    }

    @Test
    void whatTheHelperLeavesUnfrozenOfAMultiLayerNetwork() {
        MultiLayerNetwork network = Networks.multiLayer(
                Networks.convolution(),
                new BatchNormalization(),
                Networks.convolution(),
                PoolingNetworks.pooling(),
                Networks.output());
        network.fit(batch(8, 2));
        TransferLearningHelper helper = new TransferLearningHelper(network, 1);
        MultiLayerNetwork unfrozen = helper.unfrozenMLN();
        DataSet maps = helper.featurize(data);
        FiniteDifferences.assertSaliency(
                GradientSaliency.of(unfrozen).detect(maps.getFeatures(), maps.getLabels(), DataFormat.NCHW),
                maps.getFeatures(),
                moved -> unfrozen.score(new DataSet(moved, maps.getLabels()), true));
        INDArray before = unfrozen.params().dup();
        GuidedMixup mixer = GuidedMixup.builder()
                .saliency(GradientSaliency.of(unfrozen))
                .mixProbability(1)
                .build();
        helper.fitFeaturized(new MixupDataSetIterator(new SingletonDataSetIterator(maps), mixer));
        assertFalse(before.equalsWithEps(unfrozen.params(), 1e-6));
    }
}
