package org.guidedmixup.saliency.spectral;

import java.util.Arrays;
import org.guidedmixup.internal.host.Transposition;

/**
 * Half of the spectra of several real images side by side: row u, column v of an image holds frequency (u, v), with v from 0 to
 * half of the height; the other frequencies are F(−u, −v) = F*(u, v).
 *
 * <p>Not thread-safe.
 */
final class HalfSpectrum {
    /** In smaller maps a frequency can be on an edge and on the opposite edge at once. */
    static final int SMALLEST_SIDE = 4;

    final int width;
    final int height;
    final int images;
    /** The number of frequencies along the height. */
    final int half;

    final ComplexRows rows;
    final float[][] re;
    final float[][] im;

    /**
     * Allocates room for spectra.
     *
     * @param width the number of frequencies u, at least {@link #SMALLEST_SIDE}
     * @param height the number of frequencies v of a whole spectrum, at least {@link #SMALLEST_SIDE}
     * @param images the number of images
     */
    HalfSpectrum(int width, int height, int images) {
        this.width = width;
        this.height = height;
        this.images = images;
        half = height / 2 + 1;
        rows = ComplexRows.of(width, lanes());
        re = rows.re;
        im = rows.im;
    }

    /** Returns the length of a row. */
    int lanes() {
        return images * half;
    }

    /** Returns the index of row −u. */
    int opposite(int u) {
        return u == 0 ? 0 : width - u;
    }

    /** Returns whether column v is column −v. */
    boolean isItsOwnOpposite(int v) {
        return v == 0 || 2 * v == height;
    }

    /** Returns whether the box filter's repeated border makes row u differ from row −u. */
    boolean isEdge(int u) {
        return u <= 1 || u == width - 1;
    }

    /**
     * Separates spectra that were transformed along the height as real and imaginary parts of one: with Z = A + iB and A, B
     * transforms of real rows 2 A(v) = Z(v) + Z*(−v) and 2i B(v) = Z(v) − Z*(−v).
     *
     * @param z row v; columns 0 to before halfWidth of an image as A, the others as B. Modified.
     * @param halfWidth the number of columns of A
     */
    void unpack(ComplexRows z, int halfWidth) {
        combine(z, 0.5f);
        Halves halves = new Halves(z, new float[z.re[0].length]);
        int right = width - halfWidth;
        float[][] rightRe = Arrays.copyOfRange(re, halfWidth, width);
        float[][] rightIm = Arrays.copyOfRange(im, halfWidth, width);
        for (int g = 0; g < images; g++) {
            int column = g * halfWidth;
            int lane = g * half;
            Transposition.of(halves.aRe, column, half, halfWidth, re, lane);
            Transposition.of(halves.aIm, column, half, halfWidth, im, lane);
            Transposition.of(halves.bRe, column, half, right, rightRe, lane);
            Transposition.of(halves.bIm, column, half, right, rightIm, lane);
        }
    }

    /**
     * Reverses {@link #unpack}: Z(v) = A(v) + iB(v) and Z(−v) = A*(v) + iB*(v).
     *
     * @param z as in {@link #unpack}. Modified.
     * @param halfWidth the number of columns of A
     */
    void pack(ComplexRows z, int halfWidth) {
        Halves halves = new Halves(z, new float[z.re[0].length]);
        int right = width - halfWidth;
        float[][] rightRe = Arrays.copyOfRange(re, halfWidth, width);
        float[][] rightIm = Arrays.copyOfRange(im, halfWidth, width);
        for (int g = 0; g < images; g++) {
            int column = g * halfWidth;
            int lane = g * half;
            Transposition.of(re, lane, halfWidth, half, halves.aRe, column);
            Transposition.of(im, lane, halfWidth, half, halves.aIm, column);
            Transposition.of(rightRe, lane, right, half, halves.bRe, column);
            Transposition.of(rightIm, lane, right, half, halves.bIm, column);
            for (int v = 0; v < half && right < halfWidth; v++) {
                halves.bRe[v][column + right] = 0;
                halves.bIm[v][column + right] = 0;
            }
        }
        combine(z, 1);
    }

    /** From Z to A and B, or back: where {@link Halves} says that they are. */
    private void combine(ComplexRows z, float scale) {
        for (int v = 1; v < half; v++) {
            if (!isItsOwnOpposite(v)) {
                replaceBySumAndDifference(z.re[height - v], z.re[v], scale);
                replaceBySumAndDifference(z.im[v], z.im[height - v], scale);
            }
        }
    }

    private static void replaceBySumAndDifference(float[] a, float[] b, float scale) {
        for (int l = 0; l < a.length; l++) {
            float sum = (a[l] + b[l]) * scale;
            b[l] = (a[l] - b[l]) * scale;
            a[l] = sum;
        }
    }

    /** Which rows of Z hold A(v) and B(v): those of v and −v. Where these are the same row, A and B are real. */
    private final class Halves {
        private final float[][] aRe = new float[half][];
        private final float[][] aIm = new float[half][];
        private final float[][] bRe = new float[half][];
        private final float[][] bIm = new float[half][];

        /**
         * Finds the rows.
         *
         * @param z a transform along the height
         * @param zeros stands for imaginary parts that are 0
         */
        Halves(ComplexRows z, float[] zeros) {
            for (int v = 0; v < half; v++) {
                boolean alone = isItsOwnOpposite(v);
                aRe[v] = z.re[alone ? v : height - v];
                aIm[v] = alone ? zeros : z.im[height - v];
                bRe[v] = z.im[v];
                bIm[v] = alone ? zeros : z.re[v];
            }
        }
    }
}
