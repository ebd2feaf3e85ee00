package org.guidedmixup.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.guidedmixup.method.InputMixup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Renewed statistics are those of a plain loop over the inputs of every layer, and nothing else changes. */
class BatchNormStatisticsTest {
    private static final int SIDE = 6;
    private static final int CLASSES = 3;
    private static final double EXACT = 1e-9;

    @ParameterizedTest
    @CsvSource({"NCHW, false", "NCHW, true", "NHWC, false"})
    void everyLayerGetsTheAveragesOfItsInputs(CNN2DFormat format, boolean logarithms) {
        MultiLayerNetwork network = trained(format, logarithms);
        List<DataSet> batches = List.of(batch(format, 8, 1), batch(format, 4, 2));
        double[][] means = new double[network.getnLayers()][];
        double[][] variances = new double[network.getnLayers()][];
        for (DataSet batch : batches) {
            INDArray activation = batch.getFeatures().dup();
            for (int i = 0; i < network.getnLayers(); i++) {
                var preProcessor = network.getLayerWiseConfigurations().getInputPreProcess(i);
                if (preProcessor != null) {
                    activation =
                            preProcessor.preProcess(activation, batch.numExamples(), LayerWorkspaceMgr.noWorkspaces());
                }
                Layer layer = network.getLayer(i);
                if (layer instanceof org.deeplearning4j.nn.layers.normalization.BatchNormalization) {
                    double weight = batch.numExamples() / 12.0;
                    means[i] = sum(means[i], weight, moments(activation, format)[0]);
                    variances[i] = sum(variances[i], weight, moments(activation, format)[1]);
                }
                activation = layer.activate(activation.dup(), true, LayerWorkspaceMgr.noWorkspaces());
            }
        }
        network.clearLayersStates();
        BatchNormStatistics.renew(network, new ExistingDataSetIterator(batches));
        int checked = 0;
        for (int i = 0; i < means.length; i++) {
            if (means[i] == null) {
                continue;
            }
            checked++;
            double[] found = network.getLayer(i).getParam("mean").data().asDouble();
            assertArrayEquals(means[i], found, EXACT, "means of layer " + i);
            double[] spread = logarithms
                    ? Arrays.stream(network.getLayer(i)
                                    .getParam("log10stdev")
                                    .data()
                                    .asDouble())
                            .map(value -> Math.pow(10, 2 * value))
                            .toArray()
                    : network.getLayer(i).getParam("var").data().asDouble();
            assertArrayEquals(variances[i], spread, EXACT, "variances of layer " + i);
        }
        assertEquals(3, checked);
    }

    @Test
    void nothingElseChanges() {
        MultiLayerNetwork network = trained(CNN2DFormat.NCHW, false);
        Map<String, INDArray> before = copies(network.paramTable());
        INDArray updater = network.updaterState().dup();
        int iterations = network.getIterationCount();
        BatchNormStatistics.renew(network, source(CNN2DFormat.NCHW));
        int changed = 0;
        for (Map.Entry<String, INDArray> parameter : network.paramTable().entrySet()) {
            boolean statistic =
                    parameter.getKey().endsWith("_mean") || parameter.getKey().endsWith("_var");
            boolean same = before.get(parameter.getKey()).equals(parameter.getValue());
            assertEquals(!statistic, same, parameter.getKey());
            changed += statistic ? 1 : 0;
        }
        assertEquals(6, changed);
        assertEquals(updater, network.updaterState());
        assertEquals(iterations, network.getIterationCount());
    }

    @Test
    void inferenceThenGivesWhatTrainingModeGave() {
        MultiLayerNetwork network = trained(CNN2DFormat.NCHW, false);
        DataSet batch = batch(CNN2DFormat.NCHW, 32, 5);
        INDArray training = network.output(batch.getFeatures(), true).dup();
        double before = training.distance2(network.output(batch.getFeatures(), false));
        BatchNormStatistics.renew(network, new ListDataSetIterator<>(batch.asList(), 32));
        double after = training.distance2(network.output(batch.getFeatures(), false));
        assertTrue(
                after < 0.05 * before, () -> before + " fell to " + after); // the rest: biased and unbiased variances
    }

