package org.guidedmixup.internal.host;

import java.util.Optional;

/**
 * The outputs of {@link Bands} two by two: neighbours read nearly the same inputs, which are then loaded once for both.
 * Immutable; can be shared between threads.
 */
final class PairedBands {
    /** Shorter filters gain nothing. */
    private static final int FEWEST_TAPS = 6;

    /** How many inputs a loop reads; the compiler makes no vector instructions of longer ones. */
    private static final int INPUTS_AT_ONCE = 3;

    /** Pair p is of outputs 2 p and 2 p + 1 and reads inputs first[p] to first[p] + taps − 1. */
    private final int[] first;

    private final int taps;
    /** The weights of output o start at o * taps. */
    private final float[] weights;

    private PairedBands(int[] first, int taps, float[] weights) {
        this.first = first;
        this.taps = taps;
        this.weights = weights;
    }

    /**
     * Pairs outputs.
     *
     * @param first output o reads inputs from first[o] on. Not modified.
     * @param weights those of output o start at o * taps. Not modified.
     * @param taps the number of inputs of every output
     * @param inputs the number of inputs in all
     * @return the pairs, without a last output of an odd number; empty if they would not be faster
     */
    static Optional<PairedBands> of(int[] first, float[] weights, int taps, int inputs) {
        int pairs = first.length / 2;
        int widest = 0;
        for (int p = 0; p < pairs; p++) {
            widest = Math.max(widest, taps + Math.abs(first[2 * p + 1] - first[2 * p]));
        }
        int read = (widest + INPUTS_AT_ONCE - 1) / INPUTS_AT_ONCE * INPUTS_AT_ONCE;
        if (taps < FEWEST_TAPS || read > inputs || read > taps + INPUTS_AT_ONCE) {
            return Optional.empty();
        }
        int[] start = new int[pairs];
        float[] padded = new float[2 * pairs * read];
        for (int p = 0; p < pairs; p++) {
            start[p] = Math.min(Math.min(first[2 * p], first[2 * p + 1]), inputs - read);
            for (int o = 2 * p; o < 2 * p + 2; o++) {
                System.arraycopy(weights, o * taps, padded, o * read + first[o] - start[p], taps);
            }
        }
        return Optional.of(new PairedBands(start, read, padded));
    }

    /** Returns the number of outputs. */
    int outputs() {
        return 2 * first.length;
    }

    /** Filters along the first axis: output rows are weighted sums of input rows of {@code lanes} elements. */
    void acrossRows(float[][] in, float[][] out, int lanes) {
        float[] w = weights;
        for (int p = 0; p < first.length; p++) {
            int e = 2 * p * taps;
            int o = e + taps;
            int s = first[p];
            float[] even = out[2 * p];
            float[] odd = out[2 * p + 1];
            set(in[s], in[s + 1], in[s + 2], w[e], w[e + 1], w[e + 2], w[o], w[o + 1], w[o + 2], even, odd, lanes);
            for (int t = INPUTS_AT_ONCE; t < taps; t += INPUTS_AT_ONCE) {
                e += INPUTS_AT_ONCE;
                o += INPUTS_AT_ONCE;
                s += INPUTS_AT_ONCE;
                add(in[s], in[s + 1], in[s + 2], w[e], w[e + 1], w[e + 2], w[o], w[o + 1], w[o + 2], even, odd, lanes);
            }
        }
    }

    private static void set(
            float[] a,
            float[] b,
            float[] c,
            float evenA,
            float evenB,
            float evenC,
            float oddA,
            float oddB,
            float oddC,
            float[] even,
            float[] odd,
            int lanes) {
        for (int l = 0; l < lanes; l++) {
            float x = a[l];
            float y = b[l];
            float z = c[l];
            float evenSum = x * evenA + y * evenB + z * evenC;
            float oddSum = x * oddA + y * oddB + z * oddC;
            even[l] = evenSum;
            odd[l] = oddSum;
        }
    }

    private static void add(
            float[] a,
            float[] b,
            float[] c,
            float evenA,
            float evenB,
            float evenC,
            float oddA,
            float oddB,
            float oddC,
            float[] even,
            float[] odd,
            int lanes) {
        for (int l = 0; l < lanes; l++) {
            float x = a[l];
            float y = b[l];
            float z = c[l];
            float evenSum = even[l] + x * evenA + y * evenB + z * evenC;
            float oddSum = odd[l] + x * oddA + y * oddB + z * oddC;
            even[l] = evenSum;
            odd[l] = oddSum;
        }
    }
}
