package org.guidedmixup.saliency.spectral;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ArrayAssertions.assertCloseRelative;
import static org.guidedmixup.testing.ArrayAssertions.values;
import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.guidedmixup.saliency.NormalizedSaliency;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SpectralResidualTest {

    @ParameterizedTest
    @CsvSource({"1,3,8,8", "2,3,7,12", "3,1,9,5", "2,4,6,6", "1,2,1,9", "1,3,1,1"})
    void agreesWithTheDefinitionComputedInDoublePrecision(int m, int c, int h, int w) {
        INDArray images = RandomImages.nchw(5, m, c, h, w);
        INDArray expected = Nd4j.create(DataType.FLOAT, m, h, w);
        for (int i = 0; i < m; i++) {
            double[][] map = residualByDefinition(brightness(images, i));
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < w; x++) {
                    expected.putScalar(i, y, x, map[y][x]);
                }
            }
        }
        INDArray actual = SpectralResidual.builder().smoothing(false).build().detect(images, DataFormat.NCHW);
        assertCloseRelative(expected, actual, 1e-4, 1e-5, "residual");
    }

    private static double[][] brightness(INDArray images, int i) {
        double[][] grey = new double[(int) images.size(2)][(int) images.size(3)];
        int channels = (int) images.size(1);
        double[] luma = {0.2989, 0.587, 0.114};
        for (int y = 0; y < grey.length; y++) {
            for (int x = 0; x < grey[0].length; x++) {
                for (int c = 0; c < channels; c++) {
                    grey[y][x] += images.getDouble(i, c, y, x) * (channels == 3 ? luma[c] : 1.0 / channels);
                }
            }
        }
        return grey;
    }

    /** Computes |F⁻¹(F e^(L − box3(L)) / |F|)| by sums over all pixels. */
    private static double[][] residualByDefinition(double[][] grey) {
        int h = grey.length;
        int w = grey[0].length;
        double[][][] spectrum = transform(new double[][][] {grey, new double[h][w]}, -1);
        double[][] log = new double[h][w];
        for (int u = 0; u < h; u++) {
            for (int v = 0; v < w; v++) {
                log[u][v] = Math.log(amplitude(spectrum, u, v));
            }
        }
        double[][][] flattened = new double[2][h][w];
        for (int u = 0; u < h; u++) {
            for (int v = 0; v < w; v++) {
                double mean = 0;
                for (int du = -1; du <= 1; du++) {
                    for (int dv = -1; dv <= 1; dv++) {
                        mean += log[Math.max(0, Math.min(h - 1, u + du))][Math.max(0, Math.min(w - 1, v + dv))] / 9;
                    }
                }
                double gain = Math.exp(log[u][v] - mean) / amplitude(spectrum, u, v);
                flattened[0][u][v] = spectrum[0][u][v] * gain;
                flattened[1][u][v] = spectrum[1][u][v] * gain;
            }
        }
        double[][][] map = transform(flattened, 1);
        double[][] saliency = new double[h][w];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                saliency[y][x] = Math.hypot(map[0][y][x], map[1][y][x]) / (h * w);
            }
        }
        return saliency;
    }

    private static double amplitude(double[][][] z, int u, int v) {
        return Math.sqrt(z[0][u][v] * z[0][u][v] + z[1][u][v] * z[1][u][v] + 1e-10);
    }

    private static double[][][] transform(double[][][] z, int sign) {
        int h = z[0].length;
        int w = z[0][0].length;
        double[][][] result = new double[2][h][w];
        for (int u = 0; u < h; u++) {
            for (int v = 0; v < w; v++) {
                for (int y = 0; y < h; y++) {
                    for (int x = 0; x < w; x++) {
                        double angle = sign * 2 * Math.PI * ((double) u * y / h + (double) v * x / w);
                        double cos = Math.cos(angle);
                        double sin = Math.sin(angle);
                        result[0][u][v] += z[0][y][x] * cos - z[1][y][x] * sin;
                        result[1][u][v] += z[0][y][x] * sin + z[1][y][x] * cos;
                    }
                }
            }
        }
        return result;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void channelsLastGivesTheSameMaps(int channels) {
        INDArray images = RandomImages.nchw(6, 3, channels, 10, 14);
        SpectralResidual detector = new SpectralResidual();
        assertClose(
                detector.detect(images, DataFormat.NCHW),
                detector.detect(RandomImages.inFormat(images, DataFormat.NHWC), DataFormat.NHWC),
                0,
                "NHWC");
    }

    @Test
    void aMapDoesNotDependOnTheOtherImagesOfTheBatch() {
        INDArray images = RandomImages.nchw(7, 5, 3, 16, 16);
        INDArray all = new SpectralResidual().detect(images, DataFormat.NCHW);
        INDArray third = images.slice(2).reshape(1, 3, 16, 16);
        assertClose(
                all.slice(2).reshape(1, 16, 16), new SpectralResidual().detect(third, DataFormat.NCHW), 1e-6, "alone");
    }

    @Test
    void constantImagesAreUniformlySalientAndBlackOnesNotAtAll() {
        for (double brightness : new double[] {1e-3, 0.1, 0.7, 255}) {
            INDArray images = Nd4j.valueArrayOf(new long[] {2, 3, 20, 12}, brightness, DataType.FLOAT);
            double[] map = values(NormalizedSaliency.of(new SpectralResidual().detect(images, DataFormat.NCHW))
                    .maps());
            for (double value : map) {
                assertEquals(1.0 / 240, value, 1e-5);
            }
        }
        INDArray black = Nd4j.zeros(DataType.FLOAT, 1, 3, 8, 8);
        assertEquals(
                0,
                new SpectralResidual()
                        .detect(black, DataFormat.NCHW)
                        .sumNumber()
                        .doubleValue());
    }

    @Test
    void aNonFiniteImageSpoilsOnlyItsOwnMap() {
        INDArray images = RandomImages.nchw(8, 3, 3, 12, 12);
        INDArray clean = new SpectralResidual().detect(images, DataFormat.NCHW);
        images.putScalar(new int[] {1, 0, 3, 3}, Float.NaN);
        INDArray maps = new SpectralResidual().detect(images, DataFormat.NCHW);
        assertClose(clean.slice(0), maps.slice(0), 1e-6, "before");
        assertClose(clean.slice(2), maps.slice(2), 1e-6, "after");
        assertTrue(Double.isNaN(maps.slice(1).sumNumber().doubleValue()));
    }

    @Test
    void badSettingsAreNamed() {
        String message = assertThrows(IllegalArgumentException.class, () -> SpectralResidual.builder()
                        .maxSide(0))
                .getMessage();
        assertTrue(message.contains("maxSide"), message);
        assertIllegalArgument(() -> SpectralResidual.builder().channelOrder(null), "channelOrder", "RGB or BGR");
    }
}