    @Test
    void graphsAreRenewedByNameAndWithSeveralInputs() {
        ComputationGraph one = graph();
        ComputationGraph other = one.clone();
        DataSetIterator source = source(CNN2DFormat.NCHW);
        INDArray updater = one.getUpdater().getStateViewArray().dup();
        BatchNormStatistics.renew(one, source);
        assertEquals(updater, one.getUpdater().getStateViewArray());
        BatchNormStatistics.renew(other, new MultiDataSetIteratorAdapter(source(CNN2DFormat.NCHW)));
        for (String name : List.of("left", "right")) {
            double[] means = new double[4];
            double[] variances = new double[4];
            source.reset();
            int count = 0;
            for (; source.hasNext(); count++) {
                Map<String, INDArray> activations =
                        one.feedForward(new INDArray[] {source.next().getFeatures()}, true);
                double[][] moments = moments(activations.get("conv"), CNN2DFormat.NCHW);
                means = sum(means, 1, moments[0]);
                variances = sum(variances, 1, moments[1]);
            }
            double batches = count;
            assertArrayEquals(
                    Arrays.stream(means).map(sum -> sum / batches).toArray(),
                    one.getLayer(name).getParam("mean").data().asDouble(),
                    EXACT);
            assertArrayEquals(
                    Arrays.stream(variances).map(sum -> sum / batches).toArray(),
                    one.getLayer(name).getParam("var").data().asDouble(),
                    EXACT);
            assertEquals(
                    one.getLayer(name).getParam("mean"), other.getLayer(name).getParam("mean"));
        }
    }

    @Test
    void frozenLayersKeepTheirs() {
        MultiLayerNetwork network = new TransferLearning.Builder(trained(CNN2DFormat.NCHW, false))
                .setFeatureExtractor(1)
                .build();
        INDArray frozen = network.getParam("1_mean").dup();
        INDArray free = network.getParam("4_mean").dup();
        BatchNormStatistics.renew(network, source(CNN2DFormat.NCHW));
        assertEquals(frozen, network.getParam("1_mean"));
        assertTrue(free.distance2(network.getParam("4_mean")) > 0);
    }

    @Test
    void whatCannotBeRenewedIsRefusedAndNothingIsWritten() {
        MultiLayerNetwork network = trained(CNN2DFormat.NCHW, false);
        INDArray before = network.params().dup();
        DataSetIterator source = source(CNN2DFormat.NCHW);
        InputMixup mixup = InputMixup.builder().build();
        refused("does not mix", () -> BatchNormStatistics.renew(network, new MixupDataSetIterator(source, mixup)));
        DataSetIterator mixing = source(CNN2DFormat.NCHW);
        mixing.setPreProcessor(new MixupPreProcessor(mixup));
        refused("does not mix", () -> BatchNormStatistics.renew(network, mixing));
        refused(
                "does not mix",
                () -> BatchNormStatistics.renew(
                        graph(), new MixupMultiDataSetIterator(new MultiDataSetIteratorAdapter(source), mixup)));
        refused(
                "at least one batch",
                () -> BatchNormStatistics.renew(network, new ListDataSetIterator<>(List.of(), 1)));
        DataSet images = batch(CNN2DFormat.NCHW, 5, 3);
        refused(
                "more than one value per channel in layer 7",
                () -> BatchNormStatistics.renew(network, new ListDataSetIterator<>(images.asList(), 4)));
        images.getFeatures().putScalar(0, Double.NaN);
        refused(
                "finite activations",
                () -> BatchNormStatistics.renew(network, new ListDataSetIterator<>(images.asList(), 5)));
        MultiLayerConfiguration plain = new NeuralNetConfiguration.Builder()
                .list(output())
                .setInputType(InputType.convolutional(SIDE, SIDE, 2))
                .build();
        refused("network.init()", () -> BatchNormStatistics.renew(new MultiLayerNetwork(plain), source));
        MultiLayerNetwork without = new MultiLayerNetwork(plain);
        without.init();
        refused("found none", () -> BatchNormStatistics.renew(without, source));
        assertEquals(before, network.params());
    }

