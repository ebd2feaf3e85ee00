package org.guidedmixup.saliency.spectral;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RowExponentialTest {
    private static final int COUNT = 10_001;

    @Test
    void logarithmsAgreeWithMath() {
        float[] row = new float[COUNT + 1];
        for (int l = 0; l < COUNT; l++) {
            row[l] = (float) Math.pow(10, -37 + 75.0 * l / COUNT);
        }
        row[5] = 1;
        row[COUNT] = 7;
        float[] x = row.clone();
        new RowExponential(row.length).ln(row, COUNT);
        for (int l = 0; l < COUNT; l++) {
            assertEquals(Math.log(x[l]), row[l], 1e-6 + 1e-7 * Math.abs(Math.log(x[l])), "ln " + x[l]);
        }
        assertEquals(7, row[COUNT], 0, "beyond the count");
    }

    @Test
    void exponentialsAgreeWithMath() {
        float[] row = new float[COUNT + 1];
        for (int l = 0; l < COUNT; l++) {
            row[l] = -87 + 174f * l / COUNT;
        }
        row[5] = 0;
        row[COUNT] = 7;
        float[] x = row.clone();
        new RowExponential(row.length).exp(row, COUNT);
        for (int l = 0; l < COUNT; l++) {
            assertEquals(Math.exp(x[l]), row[l], 2e-7 * Math.exp(x[l]), "exp " + x[l]);
        }
        assertEquals(7, row[COUNT], 0, "beyond the count");
    }
}
