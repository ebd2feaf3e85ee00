package org.guidedmixup.bench.model.batchnorm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.guidedmixup.testing.CentralDifference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BatchNormTrainingTest {

    private static final double EPSILON = 1e-5;
    private final Random random = new Random(7);

    @ParameterizedTest
    @CsvSource({"1,1,2,1,false", "3,2,1,5,true", "5,3,7,3,true", "2,4,33,65,false", "4,1,49,50,true"})
    void forwardIsThePlainLoop(int batch, int channels, int height, int width, boolean relu) {
        PlainBatchNorm plain = plain(batch, channels, height * width, relu, 0);
        float[] y = new float[batch * channels * height * width];
        BatchNormKernel.Moments moments = kernel(plain).forward(flat(plain.x()), planes(plain), FloatBuffer.wrap(y));
        for (int channel = 0; channel < channels; channel++) {
            assertEquals(plain.mean(channel), moments.mean()[channel], 1e-5);
            assertEquals(plain.variance(channel), moments.variance()[channel], 1e-4);
        }
        assertClose(plain.y(), y, 1e-4);
    }

    @Test
    void aLargeMeanCostsNoPrecisionOfTheVariance() {
        PlainBatchNorm plain = plain(8, 2, 100, false, 1000);
        BatchNormKernel.Moments moments =
                kernel(plain).forward(flat(plain.x()), planes(plain), FloatBuffer.allocate(1600));
        assertEquals(1, moments.variance()[0] / plain.variance(0), 1e-3);
    }

    @ParameterizedTest
    @CsvSource({"3,2,1,5,true", "4,3,3,3,true", "4,3,3,3,false", "2,1,5,1,false"})
    void gradientInAGraphIsTheFiniteDifference(int batch, int channels, int height, int width, boolean relu) {
        PlainBatchNorm plain = plain(batch, channels, height * width, relu, 0.5);
        double[][][] weights = values(batch, channels, height * width, 0);
        Map<String, INDArray> gradients = graphGradients(plain, weights, height, width);
        INDArray byX = gradients.get("x").reshape(batch, channels, -1);
        for (int image = 0; image < batch; image++) {
            for (int channel = 0; channel < channels; channel++) {
                for (int pixel = 0; pixel < height * width; pixel++) {
                    double expected = difference(plain, weights, plain.x()[image][channel], pixel);
                    assertEquals(expected, byX.getDouble(image, channel, pixel), 2e-3);
                }
            }
        }
        for (int channel = 0; channel < channels; channel++) {
            assertEquals(
                    difference(plain, weights, plain.gamma(), channel),
                    gradients.get("gamma").getDouble(channel),
                    2e-3);
            assertEquals(
                    difference(plain, weights, plain.beta(), channel),
                    gradients.get("beta").getDouble(channel),
                    2e-3);
        }
    }

    private static double difference(PlainBatchNorm plain, double[][][] weights, double[] values, int index) {
        return CentralDifference.slope(moved -> values[index] = moved, values[index], 1e-6, () -> plain.loss(weights));
    }

    private static Map<String, INDArray> graphGradients(
            PlainBatchNorm plain, double[][][] weights, int height, int width) {
        HostSession.install();
        SameDiff graph = SameDiff.create();
        long[] shape = {plain.x().length, plain.gamma().length, height, width};
        SDVariable x =
                graph.var("x", Nd4j.createFromArray(flat(plain.x()).array()).reshape(shape));
        SDVariable gamma = graph.var("gamma", floats(plain.gamma()));
        SDVariable beta = graph.var("beta", floats(plain.beta()));
        SDVariable y = new BatchNormTraining(graph, x, gamma, beta, EPSILON, plain.relu()).outputVariables()[0];
        SDVariable weight =
                graph.constant(Nd4j.createFromArray(flat(weights).array()).reshape(shape));
        y.mul(weight).sum("loss");
        graph.setLossVariables("loss");
        return graph.calculateGradients(Map.of(), "x", "gamma", "beta");
    }

    private PlainBatchNorm plain(int batch, int channels, int pixels, boolean relu, double mean) {
        double[] gamma = new double[channels];
        double[] beta = new double[channels];
        for (int channel = 0; channel < channels; channel++) {
            gamma[channel] = (float) (0.5 + random.nextDouble());
            beta[channel] = (float) random.nextGaussian();
        }
        return new PlainBatchNorm(values(batch, channels, pixels, mean), gamma, beta, EPSILON, relu);
    }

    private double[][][] values(int batch, int channels, int pixels, double mean) {
        double[][][] values = new double[batch][channels][pixels];
        for (double[][] image : values) {
            for (double[] plane : image) {
                Arrays.setAll(plane, i -> (float) (mean + random.nextGaussian()));
            }
        }
        return values;
    }

    private static BatchNormKernel kernel(PlainBatchNorm plain) {
        float[] gamma = floats(plain.gamma()).toFloatVector();
        float[] beta = floats(plain.beta()).toFloatVector();
        return new BatchNormKernel(gamma, beta, EPSILON, plain.relu());
    }

    private static BatchNormKernel.Planes planes(PlainBatchNorm plain) {
        return new BatchNormKernel.Planes(plain.x().length, plain.gamma().length, plain.x()[0][0].length);
    }

    private static INDArray floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return Nd4j.createFromArray(floats);
    }

    private static FloatBuffer flat(double[][][] values) {
        FloatBuffer flat = FloatBuffer.allocate(values.length * values[0].length * values[0][0].length);
        for (double[][] image : values) {
            for (double[] plane : image) {
                for (double value : plane) {
                    flat.put((float) value);
                }
            }
        }
        return flat.rewind();
    }

    private static void assertClose(double[][][] expected, float[] actual, double tolerance) {
        assertArrayEquals(flat(expected).array(), actual, (float) tolerance);
    }
}
