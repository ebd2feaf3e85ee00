package org.guidedmixup.bench.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.guidedmixup.bench.io.NpyFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;

/** The files that {@code mix} is given: channels first and last, floating point and bytes. */
class MixFormatsTest {
    private static final int M = 4;
    private static final int SIDE = 16;

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();

    @BeforeEach
    void labels() throws IOException {
        NpyFile.write(directory.resolve("y.npy"), Nd4j.eye(M).castTo(DataType.FLOAT));
    }

    private int mix(String images, String method, String out, String... more) {
        CommandLine line = CommandLineTool.create();
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(err));
        List<String> arguments = new ArrayList<>(List.of(
                "mix",
                "--images=" + directory.resolve(images),
                "--labels=" + directory.resolve("y.npy"),
                "--method=" + method,
                "--out=" + directory.resolve(out)));
        arguments.addAll(List.of(more));
        return line.execute(arguments.toArray(String[]::new));
    }

    private INDArray read(String file) throws IOException {
        return NpyFile.read(directory.resolve(file));
    }

    private byte[] pixels() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] pixels = new byte[M * 3 * SIDE * SIDE];
        random.nextBytes(pixels);
        return pixels;
    }

    /** Writes bytes as NumPy does. */
    private void writeBytes(String name, byte[] values, long... shape) throws IOException {
        String sizes = shape[0] + ", " + shape[1] + ", " + shape[2] + ", " + shape[3];
        String text = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + sizes + "), }";
        String padded = text + " ".repeat(118 - text.length() - 1) + "\n";
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
        file.write(padded.getBytes(StandardCharsets.US_ASCII));
        file.write(values);
        Files.write(directory.resolve(name), file.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"guided-sr", "cutmix", "mixup", "comixup", "augmix", "puzzlemix", "guided-sr+augmix"})
    void channelsLastAreMixedAsChannelsFirst(String method) throws IOException {
        INDArray first = Nd4j.rand(DataType.FLOAT, M, 3, SIDE, SIDE);
        NpyFile.write(directory.resolve("first.npy"), first);
        NpyFile.write(directory.resolve("last.npy"), first.permute(0, 2, 3, 1));
        assertEquals(0, mix("first.npy", method, "a"), err.toString());
        assertEquals(0, mix("last.npy", method, "b", "--format=NHWC"), err.toString());
        INDArray expected = read("a/mixed_images.npy").permute(0, 2, 3, 1).dup('c');
        assertArrayEquals(
                expected.data().asFloat(), read("b/mixed_images.npy").data().asFloat(), 1e-5f);
        assertEquals(
                Files.exists(directory.resolve("a/mask.npy")), Files.exists(directory.resolve("b/mask.npy")), "mask");
    }

    @Test
    void channelsThatSeemToBeLastAreAskedFor() throws IOException {
        NpyFile.write(directory.resolve("last.npy"), Nd4j.rand(DataType.FLOAT, M, SIDE, SIDE, 3));
        assertEquals(2, mix("last.npy", "guided-sr", "out"));
        assertTrue(err.toString().contains("last.npy, [4, 16, 16, 3]"), err.toString());
        assertTrue(err.toString().contains("add --format NHWC"), err.toString());
        assertEquals(0, mix("last.npy", "guided-sr", "out", "--format=NCHW"), err.toString());
    }

    @Test
    void bytesGoFrom0To255() throws IOException {
        writeBytes("bytes.npy", pixels(), M, 3, SIDE, SIDE);
        assertEquals(0, mix("bytes.npy", "augmix", "a"), err.toString());
        NpyFile.write(directory.resolve("floats.npy"), read("bytes.npy"));
        assertEquals(0, mix("floats.npy", "augmix", "b", "--range=0,255"), err.toString());
        assertEquals(read("b/mixed_images.npy"), read("a/mixed_images.npy"));
        assertEquals(2, mix("floats.npy", "augmix", "c"), "floating point ranges from 0 to 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"guided-sr", "cutmix", "snapmix", "puzzlemix", "comixup", "saliencymix", "manifold"})
    void bytesAreMixedAsTheirValues(String method) throws IOException {
        writeBytes("bytes.npy", pixels(), M, 3, SIDE, SIDE);
        NpyFile.write(directory.resolve("floats.npy"), read("bytes.npy"));
        assertEquals(0, mix("bytes.npy", method, "a"), err.toString());
        assertEquals(0, mix("floats.npy", method, "b"), err.toString());
        assertArrayEquals(
                read("b/mixed_images.npy").data().asFloat(),
                read("a/mixed_images.npy").data().asFloat(),
                1e-3f);
    }
}
