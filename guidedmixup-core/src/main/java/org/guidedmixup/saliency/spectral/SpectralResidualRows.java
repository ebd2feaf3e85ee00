package org.guidedmixup.saliency.spectral;

import java.util.Arrays;

/**
 * The spectral residual of a few images side by side: row y holds row y of every image. The steps are those of {@code
 * SpectralResidual}; images are real, so half of the spectrum is enough.
 *
 * <p>Not thread-safe: an instance holds its buffers.
 */
final class SpectralResidualRows {
    /** Beyond this sum, squares overflow single precision. */
    private static final double LARGEST_SUM = 1e18;

    private final int height;
    private final int width;
    private final int images;
    /** Columns 0 to halfWidth − 1 are transformed as real parts, the others as imaginary parts. */
    private final int halfWidth;

    private final FourierRows alongHeight;
    private final FourierRows alongWidth;
    private final double[] mean;
    private final boolean[] finite;
    private final ComplexRows packed;
    private final ComplexRows work;
    private final HalfSpectrum spectrum;
    private final HalfSpectrum workSpectrum;
    private final ResidualGain gain;
    private final EdgeResidual edge;
    private final float[] sums;
    private final float[] largest;

    SpectralResidualRows(FourierRows alongHeight, FourierRows alongWidth, int height, int width, int images) {
        this.alongHeight = alongHeight;
        this.alongWidth = alongWidth;
        this.height = height;
        this.width = width;
        this.images = images;
        halfWidth = (width + 1) / 2;
        mean = new double[images];
        finite = new boolean[images];
        packed = ComplexRows.of(height, images * halfWidth);
        work = ComplexRows.of(height, images * halfWidth);
        spectrum = new HalfSpectrum(width, height, images);
        workSpectrum = new HalfSpectrum(width, height, images);
        edge = new EdgeResidual(spectrum, alongHeight, alongWidth);
        gain = new ResidualGain(spectrum, edge);
        sums = new float[images * width];
        largest = new float[images * width];
    }

    /**
     * Replaces images by their residual saliency.
     *
     * @param grey [height][images · width]. Modified. A map is NaN where its image is not finite.
     */
    void apply(float[][] grey) {
        centre(grey);
        pack(grey);
        alongHeight.transform(packed, work, images * halfWidth);
        spectrum.unpack(packed, halfWidth);
        alongWidth.transform(spectrum.rows, workSpectrum.rows, spectrum.lanes());
        for (int g = 0; g < images; g++) {
            spectrum.re[0][g * spectrum.half] += (float) (mean[g] * height * width);
        }
        gain.apply();
        edge.transform();
        alongWidth.transform(spectrum.rows.exchanged(), workSpectrum.rows.exchanged(), spectrum.lanes());
        spectrum.pack(packed, halfWidth);
        alongHeight.transform(packed.exchanged(), work.exchanged(), images * halfWidth);
        amplitude(grey);
    }

    /** Subtracts the mean, which is transformed separately so that its rounding errors do not drown small frequencies. */
    private void centre(float[][] grey) {
        Arrays.fill(sums, 0);
        Arrays.fill(largest, 0);
        for (float[] row : grey) {
            addTo(sums, row);
            raise(largest, row);
        }
        for (int g = 0; g < images; g++) {
            double sum = 0;
            double bound = 0;
            for (int x = g * width; x < (g + 1) * width; x++) {
                sum += sums[x];
                bound = Math.max(bound, largest[x]);
            }
            finite[g] = Double.isFinite(sum) && bound * height * width < LARGEST_SUM;
            float shift = finite[g] ? (float) (sum / (height * width)) : 0;
            mean[g] = shift;
            for (float[] row : grey) {
                if (finite[g]) {
                    subtract(row, g * width, (g + 1) * width, shift);
                } else {
                    Arrays.fill(row, g * width, (g + 1) * width, 0);
                }
            }
        }
    }

    private static void addTo(float[] sums, float[] row) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += row[x];
        }
    }

    private static void raise(float[] largest, float[] row) {
        for (int x = 0; x < largest.length; x++) {
            largest[x] = Math.max(largest[x], Math.abs(row[x]));
        }
    }

    private static void subtract(float[] row, int from, int to, float shift) {
        for (int x = from; x < to; x++) {
            row[x] -= shift;
        }
    }

    /** Packs left halves as real parts and right halves as imaginary parts, so that one transform handles both. */
    private void pack(float[][] grey) {
        float[][] re = packed.re;
        float[][] im = packed.im;
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

    private void amplitude(float[][] map) {
        float scale = 1f / (height * width);
        for (int y = 0; y < height; y++) {
            float[] row = map[y];
            for (int g = 0; g < images; g++) {
                System.arraycopy(packed.re[y], g * halfWidth, row, g * width, halfWidth);
                System.arraycopy(packed.im[y], g * halfWidth, row, g * width + halfWidth, width - halfWidth);
            }
            edge.addTo(y, row, scale);
            for (int g = 0; g < images; g++) {
                if (!finite[g]) {
                    Arrays.fill(row, g * width, (g + 1) * width, Float.NaN);
                }
            }
        }
    }
}
