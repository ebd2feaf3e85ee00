package org.guidedmixup.saliency;

import static org.guidedmixup.ArrayAssertions.assertClose;
import static org.guidedmixup.ArrayAssertions.assertCloseRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.guidedmixup.RandomImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What runs on the CPU equals the reference that runs on any backend. */
class HostSaliencyTest {

    @ParameterizedTest
    @CsvSource({
        "1,3,32,32",
        "9,3,32,32",
        "40,1,28,28",
        "5,3,31,33",
        "2,4,1,17",
        "3,3,17,1",
        "2,3,128,128",
        "3,3,150,100",
        "2,1,40,300",
        "1,2,2,3"
    })
    void spectralResidual(int m, int c, int h, int w) {
        INDArray images = RandomImages.nchw(h, m, c, h, w);
        for (boolean smoothing : new boolean[] {true, false}) {
            SpectralResidual detector = new SpectralResidual(128, smoothing);
            INDArray expected = detector.detectPortable(Grey.of(images, DataFormat.NCHW));
            assertCloseRelative(expected, detector.detect(images, DataFormat.NCHW), 1e-4, 1e-4, "saliency");
        }
    }

    @Test
    void spectralResidualOfViews() {
        INDArray wide = RandomImages.nchw(3, 6, 3, 24, 40);
        INDArray view = wide.get(
                NDArrayIndex.interval(1, 5), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(3, 23));
        INDArray rows = wide.get(NDArrayIndex.interval(2, 5));
        SpectralResidual detector = new SpectralResidual();
        assertClose(
                detector.detect(view.dup('c'), DataFormat.NCHW), detector.detect(view, DataFormat.NCHW), 1e-6, "gaps");
        assertClose(
                detector.detect(rows.dup('c'), DataFormat.NCHW), detector.detect(rows, DataFormat.NCHW), 0, "offset");
    }

    @Test
    void normalization() {
        INDArray saliency = RandomImages.maps(4, 5, 13, 11);
        saliency.slice(1).assign(0);
        saliency.putScalar(3, 2, 2, Float.NaN);
        SaliencyNormalization expected = SaliencyNormalization.ofPortable(saliency);
        SaliencyNormalization actual = SaliencyNormalization.of(saliency);
        assertClose(expected.maps(), actual.maps(), 1e-7, "normalized");
        assertEquals(expected.nonFinite(), actual.nonFinite());
        assertClose(actual.maps(), SaliencyNormalization.of(saliency.dup('f')).maps(), 0, "column-major");
    }
}
