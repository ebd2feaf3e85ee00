package org.guidedmixup.saliency.spectral;

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
     * @param z row v; columns 0 to before halfWidth of an image as A, the others as B. Not modified.
     * @param halfWidth the number of columns of A
     */
    void unpack(ComplexRows z, int halfWidth) {
        float[][] zr = z.re;
        float[][] zi = z.im;
        for (int v = 0; v < half; v++) {
            int mirrored = v == 0 ? 0 : height - v;
            float[] rowRe = zr[v];
            float[] rowIm = zi[v];
            float[] mirroredRe = zr[mirrored];
            float[] mirroredIm = zi[mirrored];
            for (int g = 0; g < images; g++) {
                int lane = g * half + v;
                for (int x = 0; x < halfWidth; x++) {
                    int l = g * halfWidth + x;
                    re[x][lane] = 0.5f * (rowRe[l] + mirroredRe[l]);
                    im[x][lane] = 0.5f * (rowIm[l] - mirroredIm[l]);
                    if (halfWidth + x < width) {
                        re[halfWidth + x][lane] = 0.5f * (rowIm[l] + mirroredIm[l]);
                        im[halfWidth + x][lane] = 0.5f * (mirroredRe[l] - rowRe[l]);
                    }
                }
            }
        }
    }

    /**
     * Reverses {@link #unpack}: Z(v) = A(v) + iB(v) and Z(−v) = A*(v) + iB*(v).
     *
     * @param z as in {@link #unpack}. Modified.
     * @param halfWidth the number of columns of A
     */
    void pack(ComplexRows z, int halfWidth) {
        float[][] zr = z.re;
        float[][] zi = z.im;
        for (int v = 0; v < half; v++) {
            float[] rowRe = zr[v];
            float[] rowIm = zi[v];
            boolean alone = isItsOwnOpposite(v);
            float[] mirroredRe = alone ? rowRe : zr[height - v];
            float[] mirroredIm = alone ? rowIm : zi[height - v];
            for (int g = 0; g < images; g++) {
                int lane = g * half + v;
                for (int x = 0; x < halfWidth; x++) {
                    int l = g * halfWidth + x;
                    float ar = re[x][lane];
                    float ai = alone ? 0 : im[x][lane];
                    boolean pair = halfWidth + x < width;
                    float br = pair ? re[halfWidth + x][lane] : 0;
                    float bi = pair && !alone ? im[halfWidth + x][lane] : 0;
                    rowRe[l] = ar - bi;
                    rowIm[l] = ai + br;
                    mirroredRe[l] = ar + bi;
                    mirroredIm[l] = br - ai;
                }
            }
        }
    }
}
