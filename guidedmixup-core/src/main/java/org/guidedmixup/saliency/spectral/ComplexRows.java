package org.guidedmixup.saliency.spectral;

/** Complex numbers in rows. Not thread-safe. */
final class ComplexRows {
    /** The real parts. */
    final float[][] re;
    /** The imaginary parts, as many. */
    final float[][] im;

    ComplexRows(float[][] re, float[][] im) {
        this.re = re;
        this.im = im;
    }

    /** All 0. */
    static ComplexRows of(int rows, int lanes) {
        return new ComplexRows(new float[rows][lanes], new float[rows][lanes]);
    }

    /** Real and imaginary parts exchanged, over the same memory: the forward transform of these is the inverse one. */
    ComplexRows exchanged() {
        return new ComplexRows(im, re);
    }

    /** Exchanges the rows of both. */
    void exchangeRows(ComplexRows other) {
        exchange(re, other.re);
        exchange(im, other.im);
    }

    private static void exchange(float[][] a, float[][] b) {
        for (int i = 0; i < a.length; i++) {
            float[] row = a[i];
            a[i] = b[i];
            b[i] = row;
        }
    }
}
