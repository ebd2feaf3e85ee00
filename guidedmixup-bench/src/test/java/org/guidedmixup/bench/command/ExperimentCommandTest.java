package org.guidedmixup.bench.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that train and measure, run on a few drawn shapes. */
class ExperimentCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int run(String... arguments) {
        CommandLine line = CommandLineTool.create();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private int experiment(String table, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "experiment",
                table,
                "--data=shapes",
                "--classes=2",
                "--image-size=12",
                "--epochs=1",
                "--width=2",
                "--out=" + directory));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    private String measurements() throws IOException {
        return Files.readString(directory.resolve("measurements.csv"), StandardCharsets.UTF_8);
    }

    @Test
    void resultsAccumulateAndNothingIsTrainedTwice() throws IOException {
        String[] options = {"--columns=10,50", "--method=vanilla,guided-sr+random", "--seeds=1,2", "--batch=10"};
        assertEquals(0, experiment("table6", options), err.toString());
        String printed = out.toString();
        assertTrue(printed.contains("Table 6"), printed);
        assertTrue(
                printed.matches(
                        "(?s).*guided-sr\\+random \\(random pairs\\) +\\d+\\.\\d\\d ± \\d+\\.\\d\\d +\\d+\\.\\d\\d ± \\d+\\.\\d\\d +50\\.60\n.*"),
                printed);
        assertTrue(printed.contains("Scale: small-resnet, 1 epochs of batches of 10"), printed);
        assertTrue(printed.contains("50: 100 training and 100 test images of 2 classes, 3 x 12 x 12"), printed);
        assertTrue(printed.contains("The paper: wrn28-10, --model preactresnet18 --epochs 1200"), printed);
        String first = measurements();
        assertEquals(1 + 2 * 2 * 2, first.lines().count(), first);

        out.getBuffer().setLength(0);
        deleteCheckpoints();
        assertEquals(0, experiment("table6", options), err.toString());
        assertEquals(first, measurements());
        assertFalse(Files.exists(directory.resolve("checkpoints")), "trained again");
        assertEquals(row(printed, "vanilla"), row(out.toString(), "vanilla"));

        assertEquals(
                0, experiment("table6", "--columns=10", "--method=mixup", "--seeds=3", "--batch=10"), err.toString());
        assertTrue(measurements().startsWith(first), "earlier results stay");
        assertEquals(1 + 2 * 2 * 2 + 1, measurements().lines().count());
    }

    private static String row(String printed, String method) {
        return printed.lines()
                .filter(line -> line.startsWith(method + " "))
                .findFirst()
                .orElseThrow();
    }

    private void deleteCheckpoints() throws IOException {
        try (var files = Files.walk(directory.resolve("checkpoints"))) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void trainingsOfOtherSettingsAreNotTakenForTheSame() throws IOException {
        String[] options = {"--per-class=10", "--method=vanilla", "--batch=10"};
        assertEquals(0, experiment("table1", options), err.toString());
        for (String other : List.of("--crop-border=black", "--crop-border=mean", "--loss=bce", "--init=pytorch")) {
            String before = measurements();
            assertEquals(
                    0,
                    experiment(
                            "table1",
                            Stream.concat(Stream.of(options), Stream.of(other)).toArray(String[]::new)));
            assertEquals(before.lines().count() + 1, measurements().lines().count(), other + " was not trained");
            assertTrue(
                    measurements()
                            .contains(other.substring(2)
                                    .replace("crop-border", "cropBorder")
                                    .replace("init=", "initialization=")),
                    measurements());
        }
    }

    @Test
    void corruptionsAreMeasuredOfTheSameTraining() throws IOException {
        assertEquals(0, experiment("table4", "--per-class=10", "--method=vanilla", "--batch=10"), err.toString());
        List<String> lines = measurements().lines().toList();
        assertEquals(3, lines.size());
        assertTrue(lines.get(1).startsWith("vanilla,1,top-1,"), lines.get(1));
        assertTrue(lines.get(2).startsWith("vanilla,1,CIFAR-C,"), lines.get(2));
    }

    @Test
    void table2MeasuresTime() {
        assertEquals(
                0,
                experiment("table2", "--per-class=32", "--method=guided-sr", "--runs=1", "--warmup-mixing=0"),
                err.toString());
        assertTrue(
                out.toString().matches("(?s).*guided-sr +-?[\\d.]+ +7\\.7 +-?[\\d.]+ +7\\.1 +-?[\\d.]+ +7\\.0\n.*"),
                out.toString());
    }

    @Test
    void checkpointsAreEvaluatedUnderCorruption() throws IOException {
        String[] data = {"--data=shapes", "--classes=2", "--per-class=10", "--image-size=12", "--width=2"};
        List<String> train = new ArrayList<>(List.of("train", "--epochs=2", "--method=vanilla", "--out=" + directory));
        train.addAll(List.of(data));
        assertEquals(0, run(train.toArray(String[]::new)), err.toString());
        double trained =
                Double.parseDouble(row(out.toString(), "vanilla").strip().split("\\s+", -1)[1]);

        Path checkpoint = directory.resolve("checkpoints/vanilla-seed1.checkpoint");
        List<String> evaluate = new ArrayList<>(List.of(
                "evaluate",
                "--checkpoint=" + checkpoint,
                "--corruption=gaussian-noise,fog",
                "--csv=" + directory.resolve("corrupted.csv"),
                "--sheet=" + directory.resolve("sheet.png")));
        evaluate.addAll(List.of(data));
        out.getBuffer().setLength(0);
        assertEquals(0, run(evaluate.toArray(String[]::new)), err.toString());
        double clean = Double.parseDouble(row(out.toString(), "clean").strip().split("\\s+", -1)[1]);
        assertEquals(trained, clean, 0.051);
        List<String> lines = Files.readAllLines(directory.resolve("corrupted.csv"), StandardCharsets.UTF_8);
        assertEquals(1 + 1 + 2 * 5, lines.size());
        assertTrue(lines.get(1).endsWith("clean,0," + String.format("%.1f", clean)), lines.get(1));
        assertTrue(Files.size(directory.resolve("sheet.png")) > 1000);

        byte[] stored = Files.readAllBytes(checkpoint);
        evaluate.add("--renew-batch-norm");
        out.getBuffer().setLength(0);
        assertEquals(0, run(evaluate.toArray(String[]::new)), err.toString());
        assertTrue(out.toString().contains("statistics of batch norm renewed from 20 training images"), out.toString());
        assertArrayEquals(stored, Files.readAllBytes(checkpoint));
    }

    @Test
    void protocolsArePrintedAndOverridden() {
        assertEquals(0, run("protocols"));
        assertTrue(
                out.toString()
                        .contains(
                                "cifar100       --model preactresnet18 --epochs 1200 --batch 100 --lr 0.1"
                                        + " --lr-steps 400,800 --weight-decay 1.0E-4 --crop-border black --loss bce --init pytorch"),
                out.toString());
        int done = run(
                "train",
                "--data=shapes",
                "--classes=2",
                "--per-class=10",
                "--image-size=12",
                "--protocol=cifar100",
                "--width=2",
                "--epochs=3",
                "--batch=10",
                "--method=vanilla",
                "--out=" + directory);
        assertEquals(0, done, err.toString());
        assertTrue(
                out.toString()
                        .contains(
                                "preactresnet18, 3 epochs of batches of 10, learning rate 0.1 (falling to a tenth at each of epochs [1, 2]"
                                        + "), weight decay 1.0E-4, crop border black, loss bce, init pytorch"),
                out.toString());
    }

    @Test
    void mistakesAreToldInALine() {
        assertEquals(2, experiment("table9"));
        assertTrue(err.toString().contains("experiment table9: expected one of table1, table2"), err.toString());
        assertEquals(2, experiment("table1", "--scale=huge"));
        assertEquals(2, experiment("table1", "--columns=10"));
        assertEquals(2, experiment("table1", "--lr-steps=5"));
        assertTrue(
                err.toString().contains("--lr-steps [5]: expected ascending epochs below --epochs 1"), err.toString());
        assertEquals(2, run("evaluate", "--data=shapes"));
        assertEquals(2, run("evaluate", "--data=shapes", "--sheet=x.png", "--corruption=rain"));
        assertTrue(err.toString().contains("corruption 'rain': expected one of"), err.toString());
        assertEquals(2, run("train", "--data=shapes", "--out=" + directory, "--protocol=coco"));
        assertTrue(err.toString().contains("--protocol coco: expected one of quick, small, cifar100"), err.toString());
    }
}
