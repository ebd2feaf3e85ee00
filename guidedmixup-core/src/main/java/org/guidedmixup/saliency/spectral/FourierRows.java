package org.guidedmixup.saliency.spectral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fast Fourier transforms of many signals side by side: row k holds element k of every signal, so that each step works on
 * whole rows and the compiler can use vector instructions.
 *
 * <p>Stockham's self-sorting algorithm with radix 4, 2 and any prime: O(n log n) for lengths without large prime factors.
 * Immutable; can be shared between threads.
 */
final class FourierRows {
    private final int length;
    private final Stage[] stages;
    /** Re and im of e^(−2πi k / length) at 2k and 2k + 1. */
    private final float[] roots;

    /**
     * Prepares transforms.
     *
     * @param length the number of rows n, at least 1
     */
    FourierRows(int length) {
        this.length = length;
        this.stages = stages(length);
        this.roots = new float[2 * length];
        for (int k = 0; k < length; k++) {
            double angle = -2 * Math.PI * k / length;
            roots[2 * k] = (float) Math.cos(angle);
            roots[2 * k + 1] = (float) Math.sin(angle);
        }
    }

    private static Stage[] stages(int length) {
        List<Stage> stages = new ArrayList<>();
        int stride = 1;
        for (int rest = length, radix; rest > 1; rest /= radix) {
            radix = rest % 4 == 0 ? 4 : smallestDivisor(rest);
            stages.add(new Stage(radix, length / radix, stride));
            stride *= radix;
        }
        return stages.toArray(new Stage[0]);
    }

    private static int smallestDivisor(int number) {
        int divisor = 2;
        while (number % divisor != 0) {
            divisor++;
        }
        return divisor;
    }

    /**
     * Forward transform in place: row k becomes Σ_t row_t e^(−2πi k t / n). The inverse transform, not divided by n, is the
     * forward one of {@link ComplexRows#exchanged}.
     *
     * @param values n rows of at least {@code lanes}. Modified: also which array stands at which row, re or im.
     * @param work room for intermediate results, likewise. Modified.
     * @param lanes the number of signals
     */
    void transform(ComplexRows values, ComplexRows work, int lanes) {
        ComplexRows from = values;
        ComplexRows to = work;
        for (Stage stage : stages) {
            apply(stage, from, to, lanes);
            ComplexRows exchange = from;
            from = to;
            to = exchange;
        }
        if (stages.length % 2 == 1) {
            values.exchangeRows(work);
        }
    }

    /**
     * One pass over all rows: groups of {@code radix} rows become neighbours.
     *
     * @param radix how many rows are combined
     * @param step how far apart they are, n / radix
     * @param stride how far apart the results are; the product of the radices before
     */
    private record Stage(int radix, int step, int stride) {
        int groups() {
            return step / stride;
        }

        /** The first of the rows that are combined. */
        int from(int group, int row) {
            return row + stride * group;
        }

        /** The row of the first result. */
        int to(int group, int row) {
            return row + stride * radix * group;
        }

        /** The root that the second result is multiplied with; the others with its powers. */
        int twiddle(int group) {
            return group * stride;
        }
    }

    private void apply(Stage stage, ComplexRows x, ComplexRows y, int lanes) {
        for (int group = 0; group < stage.groups(); group++) {
            for (int row = 0; row < stage.stride; row++) {
                switch (stage.radix) {
                    case 2 -> butterfly2(stage, group, row, x, y, lanes);
                    case 4 -> butterfly4(stage, group, row, x, y, lanes);
                    default -> butterfly(stage, group, row, x, y, lanes);
                }
            }
        }
    }

    /** y_k = w^k Σ_j x_j e^(−2πi j k / radix), with w the root number {@code twiddle}. */
    private void butterfly(Stage stage, int group, int row, ComplexRows x, ComplexRows y, int lanes) {
        int from = stage.from(group, row);
        int to = stage.to(group, row);
        int twiddle = stage.twiddle(group);
        for (int k = 0; k < stage.radix; k++) {
            float[] or = y.re[to + k * stage.stride];
            float[] oi = y.im[to + k * stage.stride];
            Arrays.fill(or, 0, lanes, 0);
            Arrays.fill(oi, 0, lanes, 0);
            for (int j = 0; j < stage.radix; j++) {
                int root = (int) (((long) k * twiddle + (long) j * k * stage.step) % length);
                float wr = roots[2 * root];
                float wi = roots[2 * root + 1];
                float[] ar = x.re[from + j * stage.step];
                float[] ai = x.im[from + j * stage.step];
                for (int l = 0; l < lanes; l++) {
                    or[l] += ar[l] * wr - ai[l] * wi;
                }
                for (int l = 0; l < lanes; l++) {
                    oi[l] += ar[l] * wi + ai[l] * wr;
                }
            }
        }
    }

