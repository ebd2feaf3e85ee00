package org.guidedmixup.bench.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.datavec.api.split.FileSplit;
import org.datavec.api.writable.NDArrayWritable;
import org.datavec.image.recordreader.ImageRecordReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Compares what the bench reads with what Deeplearning4j reads, DataVec 1.0.0-M2.1's ImageRecordReader: the table of
 * docs/data.md. DataVec's channels are blue, green, red.
 */
class DataVecComparisonTest {
    private static final int HEIGHT = 16;
    private static final int WIDTH = 24;

    private static Path file(String name) {
        return Path.of("src/test/resources/org/guidedmixup/bench/data/images", name);
    }

    private static INDArray dataVec(String name, int height, int width) throws IOException {
        try (ImageRecordReader reader = new ImageRecordReader(height, width, 3)) {
            reader.initialize(new FileSplit(file(name).toFile()));
            return ((NDArrayWritable) reader.next().get(0)).get();
        }
    }

    private static int sample(byte[] pixels, int channel, int y, int x) {
        return pixels[(channel * HEIGHT + y) * WIDTH + x] & 0xff;
    }

    private interface Same {
        double difference(int bench, double dataVec);
    }

    private static double largest(String name, Same same) throws IOException {
        byte[] bench = ImageFile.read(file(name)).pixels();
        INDArray other = dataVec(name, HEIGHT, WIDTH);
        double largest = 0;
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    double found = other.getDouble(0, 2 - c, y, x);
                    largest = Math.max(largest, same.difference(sample(bench, c, y, x), found));
                }
            }
        }
        return largest;
    }

    /** DataVec's libjpeg may differ from the JDK's; its CMYK is brighter by one. */
    @ParameterizedTest
    @CsvSource({
        "rgb.jpg, 2",
        "grey.jpg, 1",
        "progressive.jpg, 6",
        "broken-profile.jpg, 2",
        "stray-end.jpg, 2",
        "cmyk.jpg, 2",
        "ycck.jpg, 2",
        "palette.png, 0",
        "palette-trns.png, 0",
        "one-bit.png, 0",
        "rgba.png, 0",
        "grey-alpha.png, 0",
        "palette.bmp, 0"
    })
    void mostFilesAreReadAlike(String name, double tolerance) throws IOException {
        assertTrue(largest(name, (bench, other) -> Math.abs(bench - other)) <= tolerance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb16.png", "rgba16.png", "grey16.png"})
    void sixteenBitsComeAsTheyAre(String name) throws IOException {
        assertEquals(0, largest(name, (bench, other) -> Math.abs(bench - Math.floor(other / 256))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"palette.gif", "animation.gif"})
    void gifIsNotRead(String name) throws IOException {
        assertEquals(HEIGHT, ImageFile.read(file(name)).size().height());
        assertThrows(RuntimeException.class, () -> dataVec(name, HEIGHT, WIDTH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut.jpg", "garbled.jpg", "no-end.jpg"})
    void damageIsRead(String name) throws IOException {
        assertThrows(IOException.class, () -> ImageFile.read(file(name)));
        assertEquals(3L * HEIGHT * WIDTH, dataVec(name, HEIGHT, WIDTH).length());
    }

    @Test
    void orientationIsApplied() throws IOException {
        byte[] bench = ImageFile.read(file("turned.jpg")).pixels();
        INDArray upright = dataVec("turned.jpg", /* height= */ WIDTH, /* width= */ HEIGHT);
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < WIDTH; y++) {
                for (int x = 0; x < HEIGHT; x++) {
                    assertEquals(sample(bench, c, HEIGHT - 1 - x, y), upright.getDouble(0, 2 - c, y, x), 2);
                }
            }
        }
    }
}
