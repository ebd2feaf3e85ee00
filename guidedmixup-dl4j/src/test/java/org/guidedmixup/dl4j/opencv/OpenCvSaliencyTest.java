package org.guidedmixup.dl4j.opencv;

import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_saliency.StaticSaliencyFineGrained;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.mask.Box;
import org.guidedmixup.method.SaliencyMix;
import org.guidedmixup.plan.BoxPlan;
import org.guidedmixup.saliency.spectral.ChannelOrder;
import org.guidedmixup.testing.RandomImages;
import org.guidedmixup.testing.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class OpenCvSaliencyTest {
    private static final DataFormat NCHW = DataFormat.NCHW;

    /** Colours with a bright red block, as bytes 0 to 255. */
    private final INDArray bytes = RandomImages.nchw(3, 4, 3, 40, 30).mul(255).castTo(DataType.UINT8);

    static Stream<OpenCvSaliency> detectors() {
        return Stream.of(OpenCvSaliency.fineGrained(), OpenCvSaliency.spectralResidual());
    }

    /** What OpenCV says of an image that it is handed pixel by pixel. */
    @Test
    void isWhatOpenCvFindsInBlueGreenAndRed() {
        float[] maps =
                OpenCvSaliency.fineGrained().detect(bytes, null, NCHW).data().asFloat();
        for (int i = 0; i < 4; i++) {
            Mat image = new Mat(40, 30, opencv_core.CV_8UC3);
            for (int y = 0; y < 40; y++) {
                for (int x = 0; x < 30; x++) {
                    for (int c = 0; c < 3; c++) {
                        image.ptr(y, x).put(2 - c, (byte) bytes.getInt(i, c, y, x));
                    }
                }
            }
            Mat saliency = new Mat();
            assertTrue(StaticSaliencyFineGrained.create().computeSaliency(image, saliency));
            for (int y = 0; y < 40; y++) {
                for (int x = 0; x < 30; x++) {
                    assertEquals(new FloatPointer(saliency.ptr(y, x)).get(), maps[(i * 40 + y) * 30 + x]);
                }
            }
        }
    }

    /** The same pixels in other types, ranges, layouts and orders. */
    @ParameterizedTest
    @MethodSource("detectors")
    void samePixelsSameMaps(OpenCvSaliency detector) {
        INDArray expected = detector.detect(bytes, null, NCHW);
        INDArray floats = bytes.castTo(DataType.FLOAT).div(255);
        assertEquals(DataType.FLOAT, expected.dataType());
        assertArrayEquals(new long[] {4, 40, 30}, expected.shape());
        assertTrue(
                expected.minNumber().floatValue() >= 0 && expected.maxNumber().floatValue() > 0.5);
        assertEquals(expected, detector.detect(floats, null, NCHW), "0 to 1");
        assertEquals(expected, detector.detect(floats.castTo(DataType.DOUBLE), null, NCHW), "DOUBLE");
        assertEquals(expected, detector.range(0, 255).detect(floats.mul(255), null, NCHW), "0 to 255");
        float[] mean = {0.5f, 0.4f, 0.3f};
        float[] deviation = {0.2f, 0.3f, 0.25f};
        INDArray standardized = floats.sub(Nd4j.createFromArray(mean).reshape(1, 3, 1, 1))
                .div(Nd4j.createFromArray(deviation).reshape(1, 3, 1, 1));
        assertEquals(
                expected,
                detector.range(ValueRange.standardized(mean, deviation)).detect(standardized, null, NCHW),
                "standardised");
        assertEquals(
                expected, detector.detect(floats.permute(0, 2, 3, 1), null, DataFormat.NHWC), "NHWC, a permuted view");
        INDArray bgr = floats.dup();
        for (int c = 0; c < 3; c++) {
            bgr.tensorAlongDimension(c, 0, 2, 3).assign(floats.tensorAlongDimension(2 - c, 0, 2, 3));
        }
        assertEquals(expected, detector.channelOrder(ChannelOrder.BGR).detect(bgr, null, NCHW), "BGR");
        INDArray part = Nd4j.concat(0, floats, floats).get(NDArrayIndex.interval(4, 8));
        assertEquals(expected, detector.detect(part, null, NCHW), "a part of a larger array");
    }

    /** Grey, and four channels that are all grey. */
    @ParameterizedTest
    @MethodSource("detectors")
    void otherNumbersOfChannels(OpenCvSaliency detector) {
        INDArray grey = RandomImages.nchw(5, 2, 1, 21, 33);
        INDArray expected = detector.detect(grey, null, NCHW);
        assertEquals(expected, detector.detect(Nd4j.concat(1, grey, grey, grey, grey), null, NCHW));
        assertTrue(expected.maxNumber().floatValue() > 0);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 9", "9, 1", "2, 2", "3, 5"})
    void smallImages(int height, int width) {
        INDArray images = RandomImages.nchw(1, 2, 3, height, width);
        detectors().forEach(detector -> {
            INDArray maps = detector.detect(images, null, NCHW);
            assertArrayEquals(new long[] {2, height, width}, maps.shape());
            assertTrue(Float.isFinite(maps.sumNumber().floatValue()), maps::toString);
        });
    }

    /** The spectrum of black has no logarithm. */
    @ParameterizedTest
    @MethodSource("detectors")
    void imagesOfOneColourHaveFiniteMaps(OpenCvSaliency detector) {
        for (double value : new double[] {0, 0.5, 1}) {
            INDArray maps =
                    detector.detect(Nd4j.valueArrayOf(new long[] {2, 3, 16, 16}, value, DataType.FLOAT), null, NCHW);
            assertTrue(Float.isFinite(maps.sumNumber().floatValue()), value + ": " + maps);
            assertTrue(maps.minNumber().floatValue() >= 0);
        }
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void anImageThatIsNotFiniteHasAMapThatIsNot(OpenCvSaliency detector) {
        INDArray images = RandomImages.nchw(1, 3, 3, 12, 12);
        INDArray clean = detector.detect(images, null, NCHW);
        images.putScalar(new int[] {1, 2, 3, 4}, Float.NaN);
        INDArray maps = detector.detect(images, null, NCHW);
        assertTrue(Float.isNaN(maps.getFloat(1, 0, 0)));
        assertEquals(clean.slice(0), maps.slice(0));
        assertEquals(clean.slice(2), maps.slice(2));
        GuidedMixup mixer =
                GuidedMixup.builder().saliency(detector).mixProbability(1).build();
        assertEquals(1, mixer.plan(images, RandomImages.labels(3, 3)).nonFiniteSaliencies());
    }

    /** SaliencyMix as released: one box a batch, around the most salient pixel of the first image's partner. */
    @Test
    void saliencyMixAsReleased() {
        INDArray images = Nd4j.zeros(DataType.FLOAT, 4, 3, 32, 32);
        for (int i = 0; i < 4; i++) {
            images.get(
                            NDArrayIndex.point(i),
                            NDArrayIndex.all(),
                            NDArrayIndex.interval(4 + 6 * i, 7 + 6 * i),
                            NDArrayIndex.interval(10, 13))
                    .assign(1);
        }
        SaliencyMix mixer = SaliencyMix.builder()
                .saliency(OpenCvSaliency.fineGrained())
                .onePerBatch()
                .mixProbability(1)
                .alpha(100)
                .seed(1)
                .build();
        for (int batch = 0; batch < 10; batch++) {
            BoxPlan plan = (BoxPlan) mixer.plan(images, RandomImages.labels(4, 4), 0, batch);
            Box box = plan.boxes().get(0);
            assertEquals(Collections.nCopies(4, box), plan.boxes());
            int row = 5 + 6 * plan.pairing().partner(0);
            assertTrue(box.top() < row && row < box.top() + box.height(), box + " around row " + row);
            assertTrue(box.left() < 11 && 11 < box.left() + box.width(), box + " around column 11");
        }
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void manyThreadsFindTheSame(OpenCvSaliency detector) throws Exception {
        INDArray expected = detector.detect(bytes, null, NCHW);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<INDArray>> found = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                found.add(threads.submit(() -> detector.detect(bytes, null, NCHW)));
            }
            for (Future<INDArray> maps : found) {
                assertEquals(expected, maps.get());
            }
        } finally {
            threads.shutdown();
        }
    }

    /** JavaCPP counts what was made and not freed; ND4J's arrays would be among it. */
    @ParameterizedTest
    @EnumSource
    void nativeMemoryIsFreedBeforeACallEnds(OpenCvAlgorithm algorithm) {
        byte[] grey = new byte[32 * 32];
        new Random(1).nextBytes(grey);
        OpenCvMaps.load();
        OpenCvMaps.compute(algorithm, grey, 32, 32);
        long pointers = Pointer.totalCount();
        for (int i = 0; i < 100; i++) {
            OpenCvMaps.compute(algorithm, grey, 32, 32);
        }
        assertTrue(Pointer.totalCount() <= pointers, Pointer.totalCount() + " pointers, before " + pointers);
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void travelsWithItsSettings(OpenCvSaliency detector) {
        OpenCvSaliency set = detector.range(-1, 3).channelOrder(ChannelOrder.BGR);
        INDArray images = RandomImages.nchw(2, 2, 3, 20, 20).muli(4).subi(1);
        assertEquals(
                set.detect(images, null, NCHW), Serialization.serialised(set).detect(images, null, NCHW));
    }

    @Test
    void argumentsThatCannotWork() {
        OpenCvSaliency detector = OpenCvSaliency.fineGrained();
        INDArray images = RandomImages.nchw(2, 2, 3, 20, 20);
        assertIllegalArgument(
                () -> detector.detect(images.mul(255), null, NCHW),
                "images: expected values from 0.0 to 1.0",
                ".range(");
        assertIllegalArgument(() -> detector.detect(images.reshape(2, 3, 400), null, NCHW), "images: expected [M, C");
        ValueRange two = ValueRange.standardized(new float[2], new float[] {1, 1});
        assertIllegalArgument(() -> detector.range(two).detect(images, null, NCHW), "range of 2 channels");
        assertIllegalArgument(() -> detector.range(1, 0), "range: ");
        assertIllegalArgument(() -> detector.range(null), "range: expected a range, got null");
        assertIllegalArgument(() -> detector.channelOrder(null), "channelOrder: expected RGB or BGR, got null");
    }
}
