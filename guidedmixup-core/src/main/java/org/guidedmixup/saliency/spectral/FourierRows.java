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
    private final int[] radices;
    /** Re and im of e^(−2πi k / length) at 2k and 2k + 1. */
    private final float[] roots;

    /**
     * Prepares transforms.
     *
     * @param length the number of rows n, at least 1
     */
    FourierRows(int length) {
        this.length = length;
        this.radices = radices(length);
        this.roots = new float[2 * length];
        for (int k = 0; k < length; k++) {
            double angle = -2 * Math.PI * k / length;
            roots[2 * k] = (float) Math.cos(angle);
            roots[2 * k + 1] = (float) Math.sin(angle);
        }
    }

    private static int[] radices(int length) {
        List<Integer> radices = new ArrayList<>();
        int rest = length;
        while (rest % 4 == 0) {
            radices.add(4);
            rest /= 4;
        }
        for (int prime = 2; rest > 1; prime++) {
            while (rest % prime == 0) {
                radices.add(prime);
                rest /= prime;
            }
        }
        return radices.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Forward transform in place: row k becomes Σ_t row_t e^(−2πi k t / n). Exchanging real and imaginary rows in the call
     * gives the inverse transform, not divided by n.
     *
     * @param re the real parts, n rows of at least {@code lanes}. Modified: also which array stands at which row.
     * @param im the imaginary parts, likewise; rows may change places with those of {@code re}
     * @param workRe n rows for intermediate results, likewise. Modified.
     * @param workIm likewise
     * @param lanes the number of signals
     */
    void transform(float[][] re, float[][] im, float[][] workRe, float[][] workIm, int lanes) {
        int remaining = length;
        int stride = 1;
        float[][] fromRe = re;
        float[][] fromIm = im;
        float[][] toRe = workRe;
        float[][] toIm = workIm;
        for (int radix : radices) {
            stage(radix, remaining, stride, fromRe, fromIm, toRe, toIm, lanes);
            remaining /= radix;
            stride *= radix;
            float[][] exchange = fromRe;
            fromRe = toRe;
            toRe = exchange;
            exchange = fromIm;
            fromIm = toIm;
            toIm = exchange;
        }
        if (radices.length % 2 == 1) {
            exchangeRows(re, workRe);
            exchangeRows(im, workIm);
        }
    }

    private void exchangeRows(float[][] a, float[][] b) {
        for (int i = 0; i < length; i++) {
            float[] row = a[i];
            a[i] = b[i];
            b[i] = row;
        }
    }

    /** One pass over all rows: groups of {@code radix} rows that are n / radix apart become neighbours. */
    private void stage(
            int radix, int remaining, int stride, float[][] xr, float[][] xi, float[][] yr, float[][] yi, int lanes) {
        int m = remaining / radix;
        int step = length / radix;
        for (int p = 0; p < m; p++) {
            for (int q = 0; q < stride; q++) {
                int from = q + stride * p;
                int to = q + stride * radix * p;
                switch (radix) {
                    case 2 -> butterfly2(from, step, to, stride, p * stride, xr, xi, yr, yi, lanes);
                    case 4 -> butterfly4(from, step, to, stride, p * stride, xr, xi, yr, yi, lanes);
                    default -> butterfly(radix, from, step, to, stride, p * stride, xr, xi, yr, yi, lanes);
                }
            }
        }
    }

    /** y_k = w^k Σ_j x_j e^(−2πi j k / radix), with w the root number {@code twiddle}. */
    private void butterfly(
            int radix,
            int from,
            int step,
            int to,
            int stride,
            int twiddle,
            float[][] xr,
            float[][] xi,
            float[][] yr,
            float[][] yi,
            int lanes) {
        for (int k = 0; k < radix; k++) {
            float[] or = yr[to + k * stride];
            float[] oi = yi[to + k * stride];
            Arrays.fill(or, 0, lanes, 0);
            Arrays.fill(oi, 0, lanes, 0);
            for (int j = 0; j < radix; j++) {
                int root = (int) (((long) k * twiddle + (long) j * k * (length / radix)) % length);
                float wr = roots[2 * root];
                float wi = roots[2 * root + 1];
                float[] ar = xr[from + j * step];
                float[] ai = xi[from + j * step];
                for (int l = 0; l < lanes; l++) {
                    or[l] += ar[l] * wr - ai[l] * wi;
                }
                for (int l = 0; l < lanes; l++) {
                    oi[l] += ar[l] * wi + ai[l] * wr;
                }
            }
        }
    }

    private void butterfly2(
            int from,
            int step,
            int to,
            int stride,
            int twiddle,
            float[][] xr,
            float[][] xi,
            float[][] yr,
            float[][] yi,
            int lanes) {
        sumAndDifference(xr[from], xr[from + step], yr[to], yr[to + stride], lanes);
        sumAndDifference(xi[from], xi[from + step], yi[to], yi[to + stride], lanes);
        rotate(yr[to + stride], yi[to + stride], twiddle, lanes);
    }

    /**
     * Two layers of butterflies of two. The short loops are what the compiler turns into vector instructions; one loop over all
     * of it is too long for it.
     */
    private void butterfly4(
            int from,
            int step,
            int to,
            int stride,
            int twiddle,
            float[][] xr,
            float[][] xi,
            float[][] yr,
            float[][] yi,
            int lanes) {
        int to1 = to + stride;
        int to2 = to1 + stride;
        int to3 = to2 + stride;
        sumAndDifference(xr[from], xr[from + 2 * step], yr[to], yr[to1], lanes);
        sumAndDifference(xi[from], xi[from + 2 * step], yi[to], yi[to1], lanes);
        sumAndDifference(xr[from + step], xr[from + 3 * step], yr[to2], yr[to3], lanes);
        sumAndDifference(xi[from + step], xi[from + 3 * step], yi[to2], yi[to3], lanes);
        replaceBySumAndDifference(yr[to], yr[to2], lanes);
        replaceBySumAndDifference(yi[to], yi[to2], lanes);
        // y1 = d − i e and y3 = d + i e: the real part of one with the imaginary part of the other.
        replaceBySumAndDifference(yr[to1], yi[to3], lanes);
        replaceByDifferenceAndSum(yi[to1], yr[to3], lanes);
        float[] re3 = yi[to3];
        yi[to3] = yr[to3];
        yr[to3] = re3;
        rotate(yr[to1], yi[to1], twiddle, lanes);
        rotate(yr[to2], yi[to2], 2 * twiddle, lanes);
        rotate(yr[to3], yi[to3], 3 * twiddle, lanes);
    }

    private static void sumAndDifference(float[] a, float[] b, float[] sum, float[] difference, int lanes) {
        for (int l = 0; l < lanes; l++) {
            sum[l] = a[l] + b[l];
            difference[l] = a[l] - b[l];
        }
    }

    /** a, b become a + b, a − b. */
    private static void replaceBySumAndDifference(float[] a, float[] b, int lanes) {
        for (int l = 0; l < lanes; l++) {
            float sum = a[l] + b[l];
            b[l] = a[l] - b[l];
            a[l] = sum;
        }
    }

    /** a, b become a − b, a + b. */
    private static void replaceByDifferenceAndSum(float[] a, float[] b, int lanes) {
        for (int l = 0; l < lanes; l++) {
            float difference = a[l] - b[l];
            b[l] = a[l] + b[l];
            a[l] = difference;
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
