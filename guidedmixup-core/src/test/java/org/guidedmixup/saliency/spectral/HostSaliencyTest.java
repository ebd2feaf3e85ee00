package org.guidedmixup.saliency.spectral;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ArrayAssertions.assertCloseRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The CPU's code against the reference that runs on any backend. */
class HostSaliencyTest {

    @ParameterizedTest
    @CsvSource({
        "1,3,32,32",
        "9,3,32,32",
        "40,1,28,28",
        "5,3,31,33",
        "2,4,1,17",
        "3,3,17,1",
        "2,3,4,4",
        "3,1,4,5",
        "3,3,5,4",
        "2,1,7,6",
        "2,3,128,128",
        "3,3,150,100",
        "2,1,40,300",
        "1,2,2,3"
    })
    void spectralResidual(int m, int c, int h, int w) {
        INDArray images = RandomImages.nchw(h, m, c, h, w);
        for (boolean smoothing : new boolean[] {true, false}) {
            SpectralResidual detector =
                    SpectralResidual.builder().smoothing(smoothing).build();
            INDArray expected = detector.detectPortable(Grey.of(images, DataFormat.NCHW, ChannelOrder.RGB));
            assertCloseRelative(expected, detector.detect(images, DataFormat.NCHW), 1e-4, 1e-4, "saliency");
        }
    }

    /** On the CPU and with ND4J's operations; step by step and in one pass. */
    @ParameterizedTest
    @CsvSource({"3, 32, 32", "3, 150, 100", "1, 32, 32", "4, 32, 32"})
    void bgrImagesAreAsSalientAsTheSameImagesInRgb(int channels, int height, int width) {
        INDArray rgb = RandomImages.nchw(4, 3, channels, height, width);
        INDArray bgr = rgb.dup();
        if (channels == 3) {
            for (int c = 0; c < 3; c++) {
                bgr.get(NDArrayIndex.all(), NDArrayIndex.point(c))
                        .assign(rgb.get(NDArrayIndex.all(), NDArrayIndex.point(2 - c)));
            }
        }
        SpectralResidual detector =
                SpectralResidual.builder().channelOrder(ChannelOrder.BGR).build();
        INDArray expected = new SpectralResidual().detect(rgb, DataFormat.NCHW);
        GaussianBlur blur = new GaussianBlur(7, 3);
        INDArray normalized = NormalizedSaliency.of(expected, List.of(blur)).maps();
        for (DataFormat format : DataFormat.values()) {
            INDArray images = RandomImages.inFormat(bgr, format);
            INDArray found = detector.detect(images, format);
            assertCloseRelative(expected, found, 1e-4, 1e-4, "on the CPU, " + format);
            INDArray grey = Grey.of(images, format, ChannelOrder.BGR);
            assertCloseRelative(expected, detector.detectPortable(grey), 1e-4, 1e-4, "portable, " + format);
            INDArray inOnePass = detector.detectNormalized(images, format, List.of(blur))
                    .orElseThrow()
                    .maps();
            assertCloseRelative(normalized, inOnePass, 1e-4, 1e-4, "in one pass, " + format);
            if (channels == 3) {
                INDArray unset = new SpectralResidual().detect(images, format);
                double apart = unset.sub(expected).amaxNumber().doubleValue();
                assertTrue(apart > 0.01 * expected.amaxNumber().doubleValue(), "without the setting");
            }
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

    @ParameterizedTest
    @CsvSource({"1,3,32,32", "9,3,32,32", "5,3,31,33", "2,4,4,17", "3,3,150,100", "7,1,12,129", "1,2,5,4"})
    void inOnePassEqualsStepByStep(int m, int c, int h, int w) {
        INDArray images = RandomImages.nchw(h, m, c, h, w);
        if (m > 2) {
            images.slice(1).assign(0.25);
            images.putScalar(2, 0, 0, 0, Float.NaN);
        }
        GaussianBlur blur = new GaussianBlur(7, 3);
        for (DataFormat format : DataFormat.values()) {
            INDArray ordered = format == DataFormat.NCHW ? images : images.permute(0, 2, 3, 1);
            SpectralResidual detector = new SpectralResidual();
            NormalizedSaliency expected = NormalizedSaliency.of(blur.apply(detector.detect(ordered, format)));
            NormalizedSaliency actual =
                    detector.detectNormalized(ordered, format, List.of(blur)).orElseThrow();
            assertEquals(expected.nonFinite(), actual.nonFinite());
            for (int i = 0; i < m; i++) {
                if (m == 2 || i != 1) { // a constant image has only rounding errors of the transform as saliency, and
                    // their sum is not 0
                    assertCloseRelative(expected.maps().slice(i), actual.maps().slice(i), 1e-4, 1e-4, "map " + i);
                }
            }
            assertClose(actual.maps(), normalizedAgain(detector, ordered, format, blur), 1e-6, "smoothed on the CPU");
        }
    }

    @Test
    void inOnePassNotForTinyMaps() {
        INDArray images = RandomImages.nchw(1, 2, 3, 3, 17);
        assertTrue(new SpectralResidual()
                .detectNormalized(images, DataFormat.NCHW, List.of())
                .isEmpty());
        assertTrue(SpectralResidual.builder()
                .maxSide(3)
                .build()
                .detectNormalized(RandomImages.nchw(1, 2, 3, 16, 16), DataFormat.NCHW, List.of())
                .isEmpty());
    }

    private static INDArray normalizedAgain(
            SpectralResidual detector, INDArray images, DataFormat format, GaussianBlur blur) {
        return NormalizedSaliency.of(detector.detect(images, format), List.of(blur))
                .maps();
    }
}
