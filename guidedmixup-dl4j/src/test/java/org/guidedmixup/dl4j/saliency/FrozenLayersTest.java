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

import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
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
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** MultiLayerNetworks with layers frozen in every possible way: the gradient passes, in inference mode. */
class FrozenLayersTest {
    private static final int BODY = 7;

    private final DataSet data = batch(3, 1);

    /** A way to freeze the body of a trained network. */
    enum Freezing {
        TRANSFER_LEARNING,
        TRANSFER_LEARNING_AND_CLONE,
        IN_PLACE,
        FROZEN_LAYER,
        FROZEN_LAYER_WITH_BACKPROP;

        MultiLayerNetwork freeze(MultiLayerNetwork network) {
            return switch (this) {
                case TRANSFER_LEARNING -> transferred(network, BODY - 1);
                case TRANSFER_LEARNING_AND_CLONE ->
                    transferred(network, BODY - 1).clone();
                case IN_PLACE -> {
                    new TransferLearningHelper(network, BODY - 1);
                    yield network;
                }
                case FROZEN_LAYER -> wrapped(network, FrozenLayer::new);
                case FROZEN_LAYER_WITH_BACKPROP -> wrapped(network, FrozenLayerWithBackprop::new);
            };
        }
    }

    private static MultiLayerNetwork transferred(MultiLayerNetwork network, int last) {
        return new TransferLearning.Builder(network)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Adam(0.01))
                        .build())
                .setFeatureExtractor(last)
                .build();
    }

    /** Returns a network with frozen layers, as read from a file with such a configuration. */
    private static MultiLayerNetwork wrapped(MultiLayerNetwork network, UnaryOperator<Layer> freeze) {
        var configuration = network.getLayerWiseConfigurations().clone();
        for (int i = 0; i < BODY; i++) {
            configuration
                    .getConf(i)
                    .setLayer(freeze.apply(configuration.getConf(i).getLayer()));
        }
        MultiLayerNetwork made = new MultiLayerNetwork(configuration);
        made.init(network.params(), true);
        return made;
    }

    /**
     * Returns a network with everything that computes differently in training mode: dropout, weight noise, batch statistics.
     */
    private static MultiLayerNetwork trained(CNN2DFormat format, BatchNormalization normalisation) {
        ConvolutionLayer dropping = Networks.sameSizeConvolution(4);
        if (format == CNN2DFormat.NCHW) {
            // Deeplearning4j's backward pass through dropout fails for the other.
            dropping.setIDropout(new Dropout(0.5));
        }
        dropping.setWeightNoise(new DropConnect(0.5));
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.settings()
                .convolutionMode(org.deeplearning4j.nn.conf.ConvolutionMode.Same)
                .list()
                .layer(withFormat(dropping, format))
                .layer(normalisation)
                .layer(new ActivationLayer(Activation.CUBE))
                .layer(new DropoutLayer(0.5))
                .layer(new SubsamplingLayer.Builder(2, 2)
                        .stride(1, 1)
                        .dataFormat(format)
                        .build())
                .layer(new DenseLayer.Builder().nOut(5).dropOut(0.5).build())
                .layer(new BatchNormalization())
                .layer(new DenseLayer.Builder().nOut(6).build())
                .layer(Networks.output())
                .setInputType(InputType.convolutional(HEIGHT, WIDTH, CHANNELS, format))
                .build());
        network.init();
        for (int i = 0; i < 3; i++) {
            DataSet batch = batch(8, i);
            network.fit(inFormat(batch.getFeatures(), format), batch.getLabels());
        }
        return network;
    }

    private static ConvolutionLayer withFormat(ConvolutionLayer layer, CNN2DFormat format) {
        layer.setCnn2dDataFormat(format);
        return layer;
    }

    private static MultiLayerNetwork trained() {
        return trained(CNN2DFormat.NCHW, new BatchNormalization());
    }

    private static INDArray inFormat(INDArray images, CNN2DFormat format) {
        return format == CNN2DFormat.NCHW ? images : images.permute(0, 2, 3, 1).dup('c');
    }

    private void assertEqualsFiniteDifferences(MultiLayerNetwork network, CNN2DFormat format) {
        GradientSaliency saliency = GradientSaliency.of(network);
        DataFormat images = format == CNN2DFormat.NCHW ? DataFormat.NCHW : DataFormat.NHWC;
        FiniteDifferences.assertSaliency(
                saliency.detect(inFormat(data.getFeatures(), format), data.getLabels(), images),
                data.getFeatures(),
                moved -> network.score(new DataSet(inFormat(moved, format), data.getLabels()), true));
    }

    @ParameterizedTest
    @EnumSource(Freezing.class)
    void equalsFiniteDifferences(Freezing way) {
        assertEqualsFiniteDifferences(way.freeze(trained()), CNN2DFormat.NCHW);
    }

    @ParameterizedTest
    @EnumSource(
            value = Freezing.class,
            names = {"TRANSFER_LEARNING", "IN_PLACE"})
    void equalsFiniteDifferencesWithChannelsLast(Freezing way) {
        BatchNormalization normalisation =
                new BatchNormalization.Builder().dataFormat(CNN2DFormat.NHWC).build();
        assertEqualsFiniteDifferences(way.freeze(trained(CNN2DFormat.NHWC, normalisation)), CNN2DFormat.NHWC);
    }

    @Test
    void settingsOfBatchNormalisation() {
        BatchNormalization.Builder[] settings = {
            new BatchNormalization.Builder().useLogStd(true),
            new BatchNormalization.Builder().eps(0.1),
            new BatchNormalization.Builder().lockGammaBeta(true),
            new BatchNormalization.Builder().lockGammaBeta(true).gamma(2).beta(0.5),
            new BatchNormalization.Builder().lockGammaBeta(true).gamma(2)
        };
        for (BatchNormalization.Builder setting : settings) {
            MultiLayerNetwork network = trained(CNN2DFormat.NCHW, setting.build());
            assertEqualsFiniteDifferences(transferred(network, BODY - 1), CNN2DFormat.NCHW);
        }
    }

    @Test
    void localResponseNormalisation() {
        MultiLayerNetwork network = Networks.multiLayer(
                Networks.sameSizeConvolution(6),
                new LocalResponseNormalization(),
                Networks.convolution(),
                Networks.output());
        assertEqualsFiniteDifferences(transferred(network, 2), CNN2DFormat.NCHW);
    }

    /** Frozen with and without backpropagation, and not frozen, in turns. */
    @Test
    void mixedKinds() {
        assertEqualsFiniteDifferences(
                Networks.multiLayer(
                        new FrozenLayerWithBackprop(Networks.convolution()),
                        new FrozenLayer(new BatchNormalization()),
                        new FrozenLayerWithBackprop(new BatchNormalization()),
                        new BatchNormalization(),
                        new FrozenLayer(new FrozenLayerWithBackprop(Networks.convolution())),
                        new FrozenLayerWithBackprop(Networks.output())),
                CNN2DFormat.NCHW);
    }

    @Test
    void freezingAfterTheDetectorWasMade() {
        MultiLayerNetwork network = trained();
        GradientSaliency saliency = GradientSaliency.of(network);
        new TransferLearningHelper(network, BODY - 1);
        FiniteDifferences.assertSaliency(
                saliency.detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW),
                data.getFeatures(),
                moved -> network.score(new DataSet(moved, data.getLabels()), true));
    }

    @ParameterizedTest
    @EnumSource(WorkspaceMode.class)
    void nothingOfTheNetworkChanges(WorkspaceMode mode) {
        MultiLayerNetwork network = transferred(trained(), BODY - 1);
        network.getLayerWiseConfigurations().setTrainingWorkspaceMode(mode);
        network.fit(data);
        CountingListener listener = new CountingListener();
        network.setListeners(listener);
        GradientSaliency saliency = GradientSaliency.of(network);
        String configuration = network.getLayerWiseConfigurations().toJson();
        INDArray parameters = network.params();
        float[] before = values(parameters);
        float[] updater = values(network.getUpdater().getStateViewArray());
        float[] gradients = values(network.getGradientsViewArray());
        double score = network.score();
        Nd4j.getRandom().setSeed(3);
        double drawn = Nd4j.rand(DataType.DOUBLE, 1).getDouble(0);
        Nd4j.getRandom().setSeed(3);

        saliency.detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW);

        assertEquals(drawn, Nd4j.rand(DataType.DOUBLE, 1).getDouble(0));
        assertSame(parameters, network.params());
        assertArrayEquals(before, values(network.params()));
        assertArrayEquals(updater, values(network.getUpdater().getStateViewArray()));
        assertArrayEquals(gradients, values(network.getGradientsViewArray()));
        assertEquals(score, network.score());
        assertEquals(0, listener.forwardPasses);
        assertEquals(configuration, network.getLayerWiseConfigurations().toJson());
    }

    /** Training with Guided-AP: the head learns, the body stays. */
    @Test
    void fit() {
        MultiLayerNetwork network = transferred(trained(), BODY - 1);
        GuidedMixup mixer = GuidedMixup.builder()
                .saliency(GradientSaliency.of(network))
                .mixProbability(1)
                .build();
        int body = 0;
        for (int i = 0; i < BODY; i++) {
            body += (int) network.getLayer(i).numParams();
        }
        INDArray before = network.params().dup();
        network.fit(new MixupDataSetIterator(new SingletonDataSetIterator(batch(6, 4)), mixer), 2);
        var ofBody = org.nd4j.linalg.indexing.NDArrayIndex.interval(0, body);
        var ofHead = org.nd4j.linalg.indexing.NDArrayIndex.interval(body, before.length());
        INDArray flatBefore = before.reshape(before.length());
        INDArray after = network.params().dup().reshape(before.length());
        assertArrayEquals(values(flatBefore.get(ofBody)), values(after.get(ofBody)));
        assertFalse(flatBefore.get(ofHead).equalsWithEps(after.get(ofHead), 1e-6));
    }
}
