package org.guidedmixup.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Statistics agree with plain sums, whatever the number, size and type of the values. */
class ChannelStatisticsTest {

    @Test
    void aMillionPixelsFarFromZeroAreSummedExactly() {
        MultiLayerNetwork network = network(DataType.FLOAT, false, 1);
        float[] pixels = new float[1 << 20];
        Random random = new Random(1);
        double sum = 0;
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = 1000 + (float) random.nextGaussian();
            sum += pixels[i];
        }
        renew(network, Nd4j.createFromArray(pixels).reshape(64, 1, 128, 128));
        assertEquals(sum / pixels.length, network.getParam("0_mean").getDouble(0), 1e-4);
        assertEquals(1, network.getParam("0_var").getDouble(0), 0.01);
    }

    @Test
    void everyPixelCountsTheSameInImagesOfDifferentSizes() {
        MultiLayerNetwork network = network(DataType.DOUBLE, false, 2);
        INDArray small = normal(DataType.DOUBLE, 1, 3, 2, 6, 6);
        INDArray large = normal(DataType.DOUBLE, 1, 3, 2, 12, 12).addi(5);
        renew(network, small, large);
        assertArrayEquals(
                small.mean(0, 2, 3)
                        .addi(large.mean(0, 2, 3).muli(4))
                        .divi(5)
                        .data()
                        .asDouble(),
                network.getParam("0_mean").data().asDouble(),
                1e-9);
        assertArrayEquals(
                small.var(true, 0, 2, 3)
                        .addi(large.var(true, 0, 2, 3).muli(4))
                        .divi(5)
                        .data()
                        .asDouble(),
                network.getParam("0_var").data().asDouble(),
                1e-9);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 1e-3, 1e-3", "FLOAT, 1e-4, 1e-3", "HALF, 1e-3, 1e-2", "DOUBLE, 1e-8, 1e-6"})
    void logarithmsHoldVariancesBelowEpsilon(DataType type, double deviation, double tolerance) {
        MultiLayerNetwork network = network(type, true, 2);
        INDArray images = normal(type, deviation, 16, 2, 6, 6);
        renew(network, images);
        double expected = images.castTo(DataType.DOUBLE).var(true, 0, 2, 3).getDouble(0);
        double logarithm = network.getParam("0_log10stdev").getDouble(0);
        assertEquals(expected, Math.pow(10, 2 * logarithm), 10 * tolerance * expected);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT", "HALF", "DOUBLE"})
    void aChannelOfOneValueCanBeTrainedFurther(DataType type) {
        MultiLayerNetwork network = network(type, true, 2);
        INDArray images = Nd4j.zeros(type, 3, 2, 6, 6);
        renew(network, images);
        network.fit(images, Nd4j.eye(3).castTo(type));
        assertTrue(
                Arrays.stream(network.params().castTo(DataType.DOUBLE).data().asDouble())
                        .allMatch(Double::isFinite),
                () -> network.params().toString());
    }

    @Test
    void statisticsBeyondTheNetworksTypeAreRefused() {
        MultiLayerNetwork network = network(DataType.FLOAT16, false, 2);
        INDArray before = network.params().dup();
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> renew(network, normal(DataType.FLOAT16, 1000, 8, 2, 6, 6)))
                .getMessage();
        assertTrue(message.contains("fit HALF"), message);
        assertEquals(before, network.params());
    }

    private static MultiLayerNetwork network(DataType type, boolean logarithms, int channels) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(type)
                .list(
                        new BatchNormalization.Builder().useLogStd(logarithms).build(),
                        new GlobalPoolingLayer(),
                        output())
                .setInputType(InputType.convolutional(6, 6, channels))
                .build());
        network.init();
        return network;
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build();
    }

    private static void renew(MultiLayerNetwork network, INDArray... batches) {
        BatchNormStatistics.renew(network, source(batches));
    }

    private static DataSetIterator source(INDArray... batches) {
        return new ExistingDataSetIterator(
                Arrays.stream(batches).map(images -> new DataSet(images, null)).toList());
    }

    private static INDArray normal(DataType type, double deviation, long... shape) {
        Nd4j.getRandom().setSeed(shape[0]);
        return Nd4j.randn(DataType.DOUBLE, shape).muli(deviation).castTo(type);
    }
}
