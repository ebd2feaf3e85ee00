package org.guidedmixup.dl4j.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.dl4j.saliency.GradientSaliency;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Two workers of a ParallelWrapper, fed by one mixing iterator. With Guided-AP the saliency is that of the wrapped network,
 * which is the workers' mean as of their last averaging.
 */
class ParallelWrapperTest {

    @ParameterizedTest
    @MethodSource("mixers")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void trains(Function<MultiLayerNetwork, BatchMixer> mixerOf) throws Exception {
        DataSetIterator trainData = Stripes.iterator();
        MultiLayerNetwork network = network();
        BatchMixer mixer = mixerOf.apply(network);
        double before = network.evaluate(trainData).accuracy();
        try (ParallelWrapper wrapper = new ParallelWrapper.Builder<>(network)
                .workers(2)
                .averagingFrequency(1)
                .trainingMode(ParallelWrapper.TrainingMode.AVERAGING)
                .build()) {
            MixupDataSetIterator mixed = new MixupDataSetIterator(trainData, mixer);
            for (int epoch = 0; epoch < 20; epoch++) {
                wrapper.fit(mixed);
            }
        }
        double accuracy = network.evaluate(trainData).accuracy();
        assertTrue(before < 0.6 && accuracy > 0.75, () -> "accuracy rose from " + before + " to " + accuracy);
    }

    static Stream<Named<Function<MultiLayerNetwork, BatchMixer>>> mixers() {
        return Stream.of(
                Named.of("Guided-SR", network -> GuidedMixup.builder()
                        .mixProbability(0.5)
                        .seed(42)
                        .build()),
                Named.of("Guided-AP", network -> GuidedMixup.builder()
                        .saliency(GradientSaliency.of(network))
                        .mixProbability(0.8)
                        .seed(42)
                        .build()));
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.01))
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(8)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(12, 12, 1))
                .build());
        network.init();
        return network;
    }
}
