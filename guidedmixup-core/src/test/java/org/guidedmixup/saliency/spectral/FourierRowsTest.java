package org.guidedmixup.saliency.spectral;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FourierRowsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 12, 16, 28, 30, 32, 49, 64, 97, 128})
    void agreesWithTheSumThatDefinesIt(int n) {
        int lanes = 3;
        SplittableRandom random = new SplittableRandom(n);
        float[][] re = new float[n][lanes];
        float[][] im = new float[n][lanes];
        double[][][] expected = new double[2][n][lanes];
        for (int t = 0; t < n; t++) {
            for (int l = 0; l < lanes; l++) {
                re[t][l] = (float) random.nextDouble(-1, 1);
                im[t][l] = (float) random.nextDouble(-1, 1);
                for (int k = 0; k < n; k++) {
                    double angle = -2 * Math.PI * k * t / n;
                    expected[0][k][l] += re[t][l] * Math.cos(angle) - im[t][l] * Math.sin(angle);
                    expected[1][k][l] += re[t][l] * Math.sin(angle) + im[t][l] * Math.cos(angle);
                }
            }
        }
        float[][] before = {re[0].clone(), im[0].clone()};
        FourierRows fourier = new FourierRows(n);
        fourier.transform(new ComplexRows(re, im), ComplexRows.of(n, lanes), lanes);
        for (int k = 0; k < n; k++) {
            for (int l = 0; l < lanes; l++) {
                assertEquals(expected[0][k][l], re[k][l], 2e-6 * n, "re " + k);
                assertEquals(expected[1][k][l], im[k][l], 2e-6 * n, "im " + k);
            }
        }
        fourier.transform(new ComplexRows(im, re), ComplexRows.of(n, lanes), lanes);
        for (int l = 0; l < lanes; l++) {
            assertEquals(before[0][l], re[0][l] / n, 1e-5, "inverse");
            assertEquals(before[1][l], im[0][l] / n, 1e-5, "inverse");
        }
    }
}
