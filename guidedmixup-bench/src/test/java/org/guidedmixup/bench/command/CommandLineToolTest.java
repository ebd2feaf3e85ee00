package org.guidedmixup.bench.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.guidedmixup.bench.io.NpyFile;
import org.guidedmixup.dl4j.picture.Png;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine;

/** The commands as a user sees them: exit codes, lines, files. */
class CommandLineToolTest {
    private static final Path GOLDEN = Path.of("..", "guidedmixup-core", "src", "test", "resources", "golden");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = CommandLineTool.create();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    @ParameterizedTest
    @CsvSource({
        "sr_rgb32, guided-sr",
        "sr_gray28, guided-sr",
        "sr_rect48x40, guided-sr",
        "sr_pair2, guided-sr",
        "ap_rgb32, guided-ap",
        "ap_five4, guided-ap"
    })
    void mixWritesTheReferenceArrays(String name, String method) throws IOException {
        Path given = GOLDEN.resolve(name);
        List<String> arguments = List.of(
                "mix",
                "--images=" + given.resolve("images.npy"),
                "--labels=" + given.resolve("labels.npy"),
                "--method=" + method,
                "--out=" + directory,
                method.equals("guided-ap") ? "--gradient=" + given.resolve("input_gradient.npy") : "--seed=3");
        assertEquals(0, run(arguments.toArray(String[]::new)), err.toString());
        assertEquals("", err.toString());
        for (String step : List.of(
                "saliency", "normalized", "distance", "pairing", "mask", "ratio", "mixed_images", "mixed_labels")) {
            Path file = directory.resolve(step + ".npy");
            INDArray expected = NpyFile.read(given.resolve(step + ".npy"));
            INDArray actual = NpyFile.read(file);
            assertArrayEquals(expected.shape(), actual.shape(), step);
            assertArrayEquals(expected.data().asFloat(), actual.data().asFloat(), 2e-5f, step);
            String type = step.equals("pairing") ? "'<i4'" : "'<f4'";
            assertTrue(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(type));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "vanilla, mixed_images mixed_labels ratio",
        "mixup, mixed_images mixed_labels pairing ratio",
        "guided-sr+random, mask mixed_images mixed_labels normalized pairing ratio saliency",
        "cutmix, mask mixed_images mixed_labels pairing ratio",
        "cutmix+greedy, distance mask mixed_images mixed_labels normalized pairing ratio saliency",
        "saliencymix, mask mixed_images mixed_labels pairing ratio saliency",
        "puzzlemix, mask mixed_images mixed_labels pairing ratio saliency",
        "augmix, mixed_images mixed_labels ratio",
        "guided-sr+augmix, distance mask mixed_images mixed_labels normalized pairing ratio saliency"
    })
    void aMethodWritesTheStepsThatItHas(String method, String steps) throws IOException {
        assertEquals(0, mix(method), err.toString());
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names = files.map(file -> file.getFileName().toString().replace(".npy", ""))
                    .sorted()
                    .toList();
            assertEquals(List.of(steps.split(" ")), names);
        }
    }

    @Test
    void theSeedDecidesWhatIsDrawn() throws IOException {
        assertEquals(0, mix("mixup", "--seed=5"));
        float[] first = NpyFile.read(directory.resolve("ratio.npy")).toFloatVector();
        assertEquals(0, mix("mixup", "--seed=5"));
        assertArrayEquals(first, NpyFile.read(directory.resolve("ratio.npy")).toFloatVector());
        assertEquals(0, mix("mixup", "--seed=6"));
        assertTrue(first[0] != NpyFile.read(directory.resolve("ratio.npy")).getFloat(0));
    }

    private int mix(String method, String... more) {
        Path given = GOLDEN.resolve("sr_gray28");
        Stream<String> arguments = Stream.of(
                "mix",
                "--images=" + given.resolve("images.npy"),
                "--labels=" + given.resolve("labels.npy"),
                "--out=" + directory,
                "--method=" + method);
        return run(Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                              | no command: expected one of train, experiment, protocols, evaluate, mix, gallery, overhead, backends, pairings, jmh",
                "mixx                                            | did you mean mix?",
                "--bogus                                         | Unknown option: '--bogus'",
                "mix --imags=x.npy                               | did you mean --images",
                "mix --images=x.npy --labels=y.npy               | --out",
                "mix --images=no.npy --labels=no.npy --out=o     | no.npy: no such file",
                "mix --images=x --labels=y --out=o --method=foo  | method 'foo': expected one of vanilla, mixup",
                "mix --images=x --labels=y --out=o --seed=one    | --seed",
                "mix --images=x --labels=y --out=o --gradient=g  | --gradient: expected only with --method puzzlemix, comixup, guided-ap",
                "mix --images=x --labels=y --out=o --method=vanilla+greedy | 'vanilla+greedy': +greedy is for methods",
                "mix --images=x --labels=y --out=o --method=mixup+best | method 'mixup+best': expected",
                "mix --images=x --labels=y --out=o --range=0,1 | --range: expected only with augmix, got --method guided-sr",
                "mix --images=x --labels=y --out=o --method=augmix --range=1 | --range: expected two numbers",
                "gallery --data=shapes --out=x.png --method=augmix+greedy | 'augmix+greedy'",
                "gallery --data=shapes --out=x.gif               | ends with .html or .png",
                "gallery --data=nonsense --out=x.html            | 'nonsense': unknown, expected one of shapes",
                "gallery --data=cifar10:no/such --out=x.html     | no/such: no such folder",
                "gallery --data=shapes --out=x.png --pairs=0     | --pairs 0",
                "mix --images=pom.xml --labels=y --out=o         | pom.xml: not a .npy file"
            })
    void aMistakeIsOneLineAndExitCodeTwo(String arguments, String message) {
        String[] split = arguments.isEmpty() ? new String[0] : arguments.split(" +");
        assertEquals(2, run(split));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains(message), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void withoutAGradientTheSpectralResidualStandsIn() throws IOException {
        assertEquals(0, mix("guided-ap"), err.toString());
        assertTrue(out.toString().startsWith("no --gradient: guided-ap uses the saliency of the spectral residual"));
        assertArrayEquals(
                NpyFile.read(GOLDEN.resolve("sr_gray28/mask.npy")).data().asFloat(),
                NpyFile.read(directory.resolve("mask.npy")).data().asFloat(),
                2e-5f);
    }

    @Test
    void imagesOutsideTheRangeOfAugMixAreAMistake() {
        assertEquals(2, mix("augmix", "--range=0.4,0.5"));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("expected values from 0.4 to 0.5"), err.toString());
    }

    @Test
    void galleryWritesThePageAndThePictureBesideIt() throws IOException {
        Path page = directory.resolve("g.html");
        assertEquals(0, run("gallery", "--data=shapes", "--pairs=1", "--batch=4", "--out=" + page), err.toString());
        assertTrue(Files.readString(page).contains("guided-sr"));
        assertTrue(Files.size(directory.resolve("g.png")) > 1000);
    }

    /** Fewer than a batch that the pairs are taken from. */
    @Test
    void galleryShowsAFolderWithFewImagesAClass() throws IOException {
        for (String image : List.of("a/1", "a/2", "a/3", "b/1", "b/2", "b/3")) {
            Path file = directory.resolve("images/" + image + ".png");
            Files.createDirectories(file.getParent());
            Files.write(file, Png.bytes(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB)));
        }
        Path out = directory.resolve("few.png");
        assertEquals(
                0,
                run("gallery", "--data=folder:" + directory.resolve("images"), "--pairs=1", "--out=" + out),
                err.toString());
        assertTrue(Files.size(out) > 0);
    }

    @Test
    void galleryWritesThePictureAlone() throws IOException {
        String out = "--out=" + directory.resolve("g.png");
        assertEquals(0, run("gallery", "--data=shapes", "--pairs=1", "--batch=4", out), err.toString());
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(1, files.count());
        }
    }

    /** The images of a class: so many of 8 x 8 pixels, in a folder of the class. */
    private void imagesOfClass(String name, int count) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("data").resolve(name));
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i, i, 0xffffff);
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
        }
    }

    @Test
    void galleryTakesClassesOfFewerImagesThanItChoosesFrom() throws IOException {
        imagesOfClass("a", 3);
        imagesOfClass("b", 4);
        String out = "--out=" + directory.resolve("g.png");
        String data = "--data=folder:" + directory.resolve("data");
        assertEquals(0, run("gallery", data, "--pairs=1", out), err.toString());
        assertTrue(Files.size(directory.resolve("g.png")) > 1000);
        assertEquals(2, run("gallery", data, "--pairs=1", "--per-class=16", out));
        assertTrue(err.toString().contains("--per-class 16: class 'a' has only 2 training images"), err.toString());
    }

    @Test
    void anEmptyFileIsCalledEmpty() throws IOException {
        imagesOfClass("a", 3);
        imagesOfClass("b", 3);
        Files.createFile(directory.resolve("data/b/empty.png"));
        String out = "--out=" + directory.resolve("g.png");
        assertEquals(2, run("gallery", "--data=folder:" + directory.resolve("data"), "--strict", out));
        assertTrue(err.toString().contains("empty.png: unreadable image: an empty file"), err.toString());
    }

    @Test
    void memoryThatRanOutIsToldWithWhatHelps() {
        CommandLine line = CommandLineTool.create();
        line.setErr(new PrintWriter(err));
        assertEquals(1, Failures.ofJvm(new OutOfMemoryError("Java heap space"), line, new String[0]));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("out of memory: Java heap space; use smaller images"), err.toString());
        assertTrue(err.toString().contains("java -Xmx"), err.toString());
    }

    @Test
    void errorsShowNoControlCharactersAndReadNoArgumentFiles() throws IOException {
        assertEquals(2, run("mix\u001b[2J\u0007"));
        assertTrue(err.toString().contains("mix?[2J?"), err.toString());
        Path file = Files.writeString(directory.resolve("words"), "secret");
        assertEquals(2, run("@" + file));
        assertTrue(err.toString().contains("@" + file) && !err.toString().contains("secret"), err.toString());
    }

    @Test
    void verboseShowsTheStackTrace() {
        assertEquals(2, run("mix", "--images=no.npy", "--labels=no.npy", "--out=o", "--verbose"));
        assertTrue(err.toString().contains("\tat "), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "mix --help", "overhead --help"})
    void helpIsNoMistake(String arguments) {
        assertEquals(0, run(arguments.split(" ")));
        assertEquals("", err.toString());
        assertTrue(out.toString().contains("guidedmixup"), out.toString());
    }
}
