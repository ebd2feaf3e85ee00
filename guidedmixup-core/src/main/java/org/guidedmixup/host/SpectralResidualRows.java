package org.guidedmixup.host;

import java.util.Arrays;

/**
 * The spectral residual of a few images side by side: row y holds row y of every image. The steps are those of {@code
 * SpectralResidual}; here only half of the spectrum is transformed forward, because images are real.
 *
 * <p>Not thread-safe: an instance holds the arrays it works in.
 */
final class SpectralResidualRows {
    private static final float POWER_FLOOR = 1e-10f;
    /** Beyond this a power leaves single precision. */
    private static final double LARGEST_SUM = 1e18;

    private final int height;
    private final int width;
    private final int images;
    /** Columns 0 to halfWidth − 1 are transformed as real parts, the others as imaginary parts. */
    private final int halfWidth;
    /** Frequencies 0 to halfHeight − 1 along the height; the others follow from them. */
    private final int halfHeight;

    private final FourierRows alongHeight;
    private final FourierRows alongWidth;
    private final double[] mean;
    private final boolean[] finite;
    private final float[][] re;
    private final float[][] im;
    private final float[][] workRe;
    private final float[][] workIm;
    // Transposed: row u holds frequency or pixel u along the width.
    private final float[][] spectrumRe;
    private final float[][] spectrumIm;
    private final float[][] fullRe;
    private final float[][] fullIm;
    private final float[][] log;
    private final float[] threeRows;

    SpectralResidualRows(FourierRows alongHeight, FourierRows alongWidth, int height, int width, int images) {
        this.alongHeight = alongHeight;
        this.alongWidth = alongWidth;
        this.height = height;
        this.width = width;
        this.images = images;
        halfWidth = (width + 1) / 2;
        halfHeight = height / 2 + 1;
        mean = new double[images];
        finite = new boolean[images];
        re = new float[height][images * width];
        im = new float[height][images * width];
        workRe = new float[height][images * width];
        workIm = new float[height][images * width];
        spectrumRe = new float[width][images * height];
        spectrumIm = new float[width][images * height];
        fullRe = new float[width][images * height];
        fullIm = new float[width][images * height];
        log = new float[width][images * height];
        threeRows = new float[images * height];
    }

    /**
     * Replaces images by their residual saliency.
     *
     * @param grey [height][images · width]. Modified. A map is NaN where its image is not finite.
     */
    void apply(float[][] grey) {
        centre(grey);
        pack(grey);
        alongHeight.transform(re, im, workRe, workIm, images * halfWidth);
        unpackTransposed();
        alongWidth.transform(spectrumRe, spectrumIm, fullRe, fullIm, images * halfHeight);
        for (int g = 0; g < images; g++) {
            spectrumRe[0][g * halfHeight] += (float) (mean[g] * height * width);
        }
        mirror();
        flatten();
        alongWidth.transform(fullIm, fullRe, spectrumIm, spectrumRe, images * height);
        transpose(fullRe, re);
        transpose(fullIm, im);
        alongHeight.transform(im, re, workIm, workRe, images * width);
        amplitude(grey);
    }

    private void centre(float[][] grey) {
        for (int g = 0; g < images; g++) {
            double sum = 0;
            double largest = 0;
            for (float[] row : grey) {
                for (int x = g * width; x < (g + 1) * width; x++) {
                    sum += row[x];
                    largest = Math.max(largest, Math.abs(row[x]));
                }
            }
            finite[g] = Double.isFinite(sum) && largest * height * width < LARGEST_SUM;
            mean[g] = finite[g] ? sum / (height * width) : 0;
            float shift = (float) mean[g];
            for (float[] row : grey) {
                for (int x = g * width; x < (g + 1) * width; x++) {
                    row[x] = finite[g] ? row[x] - shift : 0;
                }
            }
        }
    }

    /** Left halves become real parts and right halves imaginary parts, so that one transform serves both. */
    private void pack(float[][] grey) {
        int right = width - halfWidth;
        for (int y = 0; y < height; y++) {
            for (int g = 0; g < images; g++) {
                System.arraycopy(grey[y], g * width, re[y], g * halfWidth, halfWidth);
                System.arraycopy(grey[y], g * width + halfWidth, im[y], g * halfWidth, right);
                if (right < halfWidth) {
                    im[y][g * halfWidth + right] = 0;
                }
            }
        }
    }

