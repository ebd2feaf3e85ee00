package org.guidedmixup.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.guidedmixup.bench.io.NpyFile;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;

/** Every command that takes a method takes all of them by name, each with GuidedMixup's pairing where it has partners. */
class EveryMethodTest {
    private static final List<String> WITHOUT_PARTNERS = List.of("vanilla", "augmix", "comixup");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static List<String> methods() {
        List<String> methods = new ArrayList<>(MixingMethod.names());
        MixingMethod.names().stream()
                .filter(name -> !WITHOUT_PARTNERS.contains(name) && !name.startsWith("guided"))
                .map(name -> name + "+greedy")
                .forEach(methods::add);
        methods.addAll(List.of("guided-sr+random", "guided-sr+augmix", "guided-ap+augmix"));
        return methods;
    }

    private int run(String... arguments) {
        CommandLine line = CommandLineTool.create();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private int onShapes(String command, String... more) {
        Stream<String> arguments = Stream.of(
                command,
                "--data=shapes",
                "--classes=2",
                "--per-class=4",
                "--batch=4",
                "--width=2",
                "--method=" + String.join(",", methods()));
        return run(Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
    }

    private void assertARowForEach() {
        for (String method : methods()) {
            assertTrue(out.toString().lines().anyMatch(line -> line.startsWith(method + " ")), method + "\n" + out);
        }
    }

    @Test
    void methodsAreThoseOfThePaper() {
        assertEquals(
                List.of(
                        "vanilla",
                        "mixup",
                        "cutmix",
                        "manifold",
                        "augmix",
                        "saliencymix",
                        "snapmix",
                        "puzzlemix",
                        "comixup",
                        "guided-sr",
                        "guided-ap"),
                MixingMethod.names());
    }

    @Test
    void train() {
        assertEquals(0, onShapes("train", "--epochs=1", "--mix-probability=1", "--out=" + directory), err.toString());
        assertARowForEach();
    }

    @Test
    void overhead() {
        assertEquals(0, onShapes("overhead", "--runs=1", "--warmup=1", "--warmup-mixing=0"), err.toString());
        assertARowForEach();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--out=%s/all.html", "--out=%s/all.png --mixed-only --epochs=1"})
    void gallery(String options) {
        String[] split = String.format(options, directory).split(" ");
        assertEquals(0, onShapes("gallery", split), err.toString());
        assertTrue(out.toString().contains("wrote " + directory.resolve("all.png")), out.toString());
    }

    private String[] batch(String method, String... more) throws IOException {
        INDArray images = Nd4j.rand(DataType.FLOAT, 4, 3, 16, 16);
        INDArray labels = Nd4j.eye(4).castTo(DataType.FLOAT);
        NpyFile.write(directory.resolve("x.npy"), images);
        NpyFile.write(directory.resolve("y.npy"), labels);
        Stream<String> arguments = Stream.of(
                "mix",
                "--images=" + directory.resolve("x.npy"),
                "--labels=" + directory.resolve("y.npy"),
                "--method=" + method,
                "--out=" + directory.resolve("out"));
        return Stream.concat(arguments, Stream.of(more)).toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void mix(String method) throws IOException {
        assertEquals(0, run(batch(method)), err.toString());
        INDArray mixed = NpyFile.read(directory.resolve("out/mixed_images.npy"));
        assertEquals(!method.equals("vanilla"), !mixed.equals(NpyFile.read(directory.resolve("x.npy"))));
        boolean asksNetwork = Stream.of("snapmix", "puzzlemix", "comixup", "guided-ap", "manifold")
                .anyMatch(method::startsWith);
        assertEquals(asksNetwork, out.toString().startsWith("no "), "reports the fallback: " + out);
    }

    /** All saliency is in the first row of pixels: no spectral residual is like that. */
    @ParameterizedTest
    @ValueSource(strings = {"puzzlemix", "comixup", "guided-ap", "puzzlemix+greedy", "guided-ap+augmix"})
    void mixByTheGradient(String method) throws IOException {
        INDArray gradient = Nd4j.zeros(DataType.FLOAT, 4, 3, 16, 16);
        for (int column = 0; column < 16; column++) {
            for (int image = 0; image < 4; image++) {
                gradient.putScalar(new int[] {image, 1, 0, column}, 2 + image);
            }
        }
        NpyFile.write(directory.resolve("g.npy"), gradient);
        assertEquals(0, run(batch(method, "--gradient=" + directory.resolve("g.npy"))), err.toString());
        assertFalse(out.toString().contains("no --gradient"), out.toString());
        INDArray saliency = NpyFile.read(directory.resolve("out/saliency.npy"));
        float[] expected = new float[256];
        Arrays.fill(expected, 0, 16, (float) (3 / Math.sqrt(3)));
        for (int p = 0; p < 256; p++) {
            assertEquals(expected[p], saliency.slice(1).getFloat(p / 16, p % 16), 1e-5f, "pixel " + p);
        }
    }
}
