package org.guidedmixup.dl4j.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.samediff.GradientSaliencyListener;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.weightinit.impl.XavierInitScheme;

/** Guided-AP with SameDiff. */
class SameDiffExampleTest {

    @Test
    void guidedAp() {
        DataSetIterator trainData = Stripes.iterator();
        SameDiff graph = SameDiff.create();
        SDVariable input = graph.placeHolder("input", DataType.FLOAT, -1, 1, 12, 12);
        SDVariable label = graph.placeHolder("label", DataType.FLOAT, -1, 2);
        SDVariable filters = graph.var("filters", new XavierInitScheme('c', 9, 8), DataType.FLOAT, 3, 3, 1, 8);
        SDVariable features = graph.nn.relu(
                graph.cnn.conv2d(
                        input, filters, Conv2DConfig.builder().kH(3).kW(3).build()),
                0);
        SDVariable weights = graph.var("weights", new XavierInitScheme('c', 800, 2), DataType.FLOAT, 800, 2);
        SDVariable logits = graph.reshape(features, -1, 800).mmul("logits", weights);
        graph.loss.softmaxCrossEntropy("loss", label, logits, null);
        graph.setLossVariables("loss");
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Adam(0.01))
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("label")
                .build());

        graph.addListeners(new GradientSaliencyListener(
                "input", "label", GuidedMixup.builder().mixProbability(0.8).seed(42)));
        graph.fit(trainData, 10);

        Evaluation evaluation = new Evaluation();
        graph.evaluate(trainData, "logits", evaluation);
        assertTrue(evaluation.accuracy() > 0.9);
    }
}
