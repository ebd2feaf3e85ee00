package org.guidedmixup.saliency;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class NormalizedSaliencyTest {

    @Test
    void everyMapSumsToOneAndKeepsItsProportions() {
        INDArray saliency = RandomImages.maps(1, 4, 6, 9);
        INDArray before = saliency.dup();
        NormalizedSaliency normalized = NormalizedSaliency.of(saliency);
        for (int i = 0; i < 4; i++) {
            double sum = saliency.slice(i).sumNumber().doubleValue();
            assertEquals(1, normalized.maps().slice(i).sumNumber().doubleValue(), 1e-6);
            assertEquals(saliency.getDouble(i, 5, 8) / sum, normalized.maps().getDouble(i, 5, 8), 1e-7);
        }
        assertEquals(0, normalized.nonFinite());
        assertEquals(before, saliency);
    }

    @Test
    void mapsWithoutAFiniteSumBecomeUniform() {
        INDArray saliency = RandomImages.maps(2, 5, 3, 4);
        saliency.slice(0).assign(0);
        saliency.putScalar(1, 0, 0, Float.NaN);
        saliency.putScalar(2, 2, 3, Float.POSITIVE_INFINITY);
        saliency.slice(3).assign(Float.MIN_VALUE);
        NormalizedSaliency normalized = NormalizedSaliency.of(saliency);
        for (int i = 0; i < 4; i++) {
            for (int y = 0; y < 3; y++) {
                for (int x = 0; x < 4; x++) {
                    assertEquals(1.0 / 12, normalized.maps().getDouble(i, y, x), 1e-7, "map " + i);
                }
            }
        }
        assertEquals(1, normalized.maps().slice(4).sumNumber().doubleValue(), 1e-6);
        assertEquals(2, normalized.nonFinite());
    }

    @Test
    void onTheCpuAsOnAnyBackend() {
        INDArray saliency = RandomImages.maps(4, 5, 13, 11);
        saliency.slice(1).assign(0);
        saliency.putScalar(3, 2, 2, Float.NaN);
        NormalizedSaliency expected = NormalizedSaliency.portable(saliency);
        NormalizedSaliency actual = NormalizedSaliency.of(saliency);
        assertClose(expected.maps(), actual.maps(), 1e-7, "normalized");
        assertEquals(expected.nonFinite(), actual.nonFinite());
        assertClose(actual.maps(), NormalizedSaliency.of(saliency.dup('f')).maps(), 0, "column-major");
    }
}