    private static void refused(String fragment, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.contains(fragment), message);
    }

    /** Returns means and unbiased variances of the channels. */
    private static double[][] moments(INDArray input, CNN2DFormat format) {
        int axis = input.rank() == 4 && format == CNN2DFormat.NHWC ? 3 : 1;
        INDArray rows = input.rank() == 2
                ? input
                : input.permute(axis == 3 ? new int[] {0, 1, 2, 3} : new int[] {0, 2, 3, 1})
                        .dup('c')
                        .reshape('c', -1, input.size(axis));
        int columns = (int) rows.size(1);
        double[][] result = new double[2][columns];
        for (int c = 0; c < columns; c++) {
            double[] column = new double[(int) rows.size(0)];
            for (int i = 0; i < column.length; i++) {
                column[i] = rows.getDouble(i, c);
            }
            double mean = Arrays.stream(column).sum() / column.length;
            result[0][c] = mean;
            result[1][c] = Arrays.stream(column)
                            .map(value -> (value - mean) * (value - mean))
                            .sum()
                    / (column.length - 1);
        }
        return result;
    }

    private static double[] sum(double[] sums, double weight, double... values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> (sums == null ? 0 : sums[i]) + weight * values[i])
                .toArray();
    }

    private static Map<String, INDArray> copies(Map<String, INDArray> arrays) {
        Map<String, INDArray> copies = new HashMap<>();
        arrays.forEach((name, array) -> copies.put(name, array.dup()));
        return copies;
    }

    private static DataSetIterator source(CNN2DFormat format) {
        return new ListDataSetIterator<>(batch(format, 12, 7).asList(), 4);
    }

    private static DataSet batch(CNN2DFormat format, int size, int seed) {
        long[] shape = format == CNN2DFormat.NCHW ? new long[] {size, 2, SIDE, SIDE} : new long[] {size, SIDE, SIDE, 2};
        Nd4j.getRandom().setSeed(seed);
        INDArray images = Nd4j.randn(DataType.DOUBLE, shape).muli(3).addi(1);
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, size, CLASSES);
        for (int i = 0; i < size; i++) {
            labels.putScalar(i, i % CLASSES, 1);
        }
        return new DataSet(images, labels);
    }

    private static MultiLayerNetwork trained(CNN2DFormat format, boolean logarithms) {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(1e-2))
                .convolutionMode(ConvolutionMode.Same)
                .list(
                        convolution(format),
                        normalisation(logarithms),
                        new ActivationLayer(Activation.RELU),
                        convolution(format),
                        normalisation(logarithms),
                        new ActivationLayer(Activation.TANH),
                        new DenseLayer.Builder()
                                .nOut(5)
                                .activation(Activation.IDENTITY)
                                .build(),
                        normalisation(logarithms),
                        output())
                .setInputType(InputType.convolutional(SIDE, SIDE, 2, format))
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        network.fit(source(format), 3);
        return network;
    }

    private static ComputationGraph graph() {
        ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(4)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(1e-2))
                .convolutionMode(ConvolutionMode.Same)
                .graphBuilder()
                .addInputs("images")
                .addLayer("conv", convolution(CNN2DFormat.NCHW), "images")
                .addLayer("left", normalisation(false), "conv")
                .addLayer("right", normalisation(false), "conv")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "left", "right")
                .addLayer("pooled", new GlobalPoolingLayer(), "sum")
                .addLayer("output", output(), "pooled")
                .setOutputs("output")
                .setInputTypes(InputType.convolutional(SIDE, SIDE, 2))
                .build();
        ComputationGraph network = new ComputationGraph(configuration);
        network.init();
        network.fit(source(CNN2DFormat.NCHW), 2);
        return network;
    }

    private static ConvolutionLayer convolution(CNN2DFormat format) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(4)
                .dataFormat(format)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static BatchNormalization normalisation(boolean logarithms) {
        return new BatchNormalization.Builder().useLogStd(logarithms).build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder()
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }
}
