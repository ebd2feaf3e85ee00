package org.guidedmixup.bench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.guidedmixup.bench.model.batchnorm.HostSession;
import org.guidedmixup.saliency.GradientMagnitude;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The losses against double precision and finite differences. */
class TrainingLossTest {
    private static final int CLASSES = 4;
    private static final double[][] LOGITS = {{0.5, -1, 2, 0}, {3, 3, -2, 1}, {-0.25, 0.125, 0, 9}, {30, -5, 0, 28}};
    private static final double[][] LABELS = {{0, 0, 1, 0}, {0.5, 0.5, 0, 0}, {0.7, 0.1, 0.1, 0.1}, {0, 0, 0, 1}};

    @BeforeAll
    static void installHostSession() {
        HostSession.install();
    }

    private static SameDiff graph(TrainingLoss loss, double[][] logits) {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.var("x", Nd4j.createFromArray(logits).castTo(DataType.FLOAT));
        loss.add(graph, graph.constant(Nd4j.createFromArray(LABELS).castTo(DataType.FLOAT)), x, CLASSES);
        graph.setLossVariables(ImageModel.LOSS);
        return graph;
    }

    /** Computes the definition in double precision; 1 - p is the sum of the other probabilities. */
    private static double expected(TrainingLoss loss, double[][] logits) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            double total = 0;
            for (double logit : logits[i]) {
                total += Math.exp(logit);
            }
            for (int k = 0; k < CLASSES; k++) {
                double p = Math.exp(logits[i][k]) / total;
                double others = 0;
                for (int j = 0; j < CLASSES; j++) {
                    others += j == k ? 0 : Math.exp(logits[i][j]) / total;
                }
                double y = LABELS[i][k];
                sum -= loss == TrainingLoss.CE
                        ? y * Math.log(p)
                        : (y * Math.log(p) + (1 - y) * Math.log(others)) / CLASSES;
            }
        }
        return sum / logits.length;
    }

    @ParameterizedTest
    @EnumSource
    void valueAndGradientAreThoseOfTheDefinition(TrainingLoss loss) {
        SameDiff graph = graph(loss, LOGITS);
        INDArray gradient = graph.calculateGradients(Map.of(), "x").get("x");
        double value = graph.getVariable(ImageModel.LOSS).eval().getDouble(0);
        assertEquals(expected(loss, LOGITS), value, 1e-5 * value);
        double step = 1e-5;
        for (int i = 0; i < LOGITS.length; i++) {
            for (int k = 0; k < CLASSES; k++) {
                double difference = expected(loss, moved(i, k, step)) - expected(loss, moved(i, k, -step));
                assertEquals(difference / (2 * step), gradient.getDouble(i, k), 1e-5, loss + " of " + i + ", " + k);
            }
        }
    }

    private static double[][] moved(int row, int column, double by) {
        double[][] moved = new double[LOGITS.length][];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = LOGITS[i].clone();
        }
        moved[row][column] += by;
        return moved;
    }

    /** Also where a probability rounds to 1, or to 0. */
    @ParameterizedTest
    @EnumSource
    void aWrongCertaintyHasAFiniteLossAndAGradient(TrainingLoss loss) {
        double[][] wrong = {{200, -200, 0, 0}, {0, 0, 300, 0}, {0, 0, 0, 20}, {1000, 0, 0, 0}};
        SameDiff graph = graph(loss, wrong);
        INDArray gradient = graph.calculateGradients(Map.of(), "x").get("x");
        double value = graph.getVariable(ImageModel.LOSS).eval().getDouble(0);
        assertTrue(Double.isFinite(value), loss + " " + value);
        assertEquals(0, gradient.sumNumber().doubleValue(), 1e-4);
        for (int i = 0; i < wrong.length; i++) {
            assertTrue(gradient.getRow(i).norm1Number().doubleValue() > 0.1 / CLASSES, loss + " " + gradient.getRow(i));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotANumberStaysSo(TrainingLoss loss) {
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            SameDiff graph = graph(loss, moved(2, 1, wrong));
            assertTrue(Double.isNaN(graph.getVariable(ImageModel.LOSS).eval().getDouble(0)));
        }
    }

    private static final ImageShape SHAPE = new ImageShape(2, 9, 12);
    private static final DataSet BATCH = RandomBatch.of(3, 6, SHAPE, CLASSES);

    private static ImageModel model(TrainingLoss loss) {
        return ImageModel.builder()
                .architecture(new SmallResNet(4))
                .input(SHAPE.channels(), SHAPE.height(), SHAPE.width())
                .classes(CLASSES)
                .seed(5)
                .loss(loss)
                .withInputGradient()
                .build();
    }

    /** Moves all parameters along their gradient: the loss changes by its squared length. */
    @ParameterizedTest
    @EnumSource
    void theModelsGradientIsThatOfItsLoss(TrainingLoss loss) {
        ImageModel model = model(loss);
        Map<String, INDArray> gradients =
                model.lossGradient(BATCH.getFeatures(), BATCH.getLabels()).gradients();
        double squares = gradients.values().stream()
                .mapToDouble(gradient -> gradient.mul(gradient).sumNumber().doubleValue())
                .sum();
        double step = 0.01 / squares;
        double above = lossAfter(model, gradients, step);
        double below = lossAfter(model, gradients, -2 * step);
        assertEquals(squares, (above - below) / (2 * step), 0.02 * squares);
    }

    private static double lossAfter(ImageModel model, Map<String, INDArray> gradients, double step) {
        model.parameters()
                .forEach((name, value) -> value.addi(gradients.get(name).mul(step)));
        return model.lossGradient(BATCH.getFeatures(), BATCH.getLabels()).loss();
    }

    @Test
    void saliencyIsThatOfTheLossInTraining() {
        double ratio = saliency(TrainingLoss.BCE) / saliency(TrainingLoss.CE);
        assertTrue(ratio > 0.9 / CLASSES && ratio < 2.0 / CLASSES, "about (1 + p) / K: " + ratio);
    }

    private static double saliency(TrainingLoss loss) {
        ImageModel model = model(loss);
        INDArray found = model.gradientSaliency().detect(BATCH.getFeatures(), BATCH.getLabels(), DataFormat.NCHW);
        assertEquals(GradientMagnitude.of(InputGradients.of(model, BATCH), DataFormat.NCHW), found);
        return found.sumNumber().doubleValue();
    }
}
