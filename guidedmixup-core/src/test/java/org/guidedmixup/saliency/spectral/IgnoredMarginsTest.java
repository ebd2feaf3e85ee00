package org.guidedmixup.saliency.spectral;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ArrayAssertions.assertCloseRelative;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.plan.PairedPlan;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.guidedmixup.testing.RandomImages;
import org.guidedmixup.testing.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Images with constant margins against the same images whose margins are filled by a plain loop. */
class IgnoredMarginsTest {
    private static final SpectralResidual PLAIN = new SpectralResidual();
    private static final SpectralResidual IGNORING =
            SpectralResidual.builder().ignoreMargins(true).build();
    private static final List<SeparableFilter> BLUR = List.of(new GaussianBlur(7, 3));

    /** The widths of margins. */
    private record Margins(int top, int bottom, int left, int right) {}

    private static Margins[] margins(int height, int width) {
        return new Margins[] {
            new Margins(0, 0, 0, 0),
            new Margins(3, 2, 0, 0),
            new Margins(0, 0, 2, 4),
            new Margins(2, 1, 3, 2),
            new Margins(1, 0, 0, 0),
            new Margins(0, 0, 0, 1),
            new Margins(height - 3, 0, 0, width - 2),
            new Margins(5, height - 6, 4, width - 5)
        };
    }

    /** Random images that are grey on their margins, each by a grey of its own. */
    private static INDArray framed(Margins[] margins, int channels, int height, int width, double grey) {
        INDArray images =
                RandomImages.nchw(5, margins.length, channels, height, width).addi(0.01);
        float[] pixels = images.dup('c').data().asFloat();
        for (int k = 0; k < pixels.length; k++) {
            int i = k / (channels * height * width);
            if (isOn(margins[i], k / width % height, k % width, height, width)) {
                pixels[k] = (float) (grey * i);
            }
        }
        return Nd4j.createFromArray(pixels).reshape('c', images.shape());
    }

    private static boolean isOn(Margins m, int y, int x, int height, int width) {
        return y < m.top || y >= height - m.bottom || x < m.left || x >= width - m.right;
    }

    /** Walks back and forth from the content's first pixel, step by step. */
    private static int mirrored(int position, int first, int length) {
        int at = first;
        int direction = 1;
        int step = position < first ? first - position : position - first;
        for (int k = 0; k < step && length > 1; k++) {
            if (at + direction < first || at + direction >= first + length) {
                direction = -direction;
            }
            at += direction;
        }
        return at;
    }

    private static INDArray filled(INDArray images, Margins[] margins) {
        int height = (int) images.size(2);
        int width = (int) images.size(3);
        float[] pixels = images.castTo(DataType.FLOAT).dup('c').data().asFloat();
        float[] filled = new float[pixels.length];
        for (int k = 0; k < pixels.length; k++) {
            int y = k / width % height;
            int plane = k / (height * width);
            Margins m = margins[plane / (int) images.size(1)];
            int fromY = mirrored(y, m.top, height - m.top - m.bottom);
            int fromX = mirrored(k % width, m.left, width - m.left - m.right);
            filled[k] = pixels[(plane * height + fromY) * width + fromX];
        }
        return Nd4j.createFromArray(filled).reshape('c', images.shape()).castTo(images.dataType());
    }

