package org.guidedmixup.dl4j.saliency;

import static org.guidedmixup.dl4j.saliency.Networks.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.Batches;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.method.CutMix;
import org.guidedmixup.saliency.SaliencyDetector;
import org.junit.jupiter.api.Test;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Networks with a class for every pixel. */
class SegmentationTest {
    private static final int M = 4;

    private static InputType images(CNN2DFormat format) {
        return InputType.convolutional(Batches.HEIGHT, Batches.WIDTH, Batches.CHANNELS, format);
    }

    private static ConvolutionLayer convolution(CNN2DFormat format) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(Batches.CLASSES)
                .padding(1, 1)
                .activation(Activation.TANH)
                .dataFormat(format)
                .build();
    }

    private static CnnLossLayer loss(CNN2DFormat format) {
        return new CnnLossLayer.Builder(new LossMCXENT())
                .activation(Activation.SOFTMAX)
                .format(format)
                .build();
    }

    private static MultiLayerNetwork network(CNN2DFormat format) {
        MultiLayerNetwork network = new MultiLayerNetwork(settings()
                .list()
                .layer(convolution(format))
                .layer(convolution(format))
                .layer(loss(format))
                .setInputType(images(format))
                .build());
        network.init();
        return network;
    }

    private static ComputationGraph graph(CNN2DFormat format) {
        return Networks.graph(settings()
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(images(format))
                .addLayer("convolution", convolution(format), "images")
                .addLayer("scores", convolution(format), "convolution")
                .addLayer("output", loss(format), "scores")
                .setOutputs("output"));
    }

    /** Returns images, with the class of every pixel given by its brightness. */
    private static DataSet data(DataFormat format) {
        INDArray images = Batches.batch(M, 9).getFeatures();
        INDArray labels = Nd4j.zeros(DataType.FLOAT, M, Batches.CLASSES, Batches.HEIGHT, Batches.WIDTH);
        for (int i = 0; i < M; i++) {
            for (int y = 0; y < Batches.HEIGHT; y++) {
                for (int x = 0; x < Batches.WIDTH; x++) {
                    int shade = (int) (images.getDouble(i, 0, y, x) * Batches.CLASSES);
                    labels.putScalar(new int[] {i, shade, y, x}, 1);
                }
            }
        }
        return format == DataFormat.NCHW
                ? new DataSet(images, labels)
                : new DataSet(
                        images.permute(0, 2, 3, 1).dup('c'),
                        labels.permute(0, 2, 3, 1).dup('c'));
    }

    @Test
    void saliencyIsTheGradientOfTheLossOverAllPixels() {
        DataSet data = data(DataFormat.NCHW);
        MultiLayerNetwork network = network(CNN2DFormat.NCHW);
        INDArray maps = GradientSaliency.of(network).detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW);
        FiniteDifferences.assertSaliency(
                maps, data.getFeatures(), moved -> network.score(new DataSet(moved, data.getLabels()), true));
        ComputationGraph graph = graph(CNN2DFormat.NCHW);
        FiniteDifferences.assertSaliency(
                GradientSaliency.of(graph).detect(data.getFeatures(), data.getLabels(), DataFormat.NCHW),
                data.getFeatures(),
                moved -> graph.score(new DataSet(moved, data.getLabels()), true));
    }

    @Test
    void networksTrainOnMixedPixels() {
        for (DataFormat format : List.of(DataFormat.NCHW, DataFormat.NHWC)) {
            CNN2DFormat layers = format == DataFormat.NHWC ? CNN2DFormat.NHWC : CNN2DFormat.NCHW;
            MultiLayerNetwork network = network(layers);
            ComputationGraph graph = graph(layers);
            DataSet data = data(format);
            double before = loss(network.output(data.getFeatures()), data);
            network.fit(mixed(data, guided(GradientSaliency.of(network), format)), 20);
            assertTrue(loss(network.output(data.getFeatures()), data) < before, "multi-layer " + format);
            before = loss(graph.output(data.getFeatures())[0], data);
            graph.fit(mixed(data, guided(GradientSaliency.of(graph), format)), 10);
            graph.fit(
                    mixed(
                            data,
                            CutMix.builder()
                                    .mixProbability(1)
                                    .dataFormat(format)
                                    .build()),
                    10);
            assertTrue(loss(graph.output(data.getFeatures())[0], data) < before, "graph " + format);
            DataSet first =
                    mixed(data, guided(GradientSaliency.of(network), format)).next();
            INDArray sums = first.getLabels().sum(format == DataFormat.NCHW ? 1 : 3);
            assertEquals(1, sums.minNumber().doubleValue(), 1e-5);
            assertEquals(1, sums.maxNumber().doubleValue(), 1e-5);
        }
    }

    /** Returns the cross entropy per pixel. For NHWC, CnnLossLayer reports a score as if for NCHW, but trains on this one. */
    private static double loss(INDArray output, DataSet data) {
        return -Transforms.log(output, true)
                        .mul(data.getLabels().castTo(output.dataType()))
                        .sumNumber()
                        .doubleValue()
                / (M * Batches.HEIGHT * Batches.WIDTH);
    }

    private static BatchMixer guided(SaliencyDetector saliency, DataFormat format) {
        return GuidedMixup.builder()
                .saliency(saliency)
                .mixProbability(1)
                .dataFormat(format)
                .build();
    }

    private static MixupDataSetIterator mixed(DataSet data, BatchMixer mixer) {
        return new MixupDataSetIterator(new ExistingDataSetIterator(List.of(data)), mixer);
    }
}
