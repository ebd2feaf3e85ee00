package org.guidedmixup.internal.host;

import java.util.Arrays;
import java.util.Optional;

/**
 * A matrix of a filter along one axis, without its zeros: every output is a weighted sum of neighbouring inputs.
 * Immutable; can be shared between threads.
 */
public final class Bands {
    private static final double SUM_TOLERANCE = 1e-4;

    private final int inputs;
    private final int outputs;
    private final int taps;
    /** Output o reads inputs first[o] to first[o] + taps − 1. */
    private final int[] first;
    /** The weights of output o start at o * taps. */
    private final float[] weights;

    private final Optional<PairedBands> pairs;

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
        pairs = PairedBands.of(first, weights, taps, inputs);
    }

    private Bands(int inputs, int taps, int[] first, float[] weights) {
        this.inputs = inputs;
        this.taps = taps;
        this.first = first;
        this.weights = weights;
        outputs = first.length;
        pairs = PairedBands.of(first, weights, taps, inputs);
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

    /** Returns the first outputs of this filter, or others in a row. */
    Bands part(int from, int to) {
        return new Bands(
                inputs, taps, Arrays.copyOfRange(first, from, to), Arrays.copyOfRange(weights, from * taps, to * taps));
    }

    /** Returns the sum of the weights of every input. */
    float[] inputSums() {
        float[] sums = new float[inputs];
        for (int o = 0; o < outputs; o++) {
            for (int t = 0; t < taps; t++) {
                sums[first[o] + t] += weights[o * taps + t];
            }
        }
        return sums;
    }

    /** Returns whether the weights of every output sum to 1, within rounding errors. */
    boolean preservesConstants() {
        for (int o = 0; o < outputs; o++) {
            double sum = 0;
            for (int t = 0; t < taps; t++) {
                sum += weights[o * taps + t];
            }
            if (Math.abs(sum - 1) > SUM_TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns a filter with as many outputs as inputs whose results are as long as those of this one, and as far apart: the
     * factor R of this matrix A = Q R, so that ‖R x‖ = ‖A x‖ for every x. Its band is as wide as this one's.
     *
     * <p>Rows are rotated into R one by one (Givens). Cholesky's factor of AᵀA is the same in exact arithmetic, but wrong where
     * A loses rank, as it does with fewer outputs than inputs.
     */
    Bands triangle() {
        double[][] triangle = new double[inputs][taps]; // element (c, c + d) at [c][d]
        for (int o = 0; o < outputs; o++) {
            double[] row = new double[taps];
            for (int t = 0; t < taps; t++) {
                row[t] = weights[o * taps + t];
            }
            for (int c = first[o]; c < inputs; c++) {
                rotate(triangle[c], row);
                System.arraycopy(row, 1, row, 0, taps - 1);
                row[taps - 1] = 0;
            }
        }
        float[][] matrix = new float[inputs][inputs];
        for (int c = 0; c < inputs; c++) {
            for (int d = 0; d < Math.min(taps, inputs - c); d++) {
                matrix[c + d][c] = (float) triangle[c][d];
            }
        }
        return new Bands(matrix);
    }

    /** Rotates two rows so that the first element of {@code row} becomes 0. */
    private static void rotate(double[] pivot, double[] row) {
        double length = Math.sqrt(pivot[0] * pivot[0] + row[0] * row[0]);
        if (row[0] == 0 || length == 0) {
            return;
        }
        double cos = pivot[0] / length;
        double sin = row[0] / length;
        for (int d = 0; d < row.length; d++) {
            double a = pivot[d];
            pivot[d] = cos * a + sin * row[d];
            row[d] = cos * row[d] - sin * a;
        }
    }

    /** Returns the matrix, [inputs][outputs]. */
    float[][] matrix() {
        float[][] matrix = new float[inputs][outputs];
        for (int o = 0; o < outputs; o++) {
            for (int t = 0; t < taps; t++) {
                matrix[first[o] + t][o] = weights[o * taps + t];
            }
        }
        return matrix;
    }

    int inputs() {
        return inputs;
    }

    int outputs() {
        return outputs;
    }

    /** Filters along the first axis: output rows are weighted sums of input rows of {@code lanes} elements. */
    void acrossRows(float[][] in, float[][] out, int lanes) {
        pairs.ifPresent(both -> both.acrossRows(in, out, lanes));
        for (int o = pairs.map(PairedBands::outputs).orElse(0); o < outputs; o++) {
            float[] row = out[o];
            int t = 0;
            if (taps >= 4) {
                setToFourRows(in, first[o], o * taps, row, lanes);
                t = 4;
            } else {
                Arrays.fill(row, 0, lanes, 0);
            }
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

    private void setToFourRows(float[][] in, int source, int weight, float[] row, int lanes) {
        float[] a = in[source];
        float[] b = in[source + 1];
        float[] c = in[source + 2];
        float[] d = in[source + 3];
        float wa = weights[weight];
        float wb = weights[weight + 1];
        float wc = weights[weight + 2];
        float wd = weights[weight + 3];
        for (int l = 0; l < lanes; l++) {
            row[l] = a[l] * wa + b[l] * wb + c[l] * wc + d[l] * wd;
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