    /** Neither resized, both sides, one side. */
    @ParameterizedTest
    @CsvSource({"3, 24, 33", "1, 16, 16", "3, 150, 140", "1, 131, 20"})
    void mapsAreThoseOfFilledImages(int channels, int height, int width) {
        Margins[] margins = margins(height, width);
        INDArray floats = framed(margins, channels, height, width, 0.25);
        for (DataFormat format : DataFormat.values()) {
            for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16}) {
                INDArray images = floats.castTo(type);
                INDArray batch = RandomImages.inFormat(images, format);
                INDArray before = batch.dup();
                INDArray found = IGNORING.detect(batch, format);
                assertEquals(before, batch, "not modified");
                INDArray expected = PLAIN.detect(RandomImages.inFormat(filled(images, margins), format), format);
                assertClose(expected, found, 0, format + " " + type);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 24, 33", "3, 150, 140"})
    void portable(int channels, int height, int width) {
        Margins[] margins = margins(height, width);
        INDArray images = framed(margins, channels, height, width, 0.25);
        INDArray expected = PLAIN.detectPortable(PLAIN.brightness(filled(images, margins), DataFormat.NCHW));
        INDArray found = IGNORING.detectPortable(IGNORING.brightness(images, DataFormat.NCHW));
        assertCloseRelative(expected, found, 1e-6, 1e-6, "maps");
    }

    @ParameterizedTest
    @CsvSource({"3, 24, 33", "3, 150, 140"})
    void normalizedInOnePass(int channels, int height, int width) {
        Margins[] margins = margins(height, width);
        INDArray images = framed(margins, channels, height, width, 0.25);
        for (DataFormat format : DataFormat.values()) {
            NormalizedSaliency found = IGNORING.detectNormalized(RandomImages.inFormat(images, format), format, BLUR)
                    .orElseThrow();
            NormalizedSaliency expected = PLAIN.detectNormalized(
                            RandomImages.inFormat(filled(images, margins), format), format, BLUR)
                    .orElseThrow();
            assertClose(expected.maps(), found.maps(), 0, format.name());
        }
    }

    @Test
    void imagesWithoutMarginsStayAsTheyAre() {
        INDArray images = RandomImages.nchw(4, 6, 3, 24, 24);
        images.slice(1).assign(0.5);
        // A row inside the image and a corner are no margins.
        images.get(NDArrayIndex.point(2), NDArrayIndex.all(), NDArrayIndex.point(7))
                .assign(0.25);
        images.get(NDArrayIndex.point(3), NDArrayIndex.all(), NDArrayIndex.interval(0, 9), NDArrayIndex.interval(0, 9))
                .assign(0);
        assertClose(PLAIN.detect(images, DataFormat.NCHW), IGNORING.detect(images, DataFormat.NCHW), 0, "maps");
    }

    @Test
    void marginsThatAreNotFiniteAreReported() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            INDArray images = RandomImages.nchw(4, 2, 3, 24, 24);
            images.get(NDArrayIndex.point(1), NDArrayIndex.all(), NDArrayIndex.interval(0, 3))
                    .assign(value);
            NormalizedSaliency found =
                    IGNORING.detectNormalized(images, DataFormat.NCHW, BLUR).orElseThrow();
            assertEquals(1, found.nonFinite(), "" + value);
        }
    }

    @Test
    void partsOfLargerArraysAndAfterSerialisation() {
        Margins[] margins = margins(20, 24);
        INDArray images = framed(margins, 3, 20, 24, 0.25);
        INDArray larger = RandomImages.nchw(1, margins.length + 2, 3, 22, 29);
        INDArray part = larger.get(
                NDArrayIndex.interval(1, margins.length + 1),
                NDArrayIndex.all(),
                NDArrayIndex.interval(2, 22),
                NDArrayIndex.interval(4, 28));
        part.assign(images);
        SpectralResidual copy = Serialization.serialised(IGNORING);
        assertClose(IGNORING.detect(images, DataFormat.NCHW), copy.detect(part, DataFormat.NCHW), 1e-6, "part");
    }

    /** Black frames are paired as grey ones, which they are not without the setting. */
    @Test
    void greedyPairsDoNotDependOnTheColourOfFrames() {
        Margins[] margins = margins(32, 32);
        INDArray black = framed(margins, 3, 32, 32, 0);
        INDArray grey = framed(margins, 3, 32, 32, 0.14);
        assertArrayEquals(partners(IGNORING, black), partners(IGNORING, grey));
        assertFalse(Arrays.equals(partners(PLAIN, black), partners(PLAIN, grey)), "without the setting");
    }

    /** Letterboxed images are joined with pillarboxed ones by their bars, and half as often by chance. */
    @Test
    void greedyPairsDoNotDependOnThePlaceOfBars() {
        int size = 48;
        Margins[] margins = new Margins[size];
        for (int i = 0; i < size; i++) {
            margins[i] = i % 2 == 0 ? new Margins(6, 6, 0, 0) : new Margins(0, 0, 6, 6);
        }
        INDArray images = framed(margins, 3, 48, 48, 0);
        double without = shareOfUnlikeBars(partners(PLAIN, images));
        double ignored = shareOfUnlikeBars(partners(IGNORING, images));
        assertTrue(without > 0.75 && ignored > 0.25 && ignored < 0.75, "shares " + without + " and " + ignored);
    }

    private static double shareOfUnlikeBars(int[] partners) {
        int unlike = 0;
        for (int i = 0; i < partners.length; i++) {
            unlike += i % 2 == partners[i] % 2 ? 0 : 1;
        }
        return (double) unlike / partners.length;
    }

    private static int[] partners(SpectralResidual detector, INDArray images) {
        GuidedMixup mixer =
                GuidedMixup.builder().saliency(detector).mixProbability(1).build();
        PairedPlan plan = (PairedPlan) mixer.plan(images, RandomImages.labels((int) images.size(0), 4), 0, 0);
        return plan.pairing().partners();
    }
}
