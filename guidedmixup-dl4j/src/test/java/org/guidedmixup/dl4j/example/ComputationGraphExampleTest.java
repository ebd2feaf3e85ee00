package org.guidedmixup.dl4j.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.dl4j.saliency.GradientSaliency;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Guided-AP with a ComputationGraph. */
class ComputationGraphExampleTest {

    @Test
    void guidedAp() {
        DataSetIterator trainData = Stripes.iterator();
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.01))
                .activation(Activation.RELU)
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(InputType.convolutional(12, 12, 1))
                .addLayer("one", new ConvolutionLayer.Builder(3, 3).nOut(8).build(), "images")
                .addLayer("two", new ConvolutionLayer.Builder(1, 1).nOut(8).build(), "one")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "one", "two")
                .addLayer(
                        "output",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "sum")
                .setOutputs("output")
                .build());
        graph.init();

        BatchMixer mixer = GuidedMixup.builder()
                .saliency(GradientSaliency.of(graph))
                .mixProbability(0.8)
                .seed(42)
                .build();
        graph.fit(new MixupDataSetIterator(trainData, mixer), 10);

        assertTrue(graph.evaluate(trainData).accuracy() > 0.9);
    }
}
