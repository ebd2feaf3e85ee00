package org.guidedmixup.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The measurement as a user sees it: tables, a file, and one-line errors. */
class OverheadCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int overhead(String... arguments) {
        CommandLine line = CommandLineTool.create();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        Stream<String> small = Stream.of(
                        "--data=shapes",
                        "--classes=2",
                        "--per-class=6",
                        "--batch=4",
                        "--width=4",
                        "--runs=3",
                        "--warmup=1",
                        "--warmup-mixing=0")
                .filter(option ->
                        Arrays.stream(arguments).noneMatch(other -> name(other).equals(name(option))));
        return line.execute(Stream.of(Stream.of("overhead"), small, Arrays.stream(arguments))
                .flatMap(parts -> parts)
                .toArray(String[]::new));
    }

    private static String name(String option) {
        return option.substring(0, Math.max(0, option.indexOf('=')));
    }

    private JsonNode measured(String... arguments) throws IOException {
        Path file = directory.resolve("new").resolve("overhead.json");
        String[] all =
                Stream.concat(Stream.of(arguments), Stream.of("--json=" + file)).toArray(String[]::new);
        assertEquals(0, overhead(all), err.toString());
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList(), "and nothing temporary");
        }
        return new ObjectMapper().readTree(file.toFile());
    }

    private static List<String> methods(JsonNode batch) {
        return batch.get("methods").findValuesAsText("method");
    }

    @Test
    void everyMethodIsMeasuredAtEveryBatchSize() throws IOException {
        JsonNode root = measured("--batch=4,12", "--method=guided-sr,vanilla,mixup,guided-ap");
        for (String fact : List.of("command", "data", "model", "version", "cpu", "JVM", "ND4J", "OpenMP threads")) {
            assertFalse(root.get("settings").get(fact).asText().isBlank(), fact);
        }
        assertEquals("1.0.0-M2.1", root.get("settings").get("ND4J").asText());
        assertEquals(2, root.get("batches").size());
        assertEquals(12, root.get("batches").get(1).get("batch").asInt());
        for (JsonNode batch : root.get("batches")) {
            assertEquals(List.of("vanilla", "guided-sr", "mixup", "guided-ap"), methods(batch));
            for (JsonNode method : batch.get("methods")) {
                assertEquals(3, method.get("step_ms").get("runs").size());
                assertEquals(3, method.get("mixing_ms").get("runs").size());
                double median = method.get("step_ms").get("median").asDouble();
                assertTrue(median > method.get("mixing_ms").get("median").asDouble(), method.toString());
                boolean vanilla = method.get("method").asText().equals("vanilla");
                assertEquals(!vanilla, method.has("overhead_percent"));
                assertEquals(!vanilla, method.has("overhead_of_medians_percent"));
                assertEquals(!vanilla, method.has("mixing_percent"));
            }
        }
        for (String heading : List.of("batch 4 ", "batch 12 ")) {
            assertTrue(out.toString().lines().anyMatch(line -> line.startsWith(heading)), out.toString());
        }
    }

    @Test
    void boxesAugMixAndLentPairingsAreMeasured() throws IOException {
        JsonNode root = measured(
                "--method=manifold,snapmix,cutmix+greedy,saliencymix,augmix,puzzlemix,comixup,guided-sr+augmix");
        assertEquals(
                List.of(
                        "vanilla",
                        "manifold",
                        "snapmix",
                        "cutmix+greedy",
                        "saliencymix",
                        "augmix",
                        "puzzlemix",
                        "comixup",
                        "guided-sr+augmix"),
                methods(root.get("batches").get(0)));
    }

    @Test
    void methodsWithoutANetworkAreMeasuredAheadToo() throws IOException {
        JsonNode root = measured("--async", "--method=mixup,guided-ap", "--model=resnet18", "--image-size=16");
        assertEquals(
                List.of("vanilla", "mixup", "mixup (async)", "guided-ap"),
                methods(root.get("batches").get(0)));
        assertEquals("ResNet18[width=4]", root.get("settings").get("model").asText());
        assertTrue(out.toString().contains("3 x 16 x 16"), out.toString());
    }

    @Test
    void mixingIsWarmedUpForAsLongAsItIsSaid() throws IOException {
        long start = System.nanoTime();
        measured("--method=mixup,guided-sr", "--warmup-mixing=1");
        assertTrue(System.nanoTime() - start > 2e9, "one second per method");
    }

    @Test
    void theGradientIsMeasuredAtEverySaliencyScale() throws IOException {
        JsonNode root = measured("--saliency-scale=1,2", "--method=mixup,guided-ap");
        assertEquals(
                List.of("vanilla", "mixup", "guided-ap", "guided-ap (scale 2)"),
                methods(root.get("batches").get(0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--batch=4,13           | --batch 13: expected 2 to 12, the number of training images",
                "--batch=1              | --batch 1: expected 2",
                "--batch=many           | --batch",
                "--runs=0               | --runs 0: expected at least 1",
                "--warmup=0             | --warmup 0: expected at least 1",
                "--warmup-mixing=-1     | --warmup-mixing -1: expected at least 0",
                "--mix-probability=1.5  | --mix-probability 1.5: expected 0 to 1",
                "--mix-probability=NaN  | --mix-probability NaN: expected 0 to 1",
                "--saliency-scale=2,0   | --saliency-scale [2, 0]: expected numbers of at least 1",
                "--width=0              | --width 0: expected at least 1",
                "--model=vgg            | --model vgg: expected small-resnet, preactresnet18, resnet18, resnet50,",
                "--method=nothing       | method 'nothing': expected",
                "--image-size=1         | --image-size 1",
                "--json=target          | --json target: expected a file",
                "--data=folder:no/such  | no/such"
            })
    void aMistakeIsOneLineAndExitCodeTwo(String argument, String message) {
        assertEquals(2, overhead(argument), out.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains(message), err.toString());
        assertEquals("", out.toString());
    }
}
