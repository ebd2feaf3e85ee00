package org.guidedmixup.bench.model.batchnorm;

/** Sums of {@code x - pivot} and of its square. Lanes let the processor overlap additions the language keeps in order. */
final class ChannelSums {

    final float pivot;
    double sum;
    double squares;

    ChannelSums(float pivot) {
        this.pivot = pivot;
    }

    void add(float[] values, int count) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        float square0 = 0;
        float square1 = 0;
        float square2 = 0;
        float square3 = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            float a = values[i] - pivot;
            float b = values[i + 1] - pivot;
            float c = values[i + 2] - pivot;
            float d = values[i + 3] - pivot;
            sum0 += a;
            sum1 += b;
            sum2 += c;
            sum3 += d;
            square0 += a * a;
            square1 += b * b;
            square2 += c * c;
            square3 += d * d;
        }
        for (; i < count; i++) {
            float a = values[i] - pivot;
            sum0 += a;
            square0 += a * a;
        }
        sum += (double) sum0 + sum1 + sum2 + sum3;
        squares += (double) square0 + square1 + square2 + square3;
    }
}
