package org.guidedmixup.bench.data.corruption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.guidedmixup.bench.data.DataSpec;
import org.guidedmixup.bench.data.ImageSet;
import org.guidedmixup.bench.data.LoadOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CorruptionTest {
    private static final ImageSet SHAPES = DataSpec.parse("shapes")
            .load(LoadOptions.all(1))
            .test()
            .subset(IntStream.range(0, 12).toArray());

    /**
     * Corruptions whose constants do not give rising distances: saturation falls and then rises, coarse pixels fall on
     * edges or not, and every severity has another image in the background; the others trade one number against
     * another.
     */
    private static final Set<Corruption> NOT_MONOTONE = EnumSet.of(
            Corruption.SATURATE,
            Corruption.PIXELATE,
            Corruption.RANDOM_REPLACEMENT,
            Corruption.GLASS_BLUR,
            Corruption.ELASTIC_TRANSFORM,
            Corruption.SNOW,
            Corruption.SPATTER,
            Corruption.FROST);

    private static ImageSet random(int count, int channels, int height, int width) {
        byte[][] pixels = new byte[count][channels * height * width];
        SplittableRandom random = new SplittableRandom(3);
        for (byte[] image : pixels) {
            random.nextBytes(image);
        }
        return new ImageSet(pixels, new int[count], List.of("a"), channels, height, width);
    }

    private static ImageSet constant(int value, int channels, int side) {
        byte[] pixels = new byte[channels * side * side];
        Arrays.fill(pixels, (byte) value);
        return new ImageSet(new byte[][] {pixels}, new int[1], List.of("a"), channels, side, side);
    }

    private static double distance(ImageSet a, ImageSet b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            for (int p = 0; p < a.pixels(i).length; p++) {
                sum += Math.pow((a.pixels(i)[p] & 0xff) - (b.pixels(i)[p] & 0xff), 2);
            }
        }
        return Math.sqrt(sum / a.size() / a.pixels(0).length);
    }

    @ParameterizedTest
    @EnumSource(Corruption.class)
    void higherSeveritiesSpoilMore(Corruption corruption) {
        double before = 0;
        for (int severity = 1; severity <= 5; severity++) {
            double distance = distance(SHAPES, corruption.apply(SHAPES, severity, 1));
            assertTrue(distance < 160, corruption + " " + severity + " is " + distance + " levels off");
            if (NOT_MONOTONE.contains(corruption)) {
                assertTrue(distance > 0, corruption + " " + severity + " changes nothing");
            } else {
                assertTrue(distance > before, corruption + " " + severity + ": " + distance + " after " + before);
            }
            before = distance;
        }
    }

    @ParameterizedTest
    @EnumSource(Corruption.class)
    void aSeedIsAResultAndImagesStay(Corruption corruption) {
        byte[][] before = IntStream.range(0, SHAPES.size())
                .mapToObj(i -> SHAPES.pixels(i).clone())
                .toArray(byte[][]::new);
        ImageSet first = corruption.apply(SHAPES, 4, 7);
        ImageSet again = corruption.apply(SHAPES, 4, 7);
        assertEquals(0, distance(first, again));
        for (int i = 0; i < SHAPES.size(); i++) {
            assertArrayEquals(before[i], SHAPES.pixels(i));
            assertEquals(SHAPES.label(i), first.label(i));
        }
        boolean drawn = !EnumSet.of(
                        Corruption.DEFOCUS_BLUR,
                        Corruption.ZOOM_BLUR,
                        Corruption.BRIGHTNESS,
                        Corruption.CONTRAST,
                        Corruption.PIXELATE,
                        Corruption.JPEG_COMPRESSION,
                        Corruption.GAUSSIAN_BLUR,
                        Corruption.SATURATE)
                .contains(corruption);
        assertEquals(drawn, distance(first, corruption.apply(SHAPES, 4, 8)) > 0);
    }

    @ParameterizedTest
    @CsvSource({"1, 5, 8", "3, 1, 1", "3, 2, 9", "4, 7, 6", "3, 40, 33"})
    void takesAnyShape(int channels, int height, int width) {
        ImageSet images = random(2, channels, height, width);
        for (Corruption corruption : Corruption.values()) {
            for (int severity = 1; severity <= 5; severity++) {
                assertEquals(2, corruption.apply(images, severity, 1).size());
            }
        }
    }

    @Test
    void blursKeepConstantImages() {
        ImageSet grey = constant(100, 3, 9);
        for (Corruption blur : List.of(
                Corruption.DEFOCUS_BLUR,
                Corruption.GLASS_BLUR,
                Corruption.MOTION_BLUR,
                Corruption.ZOOM_BLUR,
                Corruption.ELASTIC_TRANSFORM,
                Corruption.PIXELATE,
                Corruption.GAUSSIAN_BLUR,
                Corruption.CONTRAST)) {
            for (int severity = 1; severity <= 5; severity++) {
                assertEquals(0, distance(grey, blur.apply(grey, severity, 1)), 1, blur + " " + severity);
            }
        }
    }

    /** Checks the noise's deviation, the share of salt and pepper, and the photons' mean and variance. */
    @Test
    void noiseIsAsStrongAsPublished() {
        ImageSet grey = constant(128, 3, 100);
        for (int severity = 1; severity <= 5; severity++) {
            double[] gaussian = {0.04, 0.06, 0.08, 0.09, 0.10};
            assertEquals(
                    255 * gaussian[severity - 1],
                    distance(grey, Corruption.GAUSSIAN_NOISE.apply(grey, severity, 1)),
                    0.5);
            double[] photons = {500, 250, 100, 75, 50};
            assertEquals(
                    255 * Math.sqrt(128 / 255.0 / photons[severity - 1]),
                    distance(grey, Corruption.SHOT_NOISE.apply(grey, severity, 1)),
                    0.5);
            double[] speckle = {0.06, 0.1, 0.12, 0.16, 0.2};
            assertEquals(
                    128 * speckle[severity - 1],
                    distance(grey, Corruption.SPECKLE_NOISE.apply(grey, severity, 1)),
                    0.6);
            double[] impulses = {0.01, 0.02, 0.03, 0.05, 0.07};
            byte[] pixels = Corruption.IMPULSE_NOISE.apply(grey, severity, 1).pixels(0);
            int hit = 0;
            for (byte pixel : pixels) {
                assertTrue(pixel == 0 || pixel == (byte) 128 || pixel == (byte) 255);
                hit += pixel == (byte) 128 ? 0 : 1;
            }
            assertEquals(impulses[severity - 1], (double) hit / pixels.length, 0.004);
        }
    }

    @Test
    void colourByHand() {
        ImageSet one =
                new ImageSet(new byte[][] {{(byte) 200, 100, 100, 50, 50, 100}}, new int[1], List.of("a"), 3, 1, 2);
        // Means 150, 75, 75; 0.75 (x - mean) + mean.
        assertArrayEquals(
                new byte[] {(byte) 187, 112, 93, 56, 56, 93},
                Corruption.CONTRAST.apply(one, 1, 1).pixels(0));
        // The first pixel's largest value is 200, the second's 100; both get 0.3 * 255 = 76.5 brighter, the others in
        // proportion.
        assertArrayEquals(
                new byte[] {(byte) 255, (byte) 176, 127, 88, 63, (byte) 176},
                Corruption.BRIGHTNESS.apply(one, 5, 1).pixels(0));
        // Saturations 0.75 and 0.5, times 0.1.
        assertArrayEquals(
                new byte[] {(byte) 200, 100, (byte) 190, 95, (byte) 185, 100},
                Corruption.SATURATE.apply(one, 2, 1).pixels(0));
    }

    /** Pillow's values for 16 pixels, reduced to 15, 12 and 10 by its BOX filter. */
    @ParameterizedTest
    @CsvSource({
        "1, 0 10 20 40 80 160 200 143 143 60 90 120 5 15 25 35",
        "4, 0 15 15 40 80 180 180 255 30 75 75 120 5 20 20 35",
        "5, 5 5 20 60 60 160 228 228 45 45 90 63 63 15 30 30"
    })
    void pixelatesAsPillow(int severity, String expected) {
        int[] row = {0, 10, 20, 40, 80, 160, 200, 255, 30, 60, 90, 120, 5, 15, 25, 35};
        byte[] pixels = new byte[256];
        for (int p = 0; p < 256; p++) {
            pixels[p] = (byte) row[p % 16];
        }
        ImageSet images = new ImageSet(new byte[][] {pixels}, new int[1], List.of("a"), 1, 16, 16);
        byte[] spoilt = Corruption.PIXELATE.apply(images, severity, 1).pixels(0);
        String[] wanted = expected.split(" ", -1);
        for (int x = 0; x < 16; x++) {
            assertEquals(Integer.parseInt(wanted[x]), spoilt[x] & 0xff, 1, "pixel " + x);
        }
    }

    @Test
    void fogIsBrighterAndFlatter() {
        ImageSet black = constant(0, 3, 32);
        assertEquals(0, distance(black, Corruption.FOG.apply(black, 5, 1)));
        ImageSet grey = constant(128, 3, 32);
        byte[] fog = Corruption.FOG.apply(grey, 3, 1).pixels(0);
        // (0.502 + 0.75 f) 0.502 / 1.252 for f from 0 to 1.
        for (byte pixel : fog) {
            assertTrue((pixel & 0xff) >= 50 && (pixel & 0xff) <= 129, "level " + (pixel & 0xff));
        }
    }

    @Test
    void backgroundsLeaveTheMiddle() {
        ImageSet images = random(8, 3, 20, 20);
        ImageSet replaced = Corruption.RANDOM_REPLACEMENT.apply(images, 5, 1);
        ImageSet noisy = Corruption.BACKGROUND_NOISE.apply(images, 5, 1);
        for (int i = 0; i < images.size(); i++) {
            for (int p = 0; p < 400; p++) {
                boolean middle = p / 20 >= 5 && p / 20 < 15 && p % 20 >= 5 && p % 20 < 15;
                if (middle) {
                    assertEquals(images.pixels(i)[p], replaced.pixels(i)[p]);
                    assertEquals(images.pixels(i)[p], noisy.pixels(i)[p]);
                }
            }
            int background = i;
            byte[] corner = Arrays.copyOf(replaced.pixels(i), 80);
            assertTrue(
                    IntStream.range(0, images.size())
                            .anyMatch(j -> Arrays.equals(corner, Arrays.copyOf(images.pixels(j), 80))),
                    () -> "the background of " + background + " is from no image");
        }
        assertTrue(distance(images, replaced) > 50);
    }

    @Test
    void namesAreThoseOfCifarC() {
        assertEquals(19, Corruption.cifarC().size());
        assertEquals(Corruption.JPEG_COMPRESSION, Corruption.named("jpeg-compression"));
        assertFalse(Corruption.cifarC().contains(Corruption.BACKGROUND_NOISE));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Corruption.named("rain"))
                .getMessage()
                .startsWith("corruption 'rain': expected one of gaussian-noise, shot-noise"));
        assertEquals(
                "severity 6: expected 1 to 5",
                assertThrows(IllegalArgumentException.class, () -> Corruption.FOG.apply(SHAPES, 6, 1))
                        .getMessage());
    }

    @Test
    void theSheetShowsEverything() {
        var sheet = CorruptionSheet.draw(SHAPES, 2, 1);
        assertEquals(6 * 100, sheet.getWidth());
        assertEquals(21 * 100, sheet.getHeight());
    }
}
