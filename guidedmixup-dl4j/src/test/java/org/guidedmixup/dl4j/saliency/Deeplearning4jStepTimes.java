package org.guidedmixup.dl4j.saliency;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.AsyncSource;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * How much longer a step of a MultiLayerNetwork takes with Guided-AP. Not a test: it runs only with {@code -Dmeasure=true}, and
 * prints the difference in per cent.
 */
class Deeplearning4jStepTimes {
    private static final int WARMUP = 3;
    private static final int RUNS = 11;
    private static final int BATCH = 16;
    private static final int CLASSES = 10;

    @Test
    @EnabledIfSystemProperty(named = "measure", matches = "true")
    void guidedApOverPlainTraining() {
        MultiLayerNetwork network = network();
        List<DataSet> data = List.of(batch());
        BatchMixer mixer = GuidedMixup.builder()
                .saliency(GradientSaliency.of(network))
                .mixProbability(1)
                .build();
        MixupDataSetIterator mixed = new MixupDataSetIterator(new AsyncSource(data), mixer);
        double[] plain = new double[RUNS];
        double[] difference = new double[RUNS];
        for (int run = -WARMUP; run < RUNS; run++) {
            double without = milliseconds(() -> network.fit(data.get(0)));
            double with = milliseconds(() -> network.fit(mixed, 1));
            if (run >= 0) {
                plain[run] = without;
                difference[run] = with - without;
            }
        }
        System.out.println(String.format(
                "Guided-AP adds %.0f %% to a step (median of %d pairs)",
                100 * median(difference) / median(plain), RUNS));
    }

    private static double milliseconds(Runnable step) {
        long start = System.nanoTime();
        step.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static DataSet batch() {
        SplittableRandom random = new SplittableRandom(1);
        DataSet batch =
                new DataSet(Nd4j.rand(DataType.FLOAT, BATCH, 3, 32, 32), Nd4j.zeros(DataType.FLOAT, BATCH, CLASSES));
        for (int i = 0; i < BATCH; i++) {
            batch.getLabels().putScalar(i, random.nextInt(CLASSES), 1);
        }
        return batch;
    }

    /** Six convolutions, 32 to 128 channels. */
    private static MultiLayerNetwork network() {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Nesterovs(0.01, 0.9))
                .weightInit(WeightInit.RELU)
                .list();
        for (int channels : new int[] {32, 64, 128}) {
            layers.layer(convolution(channels, channels == 32 ? 1 : 2)).layer(new BatchNormalization());
            layers.layer(convolution(channels, 1)).layer(new BatchNormalization());
        }
        layers.layer(new GlobalPoolingLayer(PoolingType.AVG));
        layers.layer(new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nOut(CLASSES)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(
                layers.setInputType(InputType.convolutional(32, 32, 3)).build());
        network.init();
        return network;
    }

    private static ConvolutionLayer convolution(int channels, int stride) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(channels)
                .stride(stride, stride)
                .padding(1, 1)
                .activation(Activation.RELU)
                .build();
    }
}
