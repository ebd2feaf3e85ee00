package org.guidedmixup.internal.host;

import java.util.Arrays;

/**
 * A matrix of a filter along one axis, without its zeros: every output is a weighted sum of neighbouring inputs.
 * Immutable; can be shared between threads.
 */
public final class Bands {
    private final int inputs;
    private final int outputs;
    private final int taps;
    /** Output o reads inputs first[o] to first[o] + taps − 1. */
    private final int[] first;
    /** The weights of output o start at o * taps. */
    private final float[] weights;

    /**
     * Extracts the bands of a matrix.
     *
     * @param matrix [inputs][outputs]. Not modified.
     */
    public Bands(float[][] matrix) {
        inputs = matrix.length;
        outputs = matrix[0].length;
        int[] low = new int[outputs];
        int widest = 1;
        for (int o = 0; o < outputs; o++) {
            int high = 0;
            low[o] = inputs;
            for (int i = 0; i < inputs; i++) {
                if (matrix[i][o] != 0) {
                    low[o] = Math.min(low[o], i);
                    high = i;
                }
            }
            widest = Math.max(widest, high - low[o] + 1);
        }
        taps = widest;
        first = new int[outputs];
        weights = new float[outputs * taps];
        for (int o = 0; o < outputs; o++) {
            first[o] = Math.max(0, Math.min(low[o], inputs - taps));
            for (int t = 0; t < taps; t++) {
                weights[o * taps + t] = matrix[first[o] + t][o];
            }
        }
    }

    /** Returns the identity filter. */
    static Bands identity(int length) {
        float[][] matrix = new float[length][length];
        for (int i = 0; i < length; i++) {
            matrix[i][i] = 1;
        }
        return new Bands(matrix);
    }

    /** Returns the matrix of this filter followed by another one. */
    Bands then(Bands next) {
        float[][] product = new float[inputs][next.outputs];
        for (int o = 0; o < next.outputs; o++) {
            for (int t = 0; t < next.taps; t++) {
                int between = next.first[o] + t;
                float weight = next.weights[o * next.taps + t];
                for (int u = 0; u < taps; u++) {
                    product[first[between] + u][o] += weights[between * taps + u] * weight;
                }
            }
        }
        return new Bands(product);
    }

    int inputs() {
        return inputs;
    }

    int outputs() {
        return outputs;
    }

    /** Filters along the first axis: output rows are weighted sums of input rows of {@code lanes} elements. */
    void acrossRows(float[][] in, float[][] out, int lanes) {
        for (int o = 0; o < outputs; o++) {
            float[] row = out[o];
            Arrays.fill(row, 0, lanes, 0);
            int t = 0;
            for (; t + 4 <= taps; t += 4) {
                addFourRows(in, first[o] + t, o * taps + t, row, lanes);
            }
            for (; t + 2 <= taps; t += 2) {
                addTwoRows(in, first[o] + t, o * taps + t, row, lanes);
            }
            if (t < taps) {
                addRow(in[first[o] + t], weights[o * taps + t], row, lanes);
            }
        }
    }

    private void addFourRows(float[][] in, int source, int weight, float[] row, int lanes) {
        float[] a = in[source];
        float[] b = in[source + 1];
        float[] c = in[source + 2];
        float[] d = in[source + 3];
        float wa = weights[weight];
        float wb = weights[weight + 1];
        float wc = weights[weight + 2];
        float wd = weights[weight + 3];
        for (int l = 0; l < lanes; l++) {
            row[l] += a[l] * wa + b[l] * wb + c[l] * wc + d[l] * wd;
        }
    }

    private void addTwoRows(float[][] in, int source, int weight, float[] row, int lanes) {
        float[] a = in[source];
        float[] b = in[source + 1];
        float wa = weights[weight];
        float wb = weights[weight + 1];
        for (int l = 0; l < lanes; l++) {
            row[l] += a[l] * wa + b[l] * wb;
        }
    }

    private static void addRow(float[] a, float weight, float[] row, int lanes) {
        for (int l = 0; l < lanes; l++) {
            row[l] += a[l] * weight;
        }
    }
}