    private void butterfly2(Stage stage, int group, int row, ComplexRows x, ComplexRows y, int lanes) {
        int first = stage.from(group, row);
        int second = first + stage.step;
        int sum = stage.to(group, row);
        int difference = sum + stage.stride;
        sumAndDifference(x.re[first], x.re[second], y.re[sum], y.re[difference], lanes);
        sumAndDifference(x.im[first], x.im[second], y.im[sum], y.im[difference], lanes);
        rotate(y.re[difference], y.im[difference], stage.twiddle(group), lanes);
    }

    /**
     * Four results of four values. Each loop computes two of the eight real numbers: the compiler makes no vector instructions
     * of one loop over all of it.
     */
    private void butterfly4(Stage stage, int group, int row, ComplexRows x, ComplexRows y, int lanes) {
        int from = stage.from(group, row);
        int from1 = from + stage.step;
        int from2 = from1 + stage.step;
        int from3 = from2 + stage.step;
        int to = stage.to(group, row);
        int to1 = to + stage.stride;
        int to2 = to1 + stage.stride;
        int to3 = to2 + stage.stride;
        int twiddle = stage.twiddle(group);
        evenResults(x.re[from], x.re[from1], x.re[from2], x.re[from3], y.re[to], y.re[to2], lanes);
        evenResults(x.im[from], x.im[from1], x.im[from2], x.im[from3], y.im[to], y.im[to2], lanes);
        // y1 = x0 − x2 − i (x1 − x3) and y3 = x0 − x2 + i (x1 − x3): real parts of one pair with imaginary parts of the
        // other.
        oddResults(x.re[from], x.im[from1], x.re[from2], x.im[from3], y.re[to1], y.re[to3], lanes);
        oddResults(x.im[from], x.re[from1], x.im[from2], x.re[from3], y.im[to3], y.im[to1], lanes);
        rotate(y.re[to1], y.im[to1], twiddle, lanes);
        rotate(y.re[to2], y.im[to2], 2 * twiddle, lanes);
        rotate(y.re[to3], y.im[to3], 3 * twiddle, lanes);
    }

    private static void evenResults(
            float[] a, float[] b, float[] c, float[] d, float[] sum, float[] difference, int lanes) {
        for (int l = 0; l < lanes; l++) {
            float even = a[l] + c[l];
            float odd = b[l] + d[l];
            sum[l] = even + odd;
            difference[l] = even - odd;
        }
    }

    private static void oddResults(
            float[] a, float[] b, float[] c, float[] d, float[] sum, float[] difference, int lanes) {
        for (int l = 0; l < lanes; l++) {
            float even = a[l] - c[l];
            float odd = b[l] - d[l];
            sum[l] = even + odd;
            difference[l] = even - odd;
        }
    }

    private static void sumAndDifference(float[] a, float[] b, float[] sum, float[] difference, int lanes) {
        for (int l = 0; l < lanes; l++) {
            sum[l] = a[l] + b[l];
            difference[l] = a[l] - b[l];
        }
    }

    /** Multiplies by a root. */
    private void rotate(float[] re, float[] im, int root, int lanes) {
        if (root != 0) {
            rotate(re, im, roots[2 * root], roots[2 * root + 1], lanes);
        }
    }

    /** Both are read before one is written: otherwise the compiler makes no vector instructions of it. */
    private static void rotate(float[] re, float[] im, float rootRe, float rootIm, int lanes) {
        for (int l = 0; l < lanes; l++) {
            float a = re[l];
            float b = im[l];
            re[l] = a * rootRe - b * rootIm;
            im[l] = a * rootIm + b * rootRe;
        }
    }
}
