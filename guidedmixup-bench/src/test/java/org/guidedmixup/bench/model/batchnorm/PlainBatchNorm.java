package org.guidedmixup.bench.model.batchnorm;

/** Batch normalization of [N, C, P] values (P pixels per plane), written plainly, in double. */
@SuppressWarnings("ArrayRecordComponent")
record PlainBatchNorm(double[][][] x, double[] gamma, double[] beta, double epsilon, boolean relu) {

    double mean(int channel) {
        double sum = 0;
        for (double[][] image : x) {
            for (double value : image[channel]) {
                sum += value;
            }
        }
        return sum / samples();
    }

    double variance(int channel) {
        double mean = mean(channel);
        double sum = 0;
        for (double[][] image : x) {
            for (double value : image[channel]) {
                sum += (value - mean) * (value - mean);
            }
        }
        return sum / samples();
    }

    double[][][] y() {
        double[][][] y = new double[x.length][gamma.length][x[0][0].length];
        for (int channel = 0; channel < gamma.length; channel++) {
            double mean = mean(channel);
            double deviation = Math.sqrt(variance(channel) + epsilon);
            for (int image = 0; image < x.length; image++) {
                for (int pixel = 0; pixel < x[0][0].length; pixel++) {
                    double value = gamma[channel] * (x[image][channel][pixel] - mean) / deviation + beta[channel];
                    y[image][channel][pixel] = relu ? Math.max(0, value) : value;
                }
            }
        }
        return y;
    }

    /** Returns the weighted sum of y. */
    double loss(double[][][] weights) {
        double[][][] y = y();
        double sum = 0;
        for (int image = 0; image < y.length; image++) {
            for (int channel = 0; channel < y[0].length; channel++) {
                for (int pixel = 0; pixel < y[0][0].length; pixel++) {
                    sum += weights[image][channel][pixel] * y[image][channel][pixel];
                }
            }
        }
        return sum;
    }

    private int samples() {
        return x.length * x[0][0].length;
    }
}
