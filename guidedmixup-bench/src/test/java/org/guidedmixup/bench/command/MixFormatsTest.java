package org.guidedmixup.bench.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** Calls, camel case and the word builder. */
    private static final Pattern JAVA =
            Pattern.compile("[a-zA-Z]\\((?!s\\b)[^)]|\\b[a-z]+[A-Z]\\w*|\\b(?!NumPy)[A-Z][a-z]+[A-Z]\\w*|builder|Nd4j");

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

    @ParameterizedTest
    @ValueSource(strings = {"NCHW", "NHWC"})
    void rowsAreMixedAsImagesOfTheirShape(String format) throws IOException {
        INDArray images = Nd4j.rand(DataType.FLOAT, M, 3, SIDE, SIDE + 1);
        INDArray axes =
                format.equals("NCHW") ? images : images.permute(0, 2, 3, 1).dup('c');
        NpyFile.write(directory.resolve("images.npy"), axes);
        NpyFile.write(directory.resolve("rows.npy"), axes.reshape(M, 3L * SIDE * (SIDE + 1)));
        String shape = "--image-shape=3," + SIDE + "," + (SIDE + 1);
        assertEquals(0, mix("images.npy", "guided-sr", "a", "--format=" + format), err.toString());
        assertEquals(0, mix("rows.npy", "guided-sr", "b", "--format=" + format, shape), err.toString());
        INDArray mixed = read("b/mixed_images.npy");
        assertArrayEquals(new long[] {M, 3L * SIDE * (SIDE + 1)}, mixed.shape());
        assertEquals(read("a/mixed_images.npy"), mixed.reshape(axes.shape()));
        assertEquals(read("a/mask.npy"), read("b/mask.npy"));
    }

    @Test
    void greyImagesAndGradientsGetTheShapeToo() throws IOException {
        NpyFile.write(directory.resolve("grey.npy"), Nd4j.rand(DataType.FLOAT, M, SIDE, SIDE));
        String[] more = {"--image-shape=1,16,16", "--gradient=" + directory.resolve("grey.npy")};
        assertEquals(0, mix("grey.npy", "guided-ap", "a", more), err.toString());
        assertArrayEquals(new long[] {M, SIDE, SIDE}, read("a/mixed_images.npy").shape());
    }

    @ParameterizedTest
    @ValueSource(strings = {"3,16", "3,16,0", "3,16,16,1", "3,16,17", "2147483647,2147483647,2147483647"})
    void anImageShapeThatDoesNotFitIsNamed(String shape) throws IOException {
        NpyFile.write(directory.resolve("rows.npy"), Nd4j.rand(DataType.FLOAT, M, 3 * SIDE * SIDE));
        assertEquals(2, mix("rows.npy", "guided-sr", "out", "--image-shape=" + shape));
        assertTrue(err.toString().contains("--image-shape"), err.toString());
    }

    /** Each would otherwise be told which builder setting, class or ND4J call helps. */
    @Test
    void errorsNameOptionsAndNotTheJavaApi() throws IOException {
        INDArray images = Nd4j.rand(DataType.FLOAT, M, 3, SIDE, SIDE);
        INDArray eye = Nd4j.eye(M).castTo(DataType.FLOAT);
        refused(Nd4j.rand(DataType.FLOAT, M, 3 * SIDE * SIDE), eye, "guided-sr", "--image-shape");
        refused(Nd4j.rand(DataType.FLOAT, M, SIDE, SIDE), eye, "guided-sr", "--image-shape 1,");
        refused(Nd4j.rand(DataType.FLOAT, M, SIDE, SIDE), eye, "guided-sr", "--image-shape 1,", "--format=NHWC");
        refused(images.mul(255), eye, "augmix", "--range");
        refused(images, Nd4j.createFromArray(0f, 3f, 2f, 1f), "guided-sr", "np.eye");
        refused(images, Nd4j.createFromArray(-1f, 1f, -1f, 1f).reshape(M, 1), "guided-sr", "use 0 and 1");
        refused(images, eye.mul(2), "snapmix", "sum to 1");
        refused(images, Nd4j.ones(DataType.FLOAT, M, 1), "snapmix", "use another method");
        refused(images, Nd4j.ones(DataType.FLOAT, M, 2, SIDE, SIDE), "snapmix", "--method guided-sr");
        refused(images, Nd4j.ones(DataType.FLOAT, M, SIDE, SIDE, 2), "guided-sr", "the images are NCHW");
        refused(
                Nd4j.rand(DataType.FLOAT, M, 3 * SIDE * SIDE),
                Nd4j.ones(DataType.FLOAT, M, 2, SIDE, SIDE),
                "mixup",
                "--image-shape");
    }

    private void refused(INDArray images, INDArray labels, String method, String help, String... more)
            throws IOException {
        NpyFile.write(directory.resolve("x.npy"), images);
        NpyFile.write(directory.resolve("y.npy"), labels);
        err.getBuffer().setLength(0);
        assertEquals(2, mix("x.npy", method, "out", more), err.toString());
        String message = err.toString();
        assertTrue(message.contains(help), message);
        Matcher java = JAVA.matcher(message.replace("np.eye(classes)", "").replace("SnapMix", ""));
        assertFalse(java.find(), () -> java.group() + " in " + message);
    }
}
