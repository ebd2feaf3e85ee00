package org.guidedmixup.dl4j.saliency;

import static org.guidedmixup.dl4j.Batches.CLASSES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossFMeasure;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMAPE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossMultiLabel;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.nd4j.linalg.lossfunctions.impl.LossWasserstein;

/**
 * Which losses have a right gradient for label rows whose sum is not 1, as SnapMix makes them, by finite differences; and that
 * class activation maps refuse those that are wrong for such rows alone.
 */
class LabelSumTest {
    private static final INDArray ONES = Nd4j.ones(DataType.DOUBLE, 1, CLASSES);
    private static final INDArray WEIGHTS = Nd4j.createFromArray(0.5, 1, 2).reshape(1, CLASSES);

    /** What finite differences show about a loss. */
    enum Gradient {
        RIGHT,
        /** Right only for rows of sum 1. */
        WRONG_FOR_OTHER_SUMS,
        /** Wrong for any sum. */
        WRONG,
        /** The score clips labels at 1 and its gradient does not. */
        WRONG_FOR_VALUES_ABOVE_1,
        /** Not a number, or an exception. */
        NONE
    }

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of(new LossMCXENT(), Activation.SOFTMAX, Gradient.WRONG_FOR_OTHER_SUMS),
                Arguments.of(new LossMCXENT(), Activation.SIGMOID, Gradient.RIGHT),
                Arguments.of(new LossMCXENT(ONES), Activation.SOFTMAX, Gradient.RIGHT),
                Arguments.of(new LossMCXENT(WEIGHTS), Activation.SOFTMAX, Gradient.RIGHT),
                Arguments.of(new LossNegativeLogLikelihood(), Activation.SOFTMAX, Gradient.WRONG_FOR_OTHER_SUMS),
                Arguments.of(new LossNegativeLogLikelihood(ONES), Activation.SOFTMAX, Gradient.RIGHT),
                Arguments.of(new LossBinaryXENT(), Activation.SIGMOID, Gradient.RIGHT),
                Arguments.of(new LossBinaryXENT(WEIGHTS), Activation.SIGMOID, Gradient.RIGHT),
                Arguments.of(new LossBinaryXENT(), Activation.SOFTMAX, Gradient.WRONG),
                Arguments.of(new LossKLD(), Activation.SOFTMAX, Gradient.WRONG_FOR_VALUES_ABOVE_1),
                Arguments.of(new LossKLD(), Activation.SIGMOID, Gradient.WRONG_FOR_VALUES_ABOVE_1),
                Arguments.of(new LossMSE(), Activation.SOFTMAX, Gradient.RIGHT),
                Arguments.of(new LossMSE(), Activation.SIGMOID, Gradient.RIGHT),
                Arguments.of(new LossMAE(), Activation.SOFTMAX, Gradient.RIGHT),
                Arguments.of(new LossMAE(), Activation.SIGMOID, Gradient.RIGHT),
                Arguments.of(new LossL1(), Activation.SOFTMAX, Gradient.RIGHT),
                Arguments.of(new LossL2(), Activation.SOFTMAX, Gradient.RIGHT),
                Arguments.of(new LossHinge(), Activation.IDENTITY, Gradient.RIGHT),
                Arguments.of(new LossSquaredHinge(), Activation.IDENTITY, Gradient.RIGHT),
                Arguments.of(new LossPoisson(), Activation.SOFTMAX, Gradient.RIGHT),
                Arguments.of(new LossPoisson(), Activation.SIGMOID, Gradient.RIGHT),
                Arguments.of(new LossCosineProximity(), Activation.SOFTMAX, Gradient.RIGHT),
                Arguments.of(new LossMSLE(), Activation.SOFTMAX, Gradient.RIGHT),
                Arguments.of(new LossWasserstein(), Activation.SOFTMAX, Gradient.RIGHT),
                // The loss divides by labels of 0.
                Arguments.of(new LossMAPE(), Activation.SOFTMAX, Gradient.NONE));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("losses")
    void gradients(ILossFunction loss, Activation activation, Gradient expected) {
        for (double sum : new double[] {1, 0.7, 1.5}) {
            double error = error(loss, activation, sum);
            boolean right = error < 1e-4;
            boolean wanted =
                    switch (expected) {
                        case RIGHT -> true;
                        case WRONG_FOR_OTHER_SUMS -> sum == 1;
                        case WRONG_FOR_VALUES_ABOVE_1 -> sum <= 1;
                        case WRONG, NONE -> false;
                    };
            assertEquals(wanted, right, "rows of sum " + sum + ": relative error " + error);
            assertEquals(expected == Gradient.NONE, Double.isNaN(error), () -> "error " + error);
        }
    }

    /** Returns the norm of the difference between a gradient and that of the score, relative to the norm of the latter. */
    private static double error(ILossFunction loss, Activation activation, double sum) {
        double[][] rows = {{1, 0, 0}, {0.3, 0.7, 0}, {0.2, 0.3, 0.5}};
        double[][] scores = {{0.3, -0.4, 0.9}, {-0.2, 0.5, 0.1}, {0.7, 0.2, -0.6}};
        INDArray labels = Nd4j.createFromArray(rows).muli(sum);
        INDArray logits = Nd4j.createFromArray(scores);
        INDArray slopes = logits.like();
        double step = 1e-6;
        for (long i = 0; i < logits.length(); i++) {
            double above = score(loss, activation, labels, logits, i, step);
            slopes.putScalar(i, (above - score(loss, activation, labels, logits, i, -step)) / (2 * step));
        }
        INDArray gradient = loss.computeGradient(labels.dup(), logits.dup(), activation.getActivationFunction(), null);
        return gradient.sub(slopes).norm2Number().doubleValue()
                / slopes.norm2Number().doubleValue();
    }

    private static double score(
            ILossFunction loss, Activation activation, INDArray labels, INDArray logits, long index, double step) {
        INDArray moved = logits.dup();
        moved.putScalar(index, moved.getDouble(index) + step);
        return loss.computeScore(labels.dup(), moved, activation.getActivationFunction(), null, false);
    }

    /** LossKLD clips only in its score: it trains like LossMCXENT with weights of 1. */
    @Test
    void kullbackLeiblerTrainsAsCrossEntropy() {
        INDArray labels = Nd4j.createFromArray(new double[][] {{1.5, 0, 0}, {0.45, 1.05, 0}});
        INDArray logits = Nd4j.createFromArray(new double[][] {{0.3, -0.4, 0.9}, {-0.2, 0.5, 0.1}});
        INDArray expected = new LossMCXENT(ONES)
                .computeGradient(labels.dup(), logits.dup(), Activation.SOFTMAX.getActivationFunction(), null);
        INDArray found = new LossKLD()
                .computeGradient(labels.dup(), logits.dup(), Activation.SOFTMAX.getActivationFunction(), null);
        assertTrue(expected.equalsWithEps(found, 1e-6), found::toString);
    }

    /** Two classes, single precision, a score of the whole batch. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.7, 1.5})
    void fMeasure(double sum) {
        INDArray labels = Nd4j.createFromArray(new float[][] {{1, 0}, {0.3f, 0.7f}, {0.2f, 0.8f}})
                .muli(sum);
        INDArray logits = Nd4j.createFromArray(new float[][] {{0.3f, -0.4f}, {-0.2f, 0.5f}, {0.7f, 0.2f}});
        LossFMeasure loss = new LossFMeasure();
        INDArray slopes = logits.like();
        for (long i = 0; i < logits.length(); i++) {
            double above = score(loss, Activation.SOFTMAX, labels, logits, i, 0.01);
            slopes.putScalar(i, (above - score(loss, Activation.SOFTMAX, labels, logits, i, -0.01)) / 0.02);
        }
        INDArray gradient =
                loss.computeGradient(labels, logits.dup(), Activation.SOFTMAX.getActivationFunction(), null);
        assertEquals(sum == 1, gradient.equalsWithEps(slopes, 1e-3), () -> gradient + " for " + slopes);
    }

    /** It reads only which labels are 0, not their values: it is right for rows of any sum, but mixed rows tell it little. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.7, 1.5})
    void multiLabel(double sum) {
        INDArray labels =
                Nd4j.createFromArray(new float[][] {{1, 0, 0}, {0, 0.4f, 0.6f}}).muli(sum);
        INDArray logits = Nd4j.createFromArray(new float[][] {{0.3f, -0.4f, 0.1f}, {0.7f, 0.2f, -0.3f}});
        LossMultiLabel loss = new LossMultiLabel();
        INDArray slopes = logits.like();
        for (long i = 0; i < logits.length(); i++) {
            double above = score(loss, Activation.SIGMOID, labels, logits, i, 0.01);
            slopes.putScalar(i, (above - score(loss, Activation.SIGMOID, labels, logits, i, -0.01)) / 0.02);
        }
        INDArray gradient =
                loss.computeGradient(labels, logits.dup(), Activation.SIGMOID.getActivationFunction(), null);
        assertTrue(gradient.equalsWithEps(slopes, 1e-3), () -> gradient + " for " + slopes);
    }

    @Test
    void softmaxCrossEntropyOfSameDiff() {
        SameDiff graph = SameDiff.create();
        SDVariable label = graph.placeHolder("label", DataType.DOUBLE, -1, CLASSES);
        SDVariable logits = graph.var("logits", Nd4j.createFromArray(new double[][] {{0.3, -0.4, 0.9}}));
        graph.loss.softmaxCrossEntropy("loss", label, logits, null);
        graph.setLossVariables("loss");
        INDArray at = logits.getArr().dup();
        INDArray likely = Nd4j.nn.softmax(at, 1);
        for (double sum : new double[] {1, 0.7, 1.5}) {
            INDArray labels = Nd4j.createFromArray(new double[][] {{0.3 * sum, 0.7 * sum, 0}});
            INDArray gradient =
                    graph.calculateGradients(Map.of("label", labels), "logits").get("logits");
            assertTrue(gradient.equalsWithEps(likely.mul(sum).sub(labels), 1e-9), gradient::toString);
        }
    }

    /** Returns all pairs except the two that Deeplearning4j refuses. */
    static Stream<Arguments> lossesOfNetworks() {
        return losses().filter(arguments -> {
            Object loss = arguments.get()[0];
            Object activation = arguments.get()[1];
            return !(loss instanceof LossMCXENT && activation == Activation.SIGMOID)
                    && !(loss instanceof LossBinaryXENT && activation == Activation.SOFTMAX);
        });
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("lossesOfNetworks")
    void refusedWhereWrongForOtherSums(ILossFunction loss, Activation activation, Gradient gradient) {
        OutputLayer output = new OutputLayer.Builder(loss)
                .activation(activation)
                .nOut(CLASSES)
                .build();
        MultiLayerNetwork network = Networks.multiLayer(Networks.convolution(), PoolingNetworks.pooling(), output);
        ComputationGraph graph = Networks.graph(Networks.graphBuilder()
                .addLayer("convolution", Networks.convolution(), "images")
                .addLayer("pooling", PoolingNetworks.pooling(), "convolution")
                .addLayer("output", output.clone(), "pooling")
                .setOutputs("output"));
        if (gradient == Gradient.WRONG_FOR_OTHER_SUMS) {
            String instead = "new " + loss.getClass().getSimpleName() + "(Nd4j.ones(1, 3))";
            for (IllegalArgumentException refused : List.of(
                    assertThrows(IllegalArgumentException.class, () -> ClassActivationMap.of(network)),
                    assertThrows(IllegalArgumentException.class, () -> ClassActivationMap.of(graph)),
                    assertThrows(
                            IllegalArgumentException.class, () -> ClassActivationMap.of(graph, "images", "output")))) {
                assertTrue(refused.getMessage().contains(instead), refused.getMessage());
            }
        } else {
            ClassActivationMap.of(network);
            ClassActivationMap.of(graph);
        }
    }

    @Test
    void otherNetworksWithSuchALoss() {
        MultiLayerNetwork lossLayer = Networks.multiLayer(
                Networks.convolution(),
                PoolingNetworks.pooling(),
                new DenseLayer.Builder()
                        .nOut(CLASSES)
                        .activation(Activation.IDENTITY)
                        .build(),
                new LossLayer.Builder(new LossMCXENT())
                        .activation(Activation.SOFTMAX)
                        .build());
        MultiLayerNetwork twoClasses = Networks.multiLayer(
                Networks.convolution(),
                PoolingNetworks.pooling(),
                new OutputLayer.Builder(new LossFMeasure())
                        .activation(Activation.SOFTMAX)
                        .nOut(2)
                        .build());
        for (MultiLayerNetwork network : List.of(lossLayer, twoClasses)) {
            String message = assertThrows(IllegalArgumentException.class, () -> ClassActivationMap.of(network))
                    .getMessage();
            assertTrue(message.contains("new LossMCXENT(Nd4j.ones(1, "), message);
        }
    }
}
