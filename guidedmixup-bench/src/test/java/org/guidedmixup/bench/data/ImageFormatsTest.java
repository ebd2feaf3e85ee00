package org.guidedmixup.bench.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares files of every kind with what Pillow 9.4.0 makes of them, {@code Image.open(f).convert("RGB")}, stored as
 * [H, W, 3] bytes beside them in {@code .rgb}. All are 24 x 16.
 */
class ImageFormatsTest {
    private static final int PLANE = 24 * 16;

    @TempDir
    private Path folder;

    private static Path file(String name) {
        return Path.of("src/test/resources/org/guidedmixup/bench/data/images", name);
    }

    private static int largestDifference(String name) throws IOException {
        ImageFile.Decoded image = ImageFile.read(file(name));
        assertEquals(new ImageFile.Size(16, 24), image.size());
        assertEquals(image.size(), ImageFile.size(file(name)));
        byte[] wanted = Files.readAllBytes(file(name + ".rgb"));
        int largest = 0;
        for (int i = 0; i < wanted.length; i++) {
            int read = image.pixels()[i % 3 * PLANE + i / 3] & 0xff;
            largest = Math.max(largest, Math.abs(read - (wanted[i] & 0xff)));
        }
        return largest;
    }

    /** JPEG decoders may differ by a rounding of the transform, and by more where chroma is enlarged. */
    @ParameterizedTest
    @CsvSource({
        "cmyk.jpg, 1",
        "cmyk-no-adobe.jpg, 1",
        "cmyk-k.jpg, 1",
        "ycck.jpg, 1",
        "rgb.jpg, 2",
        "bare.jpg, 2",
        "grey.jpg, 1",
        "turned.jpg, 2",
        "trailing.jpg, 2",
        "broken-profile.jpg, 2",
        "stray-header.jpg, 2",
        "stray-end.jpg, 2",
        "progressive.jpg, 6",
        "progressive-stray.jpg, 6",
        "broken-profile.png, 0",
        "rgb16.png, 0",
        "rgba.png, 0",
        "rgba16.png, 0",
        "grey-alpha.png, 0",
        "one-bit.png, 0",
        "palette.png, 0",
        "palette-trns.png, 0",
        "palette.gif, 0",
        "small-frame.gif, 0",
        "small-frame-trns.gif, 0",
        "animation.gif, 0",
        "palette.bmp, 0",
        "grey.bmp, 0"
    })
    void pixelsAreThoseOfPillow(String name, int tolerance) throws IOException {
        int difference = largestDifference(name);
        assertTrue(difference <= tolerance, name + " differs by " + difference);
    }

    @Test
    void inkBecomesWhatItLeavesOfTheLight() throws IOException {
        byte[] pixels = ImageFile.read(file("cmyk.jpg")).pixels();
        assertEquals(53, pixels[0] & 0xff, 1);
        assertEquals(86, pixels[PLANE] & 0xff, 1);
        assertEquals(68, pixels[2 * PLANE] & 0xff, 1);
    }

    /** Pillow makes everything above 255 white. */
    @Test
    void sixteenBitGreyKeepsItsUpperBits() throws IOException {
        byte[] pixels = ImageFile.read(file("grey16.png")).pixels();
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 24; x++) {
                assertEquals((2700 * x + y) >> 8, pixels[24 * y + x] & 0xff);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut.jpg", "cut-eoi.jpg", "no-end.jpg", "garbled.jpg", "progressive-cut.jpg"})
    void damageIsNotTakenForAnImage(String name) {
        assertThrows(IOException.class, () -> ImageFile.read(file(name)));
    }

    @Test
    void twoComponentsAreRefusedByName() throws IOException {
        byte[] bytes = Files.readAllBytes(file("rgb.jpg"));
        for (int i = 2; i < bytes.length; i++) {
            if (bytes[i - 1] == (byte) 0xff && bytes[i] == (byte) 0xc0) {
                bytes[i + 8] = 2;
                break;
            }
        }
        Path two = Files.write(folder.resolve("two.jpg"), bytes);
        String message =
                assertThrows(IOException.class, () -> ImageFile.read(two)).getMessage();
        assertTrue(message.contains("2 components, expected 1, 3 or 4"), message);
    }

    /** Every scan costs a pass over the image, but needs only a few bytes of the file. */
    @Test
    void aJpegOfThousandsOfScansIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(file("progressive.jpg"));
        int scan = 0;
        while (bytes[scan] != (byte) 0xff || bytes[scan + 1] != (byte) 0xda) {
            scan++;
        }
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.write(bytes, 0, scan);
        for (int i = 0; i < 1000; i++) {
            many.write(bytes, scan, 14);
        }
        many.write(bytes, scan, bytes.length - scan);
        Path file = Files.write(folder.resolve("many.jpg"), many.toByteArray());
        String message =
                assertThrows(IOException.class, () -> ImageFile.read(file)).getMessage();
        assertTrue(message.contains("more than 100 scans"), message);
    }
}
