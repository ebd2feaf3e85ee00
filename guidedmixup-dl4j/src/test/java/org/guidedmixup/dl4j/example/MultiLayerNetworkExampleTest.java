package org.guidedmixup.dl4j.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.dl4j.saliency.GradientSaliency;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

/** Guided-AP with a MultiLayerNetwork. */
class MultiLayerNetworkExampleTest {

    @Test
    void guidedAp() {
        DataSetIterator trainData = Stripes.iterator();
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

        BatchMixer mixer = GuidedMixup.builder()
                .saliency(GradientSaliency.of(network))
                .mixProbability(0.8)
                .seed(42)
                .build();
        network.fit(new MixupDataSetIterator(trainData, mixer), 10);

        assertTrue(network.evaluate(trainData).accuracy() > 0.9);
    }
}
