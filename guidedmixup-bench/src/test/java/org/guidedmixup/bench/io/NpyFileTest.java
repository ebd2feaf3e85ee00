package org.guidedmixup.bench.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Reading files that NumPy may have written, and refusing those it cannot have written. */
class NpyFileTest {
    private static final String GOOD = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

    @TempDir
    private Path directory;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        INDArray array = Nd4j.rand(DataType.FLOAT, 2, 3, 5);
        Path file = directory.resolve("a.npy");
        NpyFile.write(file, array.permute(2, 0, 1));
        assertEquals(array.permute(2, 0, 1).dup('c'), NpyFile.read(file));
        assertEquals(0, (Files.size(file) - 4 * 30) % 64, "elements are aligned");
    }

    @Test
    void nd4jReadsWhatIsWritten() throws IOException {
        Path file = directory.resolve("a.npy");
        NpyFile.write(file, Nd4j.createFromArray(3, 1, 2));
        assertArrayEquals(
                new int[] {3, 1, 2},
                Nd4j.createNpyFromByteArray(Files.readAllBytes(file)).toIntVector());
    }

    @Test
    void writingLeavesNothingElse() throws IOException {
        NpyFile.write(directory.resolve("new/a.npy"), Nd4j.ones(DataType.FLOAT, 2));
        try (Stream<Path> files = Files.list(directory.resolve("new"))) {
            assertEquals(1, files.count());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "<f4, 0000c03f, 1.5",
        ">f4, 3fc00000, 1.5",
        "<f8, 000000000000f83f, 1.5",
        ">f8, 3ff8000000000000, 1.5",
        "<f2, 003e, 1.5",
        "<f2, 00c0, -2",
        "<f2, 0100, 5.9604645e-8",
        "<f2, ff7b, 65504",
        "|u1, ff, 255",
        "|b1, 01, 1",
        "|i1, ff, -1",
        "<i2, feff, -2",
        "<u2, feff, 65534",
        "<i4, 07000000, 7",
        "<u4, ffffffff, 4294967295",
        "<i8, 0700000000000000, 7",
        "<u8, 0000000000000080, 9223372036854775808"
    })
    void everyRealTypeIsRead(String type, String hex, float expected) throws IOException {
        byte[] data = HexFormat.of().parseHex(hex);
        Path file = file("{'descr': '" + type + "', 'fortran_order': False, 'shape': (1,), }", data);
        INDArray read = NpyFile.read(file);
        assertEquals(DataType.FLOAT, read.dataType());
        assertEquals(expected, read.getFloat(0));
        INDArray asStored = NpyFile.readNumbers(file);
        boolean isInteger = type.charAt(1) == 'i' || type.charAt(1) == 'u';
        assertEquals(
                isInteger, !asStored.dataType().isFPType(), asStored.dataType().name());
        assertEquals(expected, asStored.castTo(DataType.FLOAT).getFloat(0));
    }

    @Test
    void fortranOrderIsTurned() throws IOException {
        Path file = file(GOOD.replace("False", "True"), floats(1, 4, 2, 5, 3, 6));
        INDArray read = NpyFile.read(file);
        assertArrayEquals(new float[][] {{1, 2, 3}, {4, 5, 6}}, read.toFloatMatrix());
        assertEquals('c', read.ordering());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 3), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 99999999999), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-2, -3), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (), }",
                "{'descr': '<f4', 'fortran_order': False, }",
                "{'descr': '<f4', 'shape': (2, 3), }",
                "{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }",
                "{'descr': '<c8', 'fortran_order': False, 'shape': (1, 3), }",
                "{'descr': '<U6', 'fortran_order': False, 'shape': (1,), }",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 3), }",
                ""
            })
    void aLyingHeaderIsRefusedByName(String header) throws IOException {
        Path file = file(header, floats(1, 2, 3, 4, 5, 6));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> NpyFile.read(file));
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    @Timeout(20)
    void longAndAmbiguousShapesAreRefusedAtOnce() throws IOException {
        for (String shape : List.of("1".repeat(200) + " x", "1,".repeat(4000), "1, ".repeat(33), "1 1", ",", "1,,2")) {
            Path file = file("{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }", floats(1));
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> NpyFile.read(file), shape);
            assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        }
        Path file = file("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }" + " ".repeat(20_000), floats(1));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> NpyFile.read(file))
                .getMessage()
                .contains("at most 10000"));
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file(GOOD, floats(1, 2, 3, 4, 5, 6)));
        Path cut = directory.resolve("cut.npy");
        for (int length = 0; length < whole.length; length++) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThrows(IllegalArgumentException.class, () -> NpyFile.read(cut), "length " + length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void fortranOrderIsTurnedForAnyNumberOfAxes(int axes) throws IOException {
        String ones = ", 1".repeat(axes - 2);
        Path file = file(
                "{'descr': '<f4', 'fortran_order': True, 'shape': (2" + ones + ", 3), }", floats(1, 2, 3, 4, 5, 6));
        INDArray read = NpyFile.read(file);
        assertEquals(axes, read.rank());
        assertArrayEquals(new float[] {1, 3, 5, 2, 4, 6}, read.data().asFloat());
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThrows(NoSuchFileException.class, () -> NpyFile.read(directory.resolve("missing.npy")));
        assertThrows(IllegalArgumentException.class, () -> NpyFile.read(directory));
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private Path file(String header, byte[] data) throws IOException {
        byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(10 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length);
        bytes.put(text).put(data);
        return Files.write(directory.resolve("given.npy"), bytes.array());
    }
}