    /** With Z = A + iB and A, B transforms of real rows: 2 A(v) = Z(v) + Z*(n − v) and 2i B(v) = Z(v) − Z*(n − v). */
    private void unpackTransposed() {
        for (int v = 0; v < halfHeight; v++) {
            int mirrored = (height - v) % height;
            float[] zr = re[v];
            float[] zi = im[v];
            float[] nr = re[mirrored];
            float[] ni = im[mirrored];
            for (int g = 0; g < images; g++) {
                int lane = g * halfHeight + v;
                for (int x = 0; x < halfWidth; x++) {
                    int l = g * halfWidth + x;
                    spectrumRe[x][lane] = 0.5f * (zr[l] + nr[l]);
                    spectrumIm[x][lane] = 0.5f * (zi[l] - ni[l]);
                    if (halfWidth + x < width) {
                        spectrumRe[halfWidth + x][lane] = 0.5f * (zi[l] + ni[l]);
                        spectrumIm[halfWidth + x][lane] = 0.5f * (nr[l] - zr[l]);
                    }
                }
            }
        }
    }

    /** The whole spectrum and its log power from the half that was computed: F(−u, −v) = F*(u, v). */
    private void mirror() {
        for (int u = 0; u < width; u++) {
            int opposite = (width - u) % width;
            for (int g = 0; g < images; g++) {
                int half = g * halfHeight;
                int full = g * height;
                System.arraycopy(spectrumRe[u], half, fullRe[u], full, halfHeight);
                System.arraycopy(spectrumIm[u], half, fullIm[u], full, halfHeight);
                for (int v = 0; v < halfHeight; v++) {
                    float r = spectrumRe[u][half + v];
                    float i = spectrumIm[u][half + v];
                    log[u][full + v] = FloatExponential.ln(r * r + i * i + POWER_FLOOR);
                }
                for (int v = halfHeight; v < height; v++) {
                    fullRe[u][full + v] = spectrumRe[opposite][half + height - v];
                    fullIm[u][full + v] = -spectrumIm[opposite][half + height - v];
                }
            }
        }
        for (int u = 0; u < width; u++) {
            float[] opposite = log[(width - u) % width];
            for (int g = 0; g < images; g++) {
                for (int v = halfHeight; v < height; v++) {
                    log[u][g * height + v] = opposite[g * height + height - v];
                }
            }
        }
    }

    /** Multiplies the spectrum by e^(−box3(ln |F|)); the logarithms are of |F|², hence 18 and not 9. */
    private void flatten() {
        for (int u = 0; u < width; u++) {
            float[] above = log[Math.max(0, u - 1)];
            float[] here = log[u];
            float[] below = log[Math.min(width - 1, u + 1)];
            for (int l = 0; l < threeRows.length; l++) {
                threeRows[l] = above[l] + here[l] + below[l];
            }
            for (int g = 0; g < images; g++) {
                flattenRow(fullRe[u], fullIm[u], g * height);
            }
        }
    }

    private void flattenRow(float[] rowRe, float[] rowIm, int start) {
        int last = start + height - 1;
        for (int l = start; l <= last; l++) {
            float box = threeRows[Math.max(start, l - 1)] + threeRows[l] + threeRows[Math.min(last, l + 1)];
            float gain = FloatExponential.exp(box * (-1f / 18));
            rowRe[l] *= gain;
            rowIm[l] *= gain;
        }
    }

    private void transpose(float[][] from, float[][] to) {
        for (int g = 0; g < images; g++) {
            Transposition.of(from, g * height, width, height, to, g * width);
        }
    }

    private void amplitude(float[][] map) {
        float scale = 1f / (height * width);
        for (int y = 0; y < height; y++) {
            float[] row = map[y];
            float[] r = re[y];
            float[] i = im[y];
            for (int l = 0; l < images * width; l++) {
                row[l] = (float) Math.sqrt(r[l] * r[l] + i[l] * i[l]) * scale;
            }
            for (int g = 0; g < images; g++) {
                if (!finite[g]) {
                    Arrays.fill(row, g * width, (g + 1) * width, Float.NaN);
                }
            }
        }
    }
}
