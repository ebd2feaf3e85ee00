package org.guidedmixup.dl4j;

import static org.guidedmixup.dl4j.Batches.CHANNELS;
import static org.guidedmixup.dl4j.Batches.CLASSES;
import static org.guidedmixup.dl4j.Batches.HEIGHT;
import static org.guidedmixup.dl4j.Batches.WIDTH;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Training with {@code fit}: mixing changes what is learned, equally for equal seeds and whether or not batches are read ahead,
 * and the loss falls.
 */
class FitTest {
    private static final int EPOCHS = 5;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void multiLayerNetworkTrains(boolean async) {
        MultiLayerNetwork mixed = multiLayerNetwork();
        DataSet all = DataSet.merge(data());
        double before = mixed.score(all);
        mixed.fit(new MixupDataSetIterator(source(async), guided()), EPOCHS);
        assertTrue(mixed.score(all) < before, () -> before + " rose to " + mixed.score(all));

        MultiLayerNetwork again = multiLayerNetwork();
        again.fit(new MixupDataSetIterator(source(!async), guided()), EPOCHS);
        assertArrayEquals(values(mixed.params()), values(again.params()));

        MultiLayerNetwork unmixed = multiLayerNetwork();
        unmixed.fit(source(async), EPOCHS);
        assertFalse(Arrays.equals(values(mixed.params()), values(unmixed.params())));
    }

    @Test
    void multiLayerNetworkCountsEpochs() {
        MixupDataSetIterator mixed = new MixupDataSetIterator(source(true), guided());
        multiLayerNetwork().fit(mixed, 3);
        assertEquals(2, mixed.epoch(), "the last epoch is over, the next has not begun");
        multiLayerNetwork().fit(mixed, 1);
        assertEquals(3, mixed.epoch());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void computationGraphTrains(boolean async) {
        ComputationGraph mixed = computationGraph();
        DataSet all = DataSet.merge(data());
        double before = mixed.score(all);
        mixed.fit(new MixupDataSetIterator(source(async), guided()), EPOCHS);
        assertTrue(mixed.score(all) < before, () -> before + " rose to " + mixed.score(all));

        ComputationGraph again = computationGraph();
        MultiDataSetIterator multi = new MultiDataSetIteratorAdapter(source(!async));
        again.fit(new MixupMultiDataSetIterator(multi, guided()), EPOCHS);
        assertArrayEquals(values(mixed.params()), values(again.params()));

        ComputationGraph unmixed = computationGraph();
        unmixed.fit(source(async), EPOCHS);
        assertFalse(Arrays.equals(values(mixed.params()), values(unmixed.params())));
    }

    @Test
    void sameDiffTrains() {
        SameDiff mixed = sameDiff();
        mixed.fit(new MixupDataSetIterator(source(true), guided()), EPOCHS);
        SameDiff again = sameDiff();
        again.fit(new MixupMultiDataSetIterator(new MultiDataSetIteratorAdapter(source(true)), guided()), EPOCHS);
        SameDiff unmixed = sameDiff();
        unmixed.fit(source(true), EPOCHS);
        assertTrue(loss(mixed) < loss(sameDiff()), () -> "loss after training " + loss(mixed));
        assertArrayEquals(weights(mixed), weights(again));
        assertFalse(Arrays.equals(weights(mixed), weights(unmixed)));
    }

    /** Returns three batches in which the class is visible: channel 0 is brighter the higher the class. */
    private static List<DataSet> data() {
        return Stream.of(1, 2, 3)
                .map(seed -> {
                    DataSet batch = Batches.batch(6, seed);
                    for (int i = 0; i < 6; i++) {
                        batch.getFeatures()
                                .slice(i)
                                .slice(0)
                                .addi(batch.getLabels().slice(i).argMax().getInt(0));
                    }
                    return batch;
                })
                .toList();
    }

    private static DataSetIterator source(boolean async) {
        return async ? new AsyncSource(data()) : new ExistingDataSetIterator(data());
    }

    private static BatchMixer guided() {
        return GuidedMixup.builder().mixProbability(0.5).seed(1).build();
    }

    private static MultiLayerNetwork multiLayerNetwork() {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Adam(0.01))
                .list()
                .layer(convolution())
                .layer(output())
                .setInputType(InputType.convolutional(HEIGHT, WIDTH, CHANNELS))
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    private static ComputationGraph computationGraph() {
        ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(InputType.convolutional(HEIGHT, WIDTH, CHANNELS))
                .addLayer("convolution", convolution(), "images")
                .addLayer("output", output(), "convolution")
                .setOutputs("output")
                .build();
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        return graph;
    }

    private static ConvolutionLayer convolution() {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(4)
                .activation(Activation.RELU)
                .build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nOut(CLASSES)
                .build();
    }

    private static SameDiff sameDiff() {
        int pixels = CHANNELS * HEIGHT * WIDTH;
        SameDiff graph = SameDiff.create();
        SDVariable input = graph.placeHolder("input", DataType.FLOAT, -1, CHANNELS, HEIGHT, WIDTH);
        SDVariable label = graph.placeHolder("label", DataType.FLOAT, -1, CLASSES);
        SDVariable weights = graph.var("weights", Nd4j.zeros(DataType.FLOAT, pixels, CLASSES));
        SDVariable logits = graph.reshape(input, -1, pixels).mmul(weights);
        graph.loss.softmaxCrossEntropy("loss", label, logits, null);
        graph.setLossVariables("loss");
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Adam(0.01))
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("label")
                .build());
        return graph;
    }

    private static float[] weights(SameDiff graph) {
        return values(graph.getVariable("weights").getArr());
    }

    private static double loss(SameDiff graph) {
        DataSet all = DataSet.merge(data());
        return graph.output(Map.of("input", all.getFeatures(), "label", all.getLabels()), "loss")
                .get("loss")
                .sumNumber()
                .doubleValue();
    }
}
