package org.guidedmixup.dl4j.saliency;

import static org.guidedmixup.dl4j.Batches.CLASSES;
import static org.guidedmixup.dl4j.Batches.batch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.Batches;
import org.guidedmixup.dl4j.MixupMultiDataSetIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.adapter.SingletonMultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Gradient saliency of ComputationGraphs: its values, and what it leaves unchanged. */
class GraphSaliencyTest {
    private final DataSet data = batch(3, 1);

    /** The images have three readers: two convolutions and the residual sum. */
    private static ComputationGraph residual(double dropOut) {
        var dropping = Networks.convolution();
        dropping.setIDropout(dropOut == 1 ? null : new Dropout(dropOut));
        return Networks.graph(Networks.graphBuilder()
                .addLayer("first", Networks.sameSizeConvolution(Batches.CHANNELS), "images")
                .addLayer("second", Networks.sameSizeConvolution(Batches.CHANNELS), "images")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "images", "first", "second")
                .addLayer("normalised", new BatchNormalization(), "sum")
                .addLayer("third", dropping, "normalised")
                .addLayer("output", Networks.output(), "third")
                .setOutputs("output"));
    }

    @ParameterizedTest
    @EnumSource(
            value = WorkspaceMode.class,
            names = {"ENABLED", "NONE"})
    void equalsFiniteDifferencesWhereImagesAreReadThreeTimes(WorkspaceMode mode) {
        ComputationGraph graph = residual(1);
        graph.getConfiguration().setTrainingWorkspaceMode(mode);
        graph.getConfiguration().setInferenceWorkspaceMode(mode);
        GradientSaliency saliency = GradientSaliency.of(graph);
        assertEqualsFiniteDifferences(graph, saliency);
        graph.fit(batch(4, 2));
        assertEqualsFiniteDifferences(graph, saliency);
    }

    private void assertEqualsFiniteDifferences(ComputationGraph graph, GradientSaliency saliency) {
        FiniteDifferences.assertSaliency(
                saliency.detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW),
                data.getFeatures(),
                images -> graph.score(new DataSet(images, data.getLabels()), true));
    }

    /**
     * Images are the second of two inputs and labels the second of two outputs; a frozen layer is off the path of the images.
     */
    private static ComputationGraph twoInputs() {
        return Networks.graph(Networks.settings()
                .graphBuilder()
                .addInputs("numbers", "images")
                .setInputTypes(InputType.feedForward(2), Networks.IMAGES)
                .addLayer("convolution", Networks.convolution(), "images")
                .addLayer("flat", new DenseLayer.Builder().nOut(4).build(), "convolution")
                .addLayer(
                        "frozen",
                        new FrozenLayer(new DenseLayer.Builder().nOut(3).build()),
                        "numbers")
                .addVertex("merged", new MergeVertex(), "frozen", "flat")
                .addLayer("other", Networks.output(), "merged")
                .addLayer("output", Networks.output(), "merged")
                .setOutputs("other", "output"));
    }

    private static MultiDataSet twoInputBatch(DataSet data) {
        INDArray numbers =
                Nd4j.linspace(DataType.DOUBLE, 0, 0.3, 2L * data.numExamples()).reshape(data.numExamples(), 2);
        INDArray otherLabels =
                Nd4j.valueArrayOf(new long[] {data.numExamples(), CLASSES}, 1.0 / CLASSES, DataType.DOUBLE);
        return new MultiDataSet(
                new INDArray[] {numbers, data.getFeatures()}, new INDArray[] {otherLabels, data.getLabels()});
    }

    @Test
    void otherInputsAndOutputsComeFromTheWholeBatch() {
        ComputationGraph graph = twoInputs();
        GradientSaliency saliency = GradientSaliency.of(graph, "images", "output");
        MultiDataSet whole = twoInputBatch(data);
        INDArray maps;
        try (WholeBatch open = WholeBatch.open(whole)) {
            maps = saliency.detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW);
        }
        FiniteDifferences.assertSaliency(maps, data.getFeatures(), images -> {
            INDArray[] features = {whole.getFeatures(0), images};
            return graph.score(new MultiDataSet(features, whole.getLabels()), true);
        });
        IllegalStateException none = assertThrows(
                IllegalStateException.class,
                () -> saliency.detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW));
        assertTrue(none.getMessage().contains("MixupMultiDataSetIterator"), none.getMessage());
    }

    @Test
    void multiDataSetIteratorGivesTheWholeBatch() {
        ComputationGraph graph = twoInputs();
        GuidedMixup mixer = GuidedMixup.builder()
                .saliency(GradientSaliency.of(graph, "images", "output"))
                .mixProbability(1)
                .build();
        float[] before = values(graph.params());
        graph.fit(new MixupMultiDataSetIterator(new SingletonMultiDataSetIterator(twoInputBatch(data)), mixer, 1, 1));
        assertFalse(Arrays.equals(before, values(graph.params())));
        IllegalStateException closed =
                assertThrows(IllegalStateException.class, () -> mixer.plan(data.getFeatures(), data.getLabels()));
        assertTrue(closed.getMessage().contains("WholeBatch"), closed.getMessage());
    }

    @Test
    void trainingGoesOnAsIfNothingHadHappened() {
        ComputationGraph disturbed = residual(0.5);
        ComputationGraph undisturbed = residual(0.5);
        CountingListener listener = new CountingListener();
        disturbed.setListeners(listener);
        GradientSaliency saliency = GradientSaliency.of(disturbed);
        Nd4j.getRandom().setSeed(3);
        for (int i = 0; i < 4; i++) {
            undisturbed.fit(batch(5, i));
        }
        Nd4j.getRandom().setSeed(3);
        for (int i = 0; i < 4; i++) {
            saliency.detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW);
            disturbed.fit(batch(5, i));
        }
        assertArrayEquals(values(undisturbed.params()), values(disturbed.params()));
        assertArrayEquals(
                values(undisturbed.getUpdater().getUpdaterStateViewArray()),
                values(disturbed.getUpdater().getUpdaterStateViewArray()));
        assertEquals(4, listener.forwardPasses, "only those of training");
        assertEquals(undisturbed.score(), disturbed.score());
    }

    @Test
    void nothingOfTheGraphChanges() {
        ComputationGraph graph = residual(0.5);
        GradientSaliency saliency = GradientSaliency.of(graph);
        graph.fit(batch(5, 7));
        INDArray[] inputs = {data.getFeatures().dup()};
        INDArray[] masks = {Nd4j.ones(DataType.DOUBLE, 3, 1)};
        graph.setInputs(inputs);
        graph.setLayerMaskArrays(null, masks);
        float[] parameters = values(graph.params());
        float[] gradients = values(graph.getFlattenedGradients());
        float[] pixels = values(data.getFeatures());

        saliency.detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW);

        assertSame(inputs, graph.getInputs());
        assertNull(graph.getInputMaskArrays());
        assertSame(masks, graph.getLabelMaskArrays());
        assertArrayEquals(parameters, values(graph.params()));
        assertArrayEquals(gradients, values(graph.getFlattenedGradients()));
        assertArrayEquals(pixels, values(data.getFeatures()));
    }
}
