package org.guidedmixup.dl4j.saliency;

import static org.guidedmixup.dl4j.Batches.batch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.dl4j.Batches;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Gradient saliency of MultiLayerNetworks: its values, and what it leaves unchanged. */
class MultiLayerSaliencyTest {
    private final DataSet data = batch(3, 1);

    @ParameterizedTest
    @EnumSource(WorkspaceMode.class)
    void equalsFiniteDifferencesWithBatchStatistics(WorkspaceMode mode) {
        MultiLayerNetwork network = Networks.normalisedMultiLayer(1);
        network.getLayerWiseConfigurations().setTrainingWorkspaceMode(mode);
        GradientSaliency saliency = GradientSaliency.of(network);
        assertEqualsFiniteDifferences(network, saliency);
        network.fit(batch(4, 2));
        assertEqualsFiniteDifferences(network, saliency);
    }

    private void assertEqualsFiniteDifferences(MultiLayerNetwork network, GradientSaliency saliency) {
        INDArray maps = saliency.detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW);
        assertFalse(maps.isAttached());
        FiniteDifferences.assertSaliency(
                maps, data.getFeatures(), images -> network.score(new DataSet(images, data.getLabels()), true));
    }

    @Test
    void networkForFlattenedImages() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.settings()
                .list()
                .layer(Networks.convolution())
                .layer(Networks.output())
                .setInputType(InputType.convolutionalFlat(Batches.HEIGHT, Batches.WIDTH, Batches.CHANNELS))
                .build());
        network.init();
        assertEqualsFiniteDifferences(network, GradientSaliency.of(network));
    }

    @Test
    void channelsLast() {
        ConvolutionLayer convolution = Networks.convolution();
        convolution.setCnn2dDataFormat(CNN2DFormat.NHWC);
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.settings()
                .list()
                .layer(convolution)
                .layer(Networks.output())
                .setInputType(
                        InputType.convolutional(Batches.HEIGHT, Batches.WIDTH, Batches.CHANNELS, CNN2DFormat.NHWC))
                .build());
        network.init();
        INDArray images = channelsLast(data.getFeatures());
        FiniteDifferences.assertSaliency(
                GradientSaliency.of(network).detect(images, data.getLabels(), DataFormat.NHWC),
                data.getFeatures(),
                moved -> network.score(new DataSet(channelsLast(moved), data.getLabels()), true));
    }

    private static INDArray channelsLast(INDArray images) {
        return images.permute(0, 2, 3, 1).dup('c');
    }

    @Test
    void arraysMayBeOfOtherTypesAndInAWorkspace() {
        GradientSaliency saliency = GradientSaliency.of(Networks.plainMultiLayer());
        INDArray bytes = data.getFeatures().mul(200).castTo(DataType.UINT8);
        INDArray expected = saliency.detect(bytes.castTo(DataType.DOUBLE), data.getLabels(), DataFormat.NCHW);
        INDArray maps;
        try (MemoryWorkspace open = Nd4j.getWorkspaceManager().getAndActivateWorkspace("OF_THE_CALLER")) {
            maps = saliency.detect(bytes.dup(), data.getLabels().dup(), DataFormat.NCHW);
        }
        assertArrayEquals(values(expected), values(maps));
    }

    /** Training with saliency in between equals training without, bit for bit; dropout checks the random numbers too. */
    @Test
    void trainingGoesOnAsIfNothingHadHappened() {
        MultiLayerNetwork disturbed = Networks.normalisedMultiLayer(0.5);
        MultiLayerNetwork undisturbed = disturbed.clone();
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
                values(undisturbed.getUpdater().getStateViewArray()),
                values(disturbed.getUpdater().getStateViewArray()));
        assertEquals(4, listener.forwardPasses, "only those of training");
        assertEquals(undisturbed.score(), disturbed.score());
    }

    @Test
    void nothingOfTheNetworkChanges() {
        MultiLayerNetwork network = Networks.normalisedMultiLayer(0.5);
        GradientSaliency saliency = GradientSaliency.of(network);
        network.fit(batch(5, 7));
        INDArray input = Nd4j.ones(DataType.DOUBLE, 2, Batches.CHANNELS, Batches.HEIGHT, Batches.WIDTH);
        INDArray labels = Nd4j.ones(DataType.DOUBLE, 2, Batches.CLASSES);
        INDArray mask = Nd4j.ones(DataType.DOUBLE, 2, 1);
        network.setInput(input);
        network.setLabels(labels);
        network.setLayerMaskArrays(null, mask);
        float[] parameters = values(network.params());
        float[] updater = values(network.getUpdater().getStateViewArray());
        float[] gradients = values(network.getGradientsViewArray());
        float[] pixels = values(data.getFeatures());
        float[] labelsIn = values(data.getLabels());

        saliency.detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW);

        assertSame(input, network.getInput());
        assertSame(labels, network.getLabels());
        assertSame(mask, network.getOutputLayer().getMaskArray());
        assertArrayEquals(parameters, values(network.params()));
        assertArrayEquals(updater, values(network.getUpdater().getStateViewArray()));
        assertArrayEquals(gradients, values(network.getGradientsViewArray()));
        assertArrayEquals(pixels, values(data.getFeatures()));
        assertArrayEquals(labelsIn, values(data.getLabels()));
    }

    @Test
    void followsParametersThatAreReplaced() {
        MultiLayerNetwork network = Networks.plainMultiLayer();
        GradientSaliency saliency = GradientSaliency.of(network);
        network.setParams(network.params().mul(2));
        assertEqualsFiniteDifferences(network, saliency);
    }

    /** A dropout that keeps everything from epoch 1 on: the detector must know the epoch. */
    @Test
    void followsSchedules() {
        MultiLayerNetwork network = Networks.plainMultiLayer();
        MapSchedule schedule = new MapSchedule.Builder(ScheduleType.EPOCH)
                .add(0, 0.1)
                .add(1, 1 - 1e-12)
                .build();
        ConvolutionLayer first = Networks.convolution();
        first.setIDropout(new Dropout(schedule));
        MultiLayerNetwork dropping = Networks.multiLayer(first, Networks.output());
        dropping.setParams(network.params());
        GradientSaliency saliency = GradientSaliency.of(dropping);
        INDArray whole = GradientSaliency.of(network).detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW);
        INDArray dropped = saliency.detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW);
        assertFalse(whole.equalsWithEps(dropped, 1e-6));
        dropping.incrementEpochCount();
        INDArray kept = saliency.detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW);
        assertNotNull(kept);
        assertArrayEquals(values(whole), values(kept), 1e-6f);
    }
}
