package org.guidedmixup.saliency.spectral;

import java.util.Arrays;

/**
 * The imaginary part of the residual. The box filter repeats the border of the spectrum, so the gain of a frequency near it
 * differs from that of the opposite frequency. The odd part of the gain produces an imaginary image, b = F⁻¹(D) with D = −i F ·
 * odd. It is nonzero only in three rows, u = 0 and ±1, and three columns, v = 0 and ±1, of the spectrum: a few transforms of
 * single rows give b, whereas a full transform would take as long as that of the real part.
 *
 * <p>Not thread-safe: an instance holds its buffers.
 */
final class EdgeResidual {
    /** Rows u = 0 and u = 1, or columns v = 0 and v = 1; those at −1 are the conjugates of those at 1. */
    private static final int EDGES = 2;

    private final HalfSpectrum spectrum;
    private final int width;
    private final int height;
    private final int images;
    private final FourierRows alongHeight;
    private final FourierRows alongWidth;
    /** Row v, column 2 g + k: frequency (k, v) of image g; after the transform pixel y instead of v. */
    private final ComplexRows rows;

    private final ComplexRows workRows;
    /** Row u, column 2 g + k: frequency (u, k) of image g; after the transform pixel x instead of u. */
    private final ComplexRows columns;

    private final ComplexRows workColumns;
    // The terms whose sums are the pixels (x, y) of one image.
    private final float[] constant;
    private final float[] cosine;
    private final float[] sine;
    private final float[] cosineX;
    private final float[] sineX;

    EdgeResidual(HalfSpectrum spectrum, FourierRows alongHeight, FourierRows alongWidth) {
        this.spectrum = spectrum;
        width = spectrum.width;
        height = spectrum.height;
        images = spectrum.images;
        this.alongHeight = alongHeight;
        this.alongWidth = alongWidth;
        rows = ComplexRows.of(height, EDGES * images);
        workRows = ComplexRows.of(height, EDGES * images);
        columns = ComplexRows.of(width, EDGES * images);
        workColumns = ComplexRows.of(width, EDGES * images);
        constant = new float[images * width];
        cosine = new float[images * width];
        sine = new float[images * width];
        cosineX = waves(width, Math.PI / 2);
        sineX = waves(width, 0);
    }

    /** Returns sin(2π k / n + phase), repeated for every image. */
    private float[] waves(int length, double phase) {
        float[] waves = new float[images * length];
        for (int k = 0; k < waves.length; k++) {
            waves[k] = (float) Math.sin(2 * Math.PI * (k % length) / length + phase);
        }
        return waves;
    }

    private static void inverse(FourierRows transform, ComplexRows signals, ComplexRows work) {
        transform.transform(signals.exchanged(), work.exchanged(), signals.re[0].length);
    }

    /**
     * Stores the odd part of row 0, 1 or −1, before the gain is applied there.
     *
     * @param u the row
     * @param odd half the difference between the gain and that of the opposite frequency, as long as a row of F
     */
    void putRow(int u, float[] odd) {
        for (int g = 0; g < images; g++) {
            for (int v = 0; v < spectrum.half; v++) {
                int lane = g * spectrum.half + v;
                float re = spectrum.im[u][lane] * odd[lane];
                float im = -spectrum.re[u][lane] * odd[lane];
                boolean alone = spectrum.isItsOwnOpposite(v);
                if (u <= 1) {
                    put(rows, v, g * EDGES + u, re, im);
                }
                if (u != 1 && !alone) {
                    put(rows, height - v, g * EDGES + (u == 0 ? 0 : 1), re, -im);
                }
            }
        }
    }

    /**
     * Stores the odd part at a frequency in column 0 or 1 of any other row, before the gain is applied there.
     *
     * @param image g
     * @param u the row
     * @param v the column
     * @param odd half the difference between the gain and that of the opposite frequency
     */
    void putColumn(int image, int u, int v, float odd) {
        int lane = image * spectrum.half + v;
        put(columns, u, image * EDGES + v, spectrum.im[u][lane] * odd, -spectrum.re[u][lane] * odd);
    }

    private static void put(ComplexRows signals, int row, int lane, float re, float im) {
        signals.re[row][lane] = re;
        signals.im[row][lane] = im;
    }

    /** Transforms the stored values, which must all be stored again for the next images. */
    void transform() {
        inverse(alongHeight, rows, workRows);
        clearEdges();
        inverse(alongWidth, columns, workColumns);
        for (int g = 0; g < images; g++) {
            for (int x = 0; x < width; x++) {
                constant[g * width + x] = columns.re[x][g * EDGES];
                cosine[g * width + x] = 2 * columns.re[x][g * EDGES + 1];
                sine[g * width + x] = -2 * columns.im[x][g * EDGES + 1];
            }
        }
    }

    /**
     * Clears the frequencies of edge rows in the columns: rows hold them, and the columns still have those of earlier images.
     */
    private void clearEdges() {
        for (int u = 0; u < width; u++) {
            if (spectrum.isEdge(u)) {
                Arrays.fill(columns.re[u], 0);
                Arrays.fill(columns.im[u], 0);
            }
        }
    }

    /**
     * Replaces a row of the real part by the amplitude sqrt(a² + b²).
     *
     * @param y the row
     * @param row a, [images · width], not divided by the number of pixels. Modified.
     * @param scale the factor of the amplitude
     */
    void addTo(int y, float[] row, float scale) {
        double angle = 2 * Math.PI * y / height;
        float cosY = (float) Math.cos(angle);
        float sinY = (float) Math.sin(angle);
        for (int g = 0; g < images; g++) {
            float flat = rows.re[y][g * EDGES];
            float cosRow = 2 * rows.re[y][g * EDGES + 1];
            float sinRow = -2 * rows.im[y][g * EDGES + 1];
            int start = g * width;
            int end = start + width;
            for (int l = start; l < end; l++) {
                float b = flat
                        + cosRow * cosineX[l]
                        + sinRow * sineX[l]
                        + constant[l]
                        + cosine[l] * cosY
                        + sine[l] * sinY;
                row[l] = (float) Math.sqrt(row[l] * row[l] + b * b) * scale;
            }
        }
    }
}
