package org.guidedmixup.bench.model.batchnorm;

import java.nio.FloatBuffer;

/**
 * The gradient of batch normalization within one channel, chunk by chunk: sums first, then the gradient with respect to
 * x.
 */
final class ChannelGradient {

    private final float scale;
    private final float shift;
    private final float mean;
    private final boolean relu;
    private final float[] centred;
    private final float[] gradient;
    private int count;
    private double sum;
    private double sumCentred;

    ChannelGradient(float scale, float shift, float mean, boolean relu, int chunk) {
        this.scale = scale;
        this.shift = shift;
        this.mean = mean;
        this.relu = relu;
        centred = new float[chunk];
        gradient = new float[chunk];
    }

    /** Returns the sum of the gradient with respect to y. */
    double sum() {
        return sum;
    }

    /** Returns the sum of the gradient with respect to y times {@code x - mean}. */
    double sumCentred() {
        return sumCentred;
    }

    void load(FloatBuffer x, FloatBuffer gradientY, int offset, int elements) {
        count = elements;
        x.get(offset, centred, 0, elements);
        gradientY.get(offset, gradient, 0, elements);
        if (relu) {
            stopWhereInactive();
        }
        for (int i = 0; i < elements; i++) {
            centred[i] -= mean;
        }
    }

    /**
     * Zeroes the gradient where the output was not above zero, without a branch: half the outputs are zero in no order
     * a processor can predict. Any normal float above zero times the largest float is above one.
     */
    private void stopWhereInactive() {
        for (int i = 0; i < count; i++) {
            gradient[i] *= Math.min(1f, Math.max(0f, scale * centred[i] + shift) * Float.MAX_VALUE);
        }
    }

    void accumulate() {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        float product0 = 0;
        float product1 = 0;
        float product2 = 0;
        float product3 = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            sum0 += gradient[i];
            sum1 += gradient[i + 1];
            sum2 += gradient[i + 2];
            sum3 += gradient[i + 3];
            product0 += gradient[i] * centred[i];
            product1 += gradient[i + 1] * centred[i + 1];
            product2 += gradient[i + 2] * centred[i + 2];
            product3 += gradient[i + 3] * centred[i + 3];
        }
        for (; i < count; i++) {
            sum0 += gradient[i];
            product0 += gradient[i] * centred[i];
        }
        sum += (double) sum0 + sum1 + sum2 + sum3;
        sumCentred += (double) product0 + product1 + product2 + product3;
    }

    /** Writes {@code scale g + slope (x - mean) + constant}. */
    void storeGradient(float slope, float constant, FloatBuffer gradientX, int offset) {
        for (int i = 0; i < count; i++) {
            gradient[i] = scale * gradient[i] + slope * centred[i] + constant;
        }
        gradientX.put(offset, gradient, 0, count);
    }
}
