package org.guidedmixup.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Training as a user sees it: a table, files, and checkpoints to resume from. */
class TrainCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int train(String... arguments) {
        CommandLine line = CommandLineTool.create();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        Stream<String> small = Stream.of(
                        "--data=shapes", "--classes=2", "--per-class=8", "--batch=8", "--width=4", "--out=" + directory)
                .filter(option ->
                        Arrays.stream(arguments).noneMatch(other -> name(other).equals(name(option))));
        return line.execute(Stream.of(Stream.of("train"), small, Arrays.stream(arguments))
                .flatMap(parts -> parts)
                .toArray(String[]::new));
    }

    private static String name(String option) {
        return option.substring(0, Math.max(0, option.indexOf('=')));
    }

    @Test
    void theGalleryShowsTheSaliencyOfATrainedNetwork() throws IOException {
        assertEquals(0, train("--epochs=1", "--method=vanilla", "--seeds=3"), err.toString());
        String checkpoint = "--checkpoint=" + directory.resolve("checkpoints/vanilla-seed3.checkpoint");
        assertEquals(0, gallery("without.png", "--width=4", "--method=guided-ap"), err.toString());
        assertTrue(out.toString().contains("no network: guided-ap"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, gallery("with.png", "--width=4", "--method=guided-ap", checkpoint), err.toString());
        assertFalse(out.toString().contains("no network"), out.toString());
        assertFalse(Arrays.equals(
                Files.readAllBytes(directory.resolve("without.png")),
                Files.readAllBytes(directory.resolve("with.png"))));
        assertEquals(2, gallery("other.png", "--width=5", checkpoint));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("vanilla-seed3.checkpoint is of another network"), err.toString());
    }

    @Test
    void theGalleryTrainsItsOwnNetworkAndShowsAllMethodsOnOnePicture() throws IOException {
        String methods =
                "--method=mixup,manifold,cutmix,augmix,saliencymix,snapmix,puzzlemix,comixup,guided-sr,guided-ap,"
                        + "guided-sr+augmix";
        assertEquals(0, gallery("all.png", "--width=4", methods, "--mixed-only"), err.toString());
        assertTrue(out.toString().contains("no network: snapmix uses"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, gallery("trained.png", "--width=4", methods, "--mixed-only", "--epochs=1"), err.toString());
        assertEquals(
                List.of("no network: manifold mixes at the input alone", "wrote " + directory.resolve("trained.png")),
                out.toString().lines().toList());
        assertFalse(Arrays.equals(
                Files.readAllBytes(directory.resolve("all.png")),
                Files.readAllBytes(directory.resolve("trained.png"))));
        assertEquals(2, gallery("all.html", "--mixed-only"));
        assertEquals(2, gallery("all.png", "--epochs=0"));
        assertEquals(2, gallery("all.png", "--epochs=1", "--checkpoint=any"));
        assertEquals(3, err.toString().lines().count(), err.toString());
    }

    private int gallery(String file, String... more) {
        CommandLine line = CommandLineTool.create();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        Stream<String> arguments = Stream.of(
                "gallery",
                "--data=shapes",
                "--classes=2",
                "--per-class=8",
                "--batch=8",
                "--pairs=2",
                "--out=" + directory.resolve(file));
        return line.execute(Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void everyMethodAndSeedIsTrainedAndReported() throws IOException {
        assertEquals(
                0,
                train("--epochs=2", "--seeds=1,2", "--method=vanilla,mixup,guided-sr,guided-sr+random,guided-ap"),
                err.toString());
        assertTrue(out.toString().contains("16 training and 100 test images of 2 classes"), out.toString());
        for (String method : List.of("vanilla", "mixup", "guided-sr", "guided-sr+random", "guided-ap")) {
            assertTrue(out.toString().lines().anyMatch(line -> line.startsWith(method + " ")), out.toString());
        }
        List<String> csv = Files.readAllLines(directory.resolve("results.csv"));
        assertEquals(1 + 10, csv.size());
        JsonNode runs = new ObjectMapper()
                .readTree(directory.resolve("results.json").toFile())
                .get("runs");
        assertEquals(10, runs.size());
        for (JsonNode run : runs) {
            assertEquals(2, run.get("history").size());
            double top1 = run.get("top1_percent").asDouble();
            assertTrue(top1 > 0 && top1 <= 100, "top-1 " + top1);
            assertEquals(100, run.get("top5_percent").asDouble(), "two classes are always among the first five");
        }
        assertTrue(Files.readString(directory.resolve("report.html")).contains("guided-sr+random"));
    }

    @Test
    void everyModelTrains() {
        assertEquals(0, train("--epochs=1", "--model=resnet18", "--method=vanilla,guided-ap"), err.toString());
        assertTrue(out.toString().lines().anyMatch(line -> line.startsWith("guided-ap ")), out.toString());
    }

    @Test
    void everyNamedMethodTrainsOnNormalisedImages() throws IOException {
        List<String> methods = List.of(
                "cutmix",
                "manifold",
                "snapmix",
                "manifold+greedy+augmix",
                "saliencymix+greedy",
                "augmix",
                "puzzlemix",
                "comixup",
                "guided-sr+augmix");
        assertEquals(
                0, train("--epochs=1", "--method=" + String.join(",", methods), "--mix-probability=1"), err.toString());
        for (String method : methods) {
            assertTrue(out.toString().lines().anyMatch(line -> line.startsWith(method + " ")), out.toString());
        }
    }

    @Test
    void resumingGoesOnToTheResultOfAnUninterruptedTraining() throws IOException {
        assertEquals(0, train("--epochs=3", "--method=guided-sr"), err.toString());
        Path checkpoint = directory.resolve("checkpoints/guided-sr-seed1.checkpoint");
        JsonNode uninterrupted = history();
        byte[] finished = Files.readAllBytes(checkpoint);

        assertEquals(0, train("--epochs=3", "--method=guided-sr", "--resume"), err.toString());
        assertEquals(uninterrupted, history(), "a finished training is only reported again");

        assertEquals(0, train("--epochs=3", "--method=guided-sr"), err.toString());
        for (int epoch = 0; epoch < 3; epoch++) {
            assertEquals(
                    uninterrupted.get(epoch).get("train_loss"),
                    history().get(epoch).get("train_loss"),
                    "trained again");
        }
        assertEquals(finished.length, Files.size(checkpoint));
    }

    private JsonNode history() throws IOException {
        return new ObjectMapper()
                .readTree(directory.resolve("results.json").toFile())
                .get("runs")
                .get(0)
                .get("history");
    }

    @Test
    void resultsSayHowTheyWereTrained() throws IOException {
        double[] losses = new double[2];
        for (String border : List.of("reflect", "edge")) {
            assertEquals(0, train("--epochs=1", "--method=vanilla", "--crop-border=" + border), err.toString());
            String protocol =
                    "small-resnet, 1 epochs of batches of 8, learning rate 0.1 (one-cycle), weight decay 5.0E-4,"
                            + " crop border " + border + ", loss ce, init he";
            JsonNode json = new ObjectMapper()
                    .readTree(directory.resolve("results.json").toFile());
            assertEquals(protocol, json.at("/settings/protocol").asText());
            assertTrue(out.toString().contains(protocol), out.toString());
            assertTrue(Files.readString(directory.resolve("report.html")).contains(protocol));
            List<String> csv = Files.readAllLines(directory.resolve("results.csv"));
            assertTrue(csv.get(0).endsWith(",protocol"), csv.get(0));
            assertTrue(csv.get(1).endsWith(",\"" + protocol + "\""), csv.get(1));
            losses[border.equals("edge") ? 1 : 0] =
                    history().get(0).get("train_loss").asDouble();
        }
        assertNotEquals(losses[0], losses[1]);
    }

    @Test
    void aCheckpointOfAnotherTrainingIsRefused() throws IOException {
        assertEquals(0, train("--epochs=1", "--method=guided-sr"), err.toString());
        assertEquals(2, train("--epochs=1", "--method=guided-sr", "--mix-probability=0.9", "--resume"));
        assertTrue(err.toString().contains("is of another training"), err.toString());
        err.getBuffer().setLength(0);
        assertEquals(2, train("--epochs=1", "--method=guided-sr", "--crop-border=black", "--resume"));
        assertTrue(err.toString().contains("cropBorder=black"), err.toString());
        assertTrue(err.toString().contains("cropBorder=reflect"), err.toString());
        assertEquals(2, train("--epochs=1", "--method=guided-sr", "--loss=bce", "--resume"));
        assertTrue(err.toString().contains("loss=bce"), err.toString());
        assertEquals(2, train("--epochs=1", "--method=guided-sr", "--init=pytorch", "--resume"));
        assertTrue(err.toString().contains("initialization=pytorch"), err.toString());
        Files.write(directory.resolve("checkpoints/guided-sr-seed1.checkpoint"), new byte[100]);
        assertEquals(2, train("--epochs=1", "--method=guided-sr", "--resume"));
        assertTrue(err.toString().contains("guided-sr-seed1.checkpoint: not a checkpoint"), err.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--epochs=0             | --epochs 0: expected at least 1",
                "--batch=1              | --batch 1: expected at least 2",
                "--lr=0                 | --lr 0.0",
                "--weight-decay=-1      | --weight-decay -1.0",
                "--mix-probability=2    | --mix-probability 2.0: expected 0 to 1",
                "--evaluate-every=0     | --evaluate-every 0",
                "--crop-border=white    | --crop-border white: expected one of black, reflect, edge, mean",
                "--loss=hinge           | --loss hinge: expected one of ce, bce",
                "--init=xavier          | --init xavier: expected one of he, pytorch",
                "--width=0              | --width 0",
                "--model=vgg            | --model vgg: expected small-resnet, preactresnet18, resnet18, resnet50,",
                "--method=nothing       | method 'nothing': expected",
                "--method=vanilla+greedy | method 'vanilla+greedy'",
                "--classes=20           | 20",
                "--seeds=one            | --seeds",
                "--seeds=1,2,1          | --seeds: expected each seed once, got 1 twice",
                "--data=folder:no/such  | no/such"
            })
    void aMistakeIsOneLineAndExitCodeTwo(String argument, String message) {
        assertEquals(2, train(argument), out.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains(message), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--loss=ce", "--loss=bce"})
    void aTrainingThatDivergesIsToldEverywhere(String loss) throws IOException {
        String methods = "--method=vanilla,guided-ap,comixup,snapmix";
        assertEquals(3, train("--epochs=4", "--evaluate-every=1", "--lr=1e30", methods, loss), out + "" + err);
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("4 of 4 trainings diverged"), err.toString());
        assertTrue(err.toString().contains("vanilla, seed 1, in epoch "), err.toString());
        for (String line : out.toString().lines().toList()) {
            assertFalse(line.startsWith("vanilla ") && line.contains("100.00"), line);
        }
        assertTrue(out.toString().lines().anyMatch(line -> line.matches("vanilla +diverged +– .*")), out.toString());
        JsonNode run = new ObjectMapper()
                .readTree(directory.resolve("results.json").toFile())
                .get("runs")
                .get(0);
        assertTrue(run.get("top1_percent").isNull() && run.get("top5_percent").isNull());
        assertTrue(run.get("diverged_in_epoch").asInt() >= 1);
        assertEquals(run.get("diverged_in_epoch").asInt(), run.get("history").size(), "no epoch after it");
        assertTrue(Files.readAllLines(directory.resolve("results.csv"))
                .get(1)
                .matches("vanilla,1,\\d,,,[^,]*,\\d,\"small-resnet, .*"));
        assertTrue(Files.readString(directory.resolve("report.html")).contains("Diverged (a loss or score"));

        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        assertEquals(3, train("--epochs=4", "--evaluate-every=1", "--lr=1e30", methods, loss, "--resume"));
        assertTrue(err.toString().contains("4 of 4 trainings diverged"), err.toString());
    }

    @Test
    void aNetworkThatDivergedIsToldByEvaluate() {
        assertEquals(3, train("--epochs=1", "--method=vanilla", "--lr=1e30"));
        err.getBuffer().setLength(0);
        CommandLine line = CommandLineTool.create();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String checkpoint = "--checkpoint=" + directory.resolve("checkpoints/vanilla-seed1.checkpoint");
        assertEquals(
                3,
                line.execute("evaluate", "--data=shapes", "--classes=2", "--per-class=8", "--width=4", checkpoint),
                err.toString());
        assertTrue(err.toString().contains("scores that are not numbers"), err.toString());
        assertTrue(err.toString().contains("vanilla-seed1.checkpoint"), err.toString());
    }

    @Test
    void imagesThatAMethodRefusesAreRefusedBeforeTheFirstTraining() throws IOException {
        Path data = Files.createDirectory(directory.resolve("idx"));
        for (String part : List.of("train", "t10k")) {
            idx(data.resolve(part + "-images-idx3-ubyte"), 0x803, 8, 3, 3);
            idx(data.resolve(part + "-labels-idx1-ubyte"), 0x801, 8);
        }
        CommandLine line = CommandLineTool.create();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int status = line.execute(
                "train",
                "--data=idx:" + data,
                "--epochs=1",
                "--batch=8",
                "--width=4",
                "--method=vanilla,guided-sr,comixup",
                "--out=" + directory);
        assertEquals(2, status, err.toString());
        assertTrue(err.toString().contains("guidedmixup: comixup: "), err.toString());
        assertFalse(Files.exists(directory.resolve("checkpoints")), "nothing was trained");
    }

    /** A file of the MNIST family whose bytes are 0 and 1 in turn. */
    private static void idx(Path file, int magic, int... sizes) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(4 + 4 * sizes.length + Arrays.stream(sizes).reduce(1, (a, b) -> a * b));
        bytes.putInt(magic);
        for (int size : sizes) {
            bytes.putInt(size);
        }
        for (int i = 0; bytes.hasRemaining(); i++) {
            bytes.put((byte) (i % 2));
        }
        Files.write(file, bytes.array());
    }

    @Test
    void resultsAreWrittenInTheSameDigitsEverywhere() throws IOException {
        Locale usual = Locale.getDefault();
        try {
            for (String tag : List.of("ar-EG-u-nu-arab", "fa-IR")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertEquals(0, train("--epochs=1", "--method=vanilla"), err.toString());
                for (String file : List.of("results.json", "results.csv", "report.html")) {
                    assertNoForeignDigits(Files.readString(directory.resolve(file)));
                }
                assertNoForeignDigits(out.toString());
                assertEquals(0, CommandLineTool.create().execute("protocols"));
            }
        } finally {
            Locale.setDefault(usual);
        }
    }

    private static void assertNoForeignDigits(String text) {
        text.chars()
                .filter(c -> Character.isDigit(c) && c > '9')
                .findFirst()
                .ifPresent(c -> assertTrue(
                        false,
                        "a non-ASCII digit, near "
                                + text.substring(Math.max(0, text.indexOf(c) - 40), text.indexOf(c) + 1)));
    }

    @Test
    void theClassesAreNamedBeforeTraining() {
        assertEquals(0, train("--epochs=1", "--method=vanilla"), err.toString());
        assertTrue(out.toString().lines().anyMatch(line -> line.startsWith("classes: ")), out.toString());
    }
}
