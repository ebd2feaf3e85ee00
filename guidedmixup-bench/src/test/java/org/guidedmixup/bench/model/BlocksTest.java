package org.guidedmixup.bench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The blocks of the networks, with running statistics, against plain loops over the same weights. */
class BlocksTest {
    private static final int CHANNELS = 4;

    private final ParameterSource parameters = new ParameterSource(1, Initialization.HE);
    private final SameDiff graph = SameDiff.create();
    private final Layers layers = new Layers(graph, BatchNormMode.INFERENCE, parameters);

    /** The feature maps of one batch, [N][C][H][W]. */
    private static final class Maps {
        private final double[][][][] values;

        Maps(double[][][][] values) {
            this.values = values;
        }

        int channels() {
            return values[0].length;
        }

        int height() {
            return values[0][0].length;
        }

        int width() {
            return values[0][0][0].length;
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "6, 1", "4, 2", "8, 2"})
    void preActBlock(int outputs, int stride) {
        Maps x = random(2, CHANNELS, 7, 5);
        FeatureMaps y = layers.preActBlock("b", input(x), outputs, stride);
        randomizeParameters();
        Maps active = relu(norm("b.norm1", x));
        Maps shortcut = stride == 1 && outputs == CHANNELS ? x : convolution("b.shortcut", active, stride);
        Maps residual = convolution("b.conv2", relu(norm("b.norm2", convolution("b.conv1", active, stride))), 1);
        assertSame(sum(residual, shortcut), y);
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "6, 1", "4, 2", "8, 2"})
    void basicBlock(int outputs, int stride) {
        Maps x = random(2, CHANNELS, 7, 5);
        FeatureMaps y = layers.basicBlock("b", input(x), outputs, stride);
        randomizeParameters();
        Maps inner = relu(norm("b.norm1", convolution("b.conv1", x, stride)));
        Maps shortcut =
                stride == 1 && outputs == CHANNELS ? x : norm("b.shortcut.norm", convolution("b.shortcut", x, stride));
        assertSame(relu(sum(norm("b.norm2", convolution("b.conv2", inner, 1)), shortcut)), y);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "1, 2", "3, 2"})
    void bottleneckBlock(int inner, int stride) {
        Maps x = random(2, CHANNELS, 7, 6);
        FeatureMaps y = layers.bottleneckBlock("b", input(x), inner, stride);
        randomizeParameters();
        Maps reduced = relu(norm("b.norm1", convolution("b.conv1", x, 1)));
        Maps middle = relu(norm("b.norm2", convolution("b.conv2", reduced, stride)));
        Maps shortcut = stride == 1 && 4 * inner == CHANNELS
                ? x
                : norm("b.shortcut.norm", convolution("b.shortcut", x, stride));
        assertSame(relu(sum(norm("b.norm3", convolution("b.conv3", middle, 1)), shortcut)), y);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void denseLayer(int growth) {
        Maps x = random(2, CHANNELS, 5, 6);
        FeatureMaps y = layers.denseLayer("b", input(x), growth);
        randomizeParameters();
        Maps reduced = convolution("b.conv1", relu(norm("b.norm1", x)), 1);
        Maps added = convolution("b.conv2", relu(norm("b.norm2", reduced)), 1);
        double[][][][] both = new double[2][CHANNELS + growth][][];
        for (int n = 0; n < 2; n++) {
            System.arraycopy(x.values[n], 0, both[n], 0, CHANNELS);
            System.arraycopy(added.values[n], 0, both[n], CHANNELS, growth);
        }
        assertSame(new Maps(both), y);
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "5, 7", "1, 6", "3, 1", "1, 1"})
    void averagePoolAndItsGradient(int height, int width) {
        Maps x = random(2, 3, height, width);
        FeatureMaps y = layers.averagePool(input(x));
        int kernelHeight = Math.min(2, height);
        int kernelWidth = Math.min(2, width);
        double[][][][] mean = new double[2][3][height / kernelHeight][width / kernelWidth];
        float[] gradient = new float[2 * 3 * height * width];
        for (int n = 0; n < 2; n++) {
            for (int c = 0; c < 3; c++) {
                for (int i = 0; i < kernelHeight * (height / kernelHeight); i++) {
                    for (int j = 0; j < kernelWidth * (width / kernelWidth); j++) {
                        double share = 1.0 / (kernelHeight * kernelWidth);
                        mean[n][c][i / kernelHeight][j / kernelWidth] += share * x.values[n][c][i][j];
                        gradient[((n * 3 + c) * height + i) * width + j] = (float) share;
                    }
                }
            }
        }
        assertSame(new Maps(mean), y);
        graph.setLossVariables(y.variable().sum("loss"));
        INDArray actual = graph.calculateGradients(Map.of(), "x").get("x");
        assertArrayEquals(gradient, actual.dup('c').data().asFloat(), 1e-6f);
    }

    private FeatureMaps input(Maps x) {
        return new FeatureMaps(graph.var("x", array(x)), x.channels(), x.height(), x.width());
    }

    /** Sets scales, offsets and statistics that cannot hide a mistake. */
    private void randomizeParameters() {
        Random random = new Random(7);
        parameters.parameters().forEach((name, values) -> {
            if (name.endsWith(".gamma") || name.endsWith(".beta")) {
                fill(name, random, -1, 1);
            }
        });
        parameters.runningStatistics().keySet().forEach(layer -> {
            fill(layer + ".mean", random, -0.5, 0.5);
            fill(layer + ".variance", random, 0.3, 2);
        });
    }

    private void fill(String variable, Random random, double low, double high) {
        INDArray array = graph.getVariable(variable).getArr();
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, low + (high - low) * random.nextDouble());
        }
        graph.getVariable(variable).setArray(array);
    }

    private Maps convolution(String name, Maps x, int stride) {
        INDArray weight = graph.getVariable(name + ".weight").getArr();
        int kernel = (int) weight.size(0);
        int outputs = (int) weight.size(3);
        double[][][][] y =
                new double[x.values.length][outputs][(x.height() - 1) / stride + 1][(x.width() - 1) / stride + 1];
        for (int n = 0; n < y.length; n++) {
            for (int o = 0; o < outputs; o++) {
                for (int i = 0; i < y[n][o].length; i++) {
                    for (int j = 0; j < y[n][o][i].length; j++) {
                        y[n][o][i][j] = product(x, weight, n, o, i * stride - kernel / 2, j * stride - kernel / 2);
                    }
                }
            }
        }
        return new Maps(y);
    }

    private static double product(Maps x, INDArray weight, int image, int output, int top, int left) {
        double sum = 0;
        for (int c = 0; c < x.channels(); c++) {
            for (int i = 0; i < weight.size(0); i++) {
                for (int j = 0; j < weight.size(1); j++) {
                    int row = top + i;
                    int column = left + j;
                    if (row >= 0 && row < x.height() && column >= 0 && column < x.width()) {
                        sum += weight.getDouble(i, j, c, output) * x.values[image][c][row][column];
                    }
                }
            }
        }
        return sum;
    }

    private Maps norm(String name, Maps x) {
        INDArray mean = graph.getVariable(name + ".mean").getArr();
        INDArray variance = graph.getVariable(name + ".variance").getArr();
        INDArray gamma = graph.getVariable(name + ".gamma").getArr();
        INDArray beta = graph.getVariable(name + ".beta").getArr();
        return map(
                x,
                (value, c) -> gamma.getDouble(c)
                                * (value - mean.getDouble(c))
                                / Math.sqrt(variance.getDouble(c) + Layers.EPSILON)
                        + beta.getDouble(c));
    }

    private static Maps relu(Maps x) {
        return map(x, (value, c) -> Math.max(0, value));
    }

    private interface ValueOfChannel {
        double apply(double value, int channel);
    }

    private static Maps map(Maps x, ValueOfChannel function) {
        double[][][][] y = new double[x.values.length][x.channels()][x.height()][x.width()];
        for (int n = 0; n < y.length; n++) {
            for (int c = 0; c < x.channels(); c++) {
                for (int i = 0; i < x.height(); i++) {
                    for (int j = 0; j < x.width(); j++) {
                        y[n][c][i][j] = function.apply(x.values[n][c][i][j], c);
                    }
                }
            }
        }
        return new Maps(y);
    }

    private static Maps sum(Maps a, Maps b) {
        double[][][][] y = map(a, (value, c) -> value).values;
        for (int n = 0; n < y.length; n++) {
            for (int c = 0; c < a.channels(); c++) {
                for (int i = 0; i < a.height(); i++) {
                    for (int j = 0; j < a.width(); j++) {
                        y[n][c][i][j] += b.values[n][c][i][j];
                    }
                }
            }
        }
        return new Maps(y);
    }

    private static Maps random(int batch, int channels, int height, int width) {
        Random random = new Random(height * 31L + width);
        return map(new Maps(new double[batch][channels][height][width]), (zero, c) -> (float) random.nextGaussian());
    }

    private static INDArray array(Maps x) {
        float[] values = new float[x.values.length * x.channels() * x.height() * x.width()];
        int at = 0;
        for (double[][][] image : x.values) {
            for (double[][] channel : image) {
                for (double[] row : channel) {
                    for (double value : row) {
                        values[at++] = (float) value;
                    }
                }
            }
        }
        return Nd4j.createFromArray(values).reshape(x.values.length, x.channels(), x.height(), x.width());
    }

    private static void assertSame(Maps expected, FeatureMaps actual) {
        assertEquals(expected.channels(), actual.channels());
        assertEquals(expected.height(), actual.height());
        assertEquals(expected.width(), actual.width());
        INDArray wanted = array(expected);
        INDArray computed = actual.variable().eval();
        assertArrayEquals(wanted.shape(), computed.shape());
        assertArrayEquals(wanted.data().asFloat(), computed.dup('c').data().asFloat(), 1e-4f);
    }
}
