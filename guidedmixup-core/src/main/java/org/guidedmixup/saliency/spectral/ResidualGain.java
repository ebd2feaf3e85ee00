package org.guidedmixup.saliency.spectral;

/**
 * Multiplies spectra by e^(−box3(ln |F|)), the gain that leaves the spectral residual. The box filter repeats the border of the
 * spectrum, so the gain is not even; its even part is applied here, its odd part is passed to {@link EdgeResidual}.
 *
 * <p>Not thread-safe: an instance holds its buffers.
 */
final class ResidualGain {
    private static final float POWER_FLOOR = 1e-10f;
    /** The box mean of nine logarithms, halved because they are of |F|² instead of |F|. */
    private static final float BOX = -1f / 18;

    private final HalfSpectrum spectrum;
    private final EdgeResidual edge;
    private final RowExponential exponential;
    private final float[][] log;
    /** Sums of three neighbours along a row. */
    private final float[][] sums;
    /** Columns 0 and 1 of {@code sums} at the opposite frequency of row −u: [column][image · width + u]. */
    private final float[][] oppositeSums;
    /** The gain at the opposite frequency, likewise. */
    private final float[][] oppositeGain;

    private final float[] gain;
    private final float[] opposite;

    ResidualGain(HalfSpectrum spectrum, EdgeResidual edge) {
        this.spectrum = spectrum;
        this.edge = edge;
        int lanes = spectrum.lanes();
        int columns = spectrum.images * spectrum.width;
        exponential = new RowExponential(Math.max(lanes, columns));
        log = new float[spectrum.width][lanes];
        sums = new float[spectrum.width][lanes];
        oppositeSums = new float[2][columns];
        oppositeGain = new float[2][columns];
        gain = new float[lanes];
        opposite = new float[lanes];
    }

    /** Applies the even part of the gain to the spectrum and passes on the odd part. */
    void apply() {
        for (int u = 0; u < spectrum.width; u++) {
            logPower(spectrum.re[u], spectrum.im[u], log[u]);
            exponential.ln(log[u], log[u].length);
        }
        for (int u = 0; u < spectrum.width; u++) {
            sumAlongRow(u);
        }
        gainOfOppositeColumns();
        for (int u = 0; u < spectrum.width; u++) {
            exponent(sums[Math.max(0, u - 1)], sums[u], sums[Math.min(spectrum.width - 1, u + 1)], gain);
            exponential.exp(gain, gain.length);
            if (spectrum.isEdge(u)) {
                splitRow(u);
            } else {
                splitColumns(u);
            }
            multiply(spectrum.re[u], gain);
            multiply(spectrum.im[u], gain);
        }
    }

    private static void logPower(float[] re, float[] im, float[] power) {
        for (int l = 0; l < power.length; l++) {
            power[l] = re[l] * re[l] + im[l] * im[l] + POWER_FLOOR;
        }
    }

    private void sumAlongRow(int u) {
        float[] row = log[u];
        float[] mirrored = log[spectrum.opposite(u)];
        float[] sum = sums[u];
        sumOfThree(row, sum);
        int half = spectrum.half;
        int beyond = spectrum.height - half;
        for (int g = 0; g < spectrum.images; g++) {
            int first = g * half;
            int last = first + half - 1;
            sum[first] = 2 * row[first] + row[first + 1];
            sum[last] = row[last - 1] + row[last] + mirrored[first + beyond];
            oppositeSums[0][g * spectrum.width + u] = 2 * row[first] + mirrored[first + 1];
            oppositeSums[1][g * spectrum.width + u] = 2 * row[first + 1] + row[first + 2];
        }
    }

    /** Sums each element and its two neighbours; skips the first and the last element. */
    private static void sumOfThree(float[] row, float[] sum) {
        for (int l = 1; l < row.length - 1; l++) {
            sum[l] = row[l - 1] + row[l] + row[l + 1];
        }
        sum[0] = 0;
        sum[row.length - 1] = 0;
    }

    private static void exponent(float[] above, float[] here, float[] below, float[] exponent) {
        for (int l = 0; l < exponent.length; l++) {
            exponent[l] = (above[l] + here[l] + below[l]) * BOX;
        }
    }

    /** Computes the gain at −u, −v for v = 0 and 1, in all rows that are not an edge. */
    private void gainOfOppositeColumns() {
        for (int v = 0; v < oppositeSums.length; v++) {
            sumOfThree(oppositeSums[v], oppositeGain[v]);
            multiply(oppositeGain[v], BOX);
            exponential.exp(oppositeGain[v], oppositeGain[v].length);
        }
    }

    /**
     * Splits row 0, 1 or −1, where the opposite frequency has other neighbouring rows, and other neighbours in columns 0 and 1.
     */
    private void splitRow(int u) {
        int[] rows = oppositeNeighbours(u);
        exponent(sums[rows[0]], sums[rows[1]], sums[rows[2]], opposite);
        for (int g = 0; g < spectrum.images; g++) {
            for (int v = 0; v < oppositeSums.length; v++) {
                float[] sum = oppositeSums[v];
                int first = g * spectrum.width;
                opposite[g * spectrum.half + v] =
                        (sum[first + rows[0]] + sum[first + rows[1]] + sum[first + rows[2]]) * BOX;
            }
        }
        exponential.exp(opposite, opposite.length);
        evenAndOdd(gain, opposite);
        edge.putRow(u, opposite);
    }

    /** Returns the rows opposite to those that the box filter adds up at row −u. */
    private int[] oppositeNeighbours(int u) {
        int last = spectrum.width - 1;
        return switch (u) {
            case 0 -> new int[] {0, 0, last};
            case 1 -> new int[] {1, 1, 2};
            default -> new int[] {0, last, last - 1};
        };
    }

    /** Splits any other row, where only columns 0 and 1 differ from the opposite ones. */
    private void splitColumns(int u) {
        for (int g = 0; g < spectrum.images; g++) {
            for (int v = 0; v < oppositeGain.length; v++) {
                float here = gain[g * spectrum.half + v];
                float there = oppositeGain[v][g * spectrum.width + u];
                gain[g * spectrum.half + v] = 0.5f * (here + there);
                edge.putColumn(g, u, v, 0.5f * (here - there));
            }
        }
    }

    /** Replaces a, b by (a + b) / 2, (a − b) / 2. */
    private static void evenAndOdd(float[] a, float[] b) {
        for (int l = 0; l < a.length; l++) {
            float even = 0.5f * (a[l] + b[l]);
            b[l] = 0.5f * (a[l] - b[l]);
            a[l] = even;
        }
    }

    private static void multiply(float[] row, float[] factors) {
        for (int l = 0; l < factors.length; l++) {
            row[l] *= factors[l];
        }
    }

    private static void multiply(float[] row, float factor) {
        for (int l = 0; l < row.length; l++) {
            row[l] *= factor;
        }
    }
}
