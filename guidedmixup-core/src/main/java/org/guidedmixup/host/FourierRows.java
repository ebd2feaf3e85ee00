package org.guidedmixup.host;

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
     * @param im the imaginary parts, likewise
     * @param workRe n rows for intermediate results. Modified.
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
        float wr = roots[2 * twiddle];
        float wi = roots[2 * twiddle + 1];
        float[] ar = xr[from];
        float[] ai = xi[from];
        float[] br = xr[from + step];
        float[] bi = xi[from + step];
        sum(ar, br, yr[to], lanes);
        sum(ai, bi, yi[to], lanes);
        rotatedDifferenceRe(ar, ai, br, bi, wr, wi, yr[to + stride], lanes);
        rotatedDifferenceIm(ar, ai, br, bi, wr, wi, yi[to + stride], lanes);
    }

    private static void sum(float[] a, float[] b, float[] out, int lanes) {
        for (int l = 0; l < lanes; l++) {
            out[l] = a[l] + b[l];
        }
    }

    private static void rotatedDifferenceRe(
            float[] ar, float[] ai, float[] br, float[] bi, float wr, float wi, float[] out, int lanes) {
        for (int l = 0; l < lanes; l++) {
            out[l] = (ar[l] - br[l]) * wr - (ai[l] - bi[l]) * wi;
        }
    }

    private static void rotatedDifferenceIm(
            float[] ar, float[] ai, float[] br, float[] bi, float wr, float wi, float[] out, int lanes) {
        for (int l = 0; l < lanes; l++) {
            out[l] = (ar[l] - br[l]) * wi + (ai[l] - bi[l]) * wr;
        }
    }

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
        float w1r = roots[2 * twiddle];
        float w1i = roots[2 * twiddle + 1];
        float w2r = roots[4 * twiddle];
        float w2i = roots[4 * twiddle + 1];
        float w3r = roots[6 * twiddle];
        float w3i = roots[6 * twiddle + 1];
        float[] ar = xr[from];
        float[] ai = xi[from];
        float[] br = xr[from + step];
        float[] bi = xi[from + step];
        float[] cr = xr[from + 2 * step];
        float[] ci = xi[from + 2 * step];
        float[] dr = xr[from + 3 * step];
        float[] di = xi[from + 3 * step];
        float[] y0r = yr[to];
        float[] y0i = yi[to];
        float[] y1r = yr[to + stride];
        float[] y1i = yi[to + stride];
        float[] y2r = yr[to + 2 * stride];
        float[] y2i = yi[to + 2 * stride];
        float[] y3r = yr[to + 3 * stride];
        float[] y3i = yi[to + 3 * stride];
        for (int l = 0; l < lanes; l++) {
            float sumR = ar[l] + cr[l];
            float sumI = ai[l] + ci[l];
            float differenceR = ar[l] - cr[l];
            float differenceI = ai[l] - ci[l];
            float otherR = br[l] + dr[l];
            float otherI = bi[l] + di[l];
            float turnedR = bi[l] - di[l];
            float turnedI = dr[l] - br[l];
            y0r[l] = sumR + otherR;
            y0i[l] = sumI + otherI;
            float r = differenceR + turnedR;
            float i = differenceI + turnedI;
            y1r[l] = r * w1r - i * w1i;
            y1i[l] = r * w1i + i * w1r;
            r = sumR - otherR;
            i = sumI - otherI;
            y2r[l] = r * w2r - i * w2i;
            y2i[l] = r * w2i + i * w2r;
            r = differenceR - turnedR;
            i = differenceI - turnedI;
            y3r[l] = r * w3r - i * w3i;
            y3i[l] = r * w3i + i * w3r;
        }
    }
}
