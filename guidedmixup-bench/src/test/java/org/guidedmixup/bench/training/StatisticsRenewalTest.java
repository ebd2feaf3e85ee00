package org.guidedmixup.bench.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.guidedmixup.bench.model.BatchMoments;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.ImageShape;
import org.guidedmixup.bench.model.LossGradient;
import org.guidedmixup.bench.model.RandomBatch;
import org.guidedmixup.bench.model.SmallResNet;
import org.guidedmixup.bench.model.batchnorm.HostSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Renewed statistics are averages of what training steps measure on the same batches, and nothing else changes. */
class StatisticsRenewalTest {
    private static final ImageShape SHAPE = new ImageShape(3, 12, 10);
    private static final int CLASSES = 6;

    @BeforeAll
    static void installHostSession() {
        HostSession.install();
    }

    @Test
    void averagesWhatTrainingMeasures() {
        ImageModel model = model();
        List<DataSet> batches = List.of(batch(1, 8), batch(2, 4));
        Map<String, double[]> means = new LinkedHashMap<>();
        Map<String, double[]> variances = new LinkedHashMap<>();
        for (DataSet batch : batches) {
            double weight = batch.numExamples() / 12.0;
            try (LossGradient step = model.lossGradient(batch.getFeatures(), batch.getLabels())) {
                step.moments().forEach((layer, moments) -> {
                    means.merge(layer, scaled(moments.mean(), weight), StatisticsRenewalTest::sum);
                    variances.merge(
                            layer, scaled(moments.variance(), weight * unbiased(moments)), StatisticsRenewalTest::sum);
                });
            }
        }
        Map<String, INDArray> before = new LinkedHashMap<>();
        model.parameters().forEach((name, parameter) -> before.put(name, parameter.dup()));
        StatisticsRenewal.renew(model, batches.iterator());
        assertEquals(means.keySet(), model.runningStatistics().keySet());
        means.forEach((layer, expected) -> {
            assertArrayEquals(
                    expected, model.runningStatistics().get(layer).mean().data().asDouble(), 1e-6, layer);
            assertArrayEquals(
                    variances.get(layer),
                    model.runningStatistics().get(layer).variance().data().asDouble(),
                    1e-6,
                    layer);
        });
        assertEquals(before, model.parameters());
    }

    @Test
    void withoutBatchesNothingIsWritten() {
        ImageModel model = model();
        INDArray before =
                model.runningStatistics().values().iterator().next().mean().dup();
        assertThrows(
                IllegalArgumentException.class,
                () -> StatisticsRenewal.renew(model, List.<DataSet>of().iterator()));
        assertEquals(
                before, model.runningStatistics().values().iterator().next().mean());
    }

    /** In the last layers a single image of 4 x 4 pixels is one value per channel. */
    @Test
    void oneValuePerChannelIsAnErrorThatNamesTheLayer() {
        ImageShape tiny = new ImageShape(SHAPE.channels(), 4, 4);
        ImageModel model = model(tiny);
        DataSet image = RandomBatch.of(1, 1, tiny, CLASSES);
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class,
                () -> StatisticsRenewal.renew(model, List.of(image).iterator()));
        assertTrue(
                model.runningStatistics().keySet().stream()
                        .anyMatch(layer -> failure.getMessage().contains("per channel in " + layer + ", got one")),
                failure.getMessage());
    }

    private static ImageModel model() {
        return model(SHAPE);
    }

    private static ImageModel model(ImageShape shape) {
        return ImageModel.builder()
                .architecture(new SmallResNet(4))
                .input(shape.channels(), shape.height(), shape.width())
                .classes(CLASSES)
                .seed(2)
                .build();
    }

    private static DataSet batch(long seed, int size) {
        return RandomBatch.of(seed, size, SHAPE, CLASSES);
    }

    private static double unbiased(BatchMoments moments) {
        return (double) moments.samples() / (moments.samples() - 1);
    }

    private static double[] scaled(INDArray values, double factor) {
        return IntStream.range(0, (int) values.length())
                .mapToDouble(i -> factor * values.getDouble(i))
                .toArray();
    }

    private static double[] sum(double[] a, double... b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
    }
}
