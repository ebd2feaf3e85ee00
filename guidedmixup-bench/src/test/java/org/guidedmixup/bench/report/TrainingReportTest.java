package org.guidedmixup.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.guidedmixup.bench.training.EpochRecord;
import org.guidedmixup.dl4j.picture.Png;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that training leaves behind. */
class TrainingReportTest {
    @TempDir
    private Path directory;

    @Test
    void allThreeFilesAreWrittenAndNothingElse() throws IOException {
        Files.writeString(directory.resolve("mine.txt"), "stays");
        report(Runs.study()).write(directory);
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    List.of("mine.txt", "report.html", "results.csv", "results.json"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aSecondReportReplacesTheFirst() throws IOException {
        report(Runs.study()).write(directory);
        report(List.of(Runs.run("mixup", 5, 0.5, 2, 3))).write(directory);
        assertEquals(2, Files.readAllLines(directory.resolve("results.csv")).size());
    }

    @Test
    void theCsvHasALineForEveryRun() throws IOException {
        report(Runs.study()).write(directory);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser csv = CSVParser.parse(Files.newBufferedReader(directory.resolve("results.csv")), format)) {
            List<CSVRecord> records = csv.getRecords();
            assertEquals(9, records.size());
            CSVRecord guided = records.get(2);
            assertEquals("guided-sr", guided.get("method"));
            assertEquals(80.0, Double.parseDouble(guided.get("top1_percent")), 1e-4);
            assertEquals(10.9, Double.parseDouble(guided.get("seconds_per_epoch")), 1e-4);
            assertFalse(guided.isMapped("overhead_percent"));
        }
    }

    @Test
    void theJsonHoldsSummaryAndHistory() throws IOException {
        report(Runs.study()).write(directory);
        JsonNode json =
                new ObjectMapper().readTree(directory.resolve("results.json").toFile());
        assertEquals("train --data shapes", json.at("/settings/command").asText());
        assertEquals(72.0, json.at("/summary/0/top1_percent/mean").asDouble(), 1e-9);
        assertEquals(1.0, json.at("/summary/0/top1_percent/sd").asDouble(), 1e-9);
        assertEquals(10.2, json.at("/summary/0/seconds_per_epoch/mean").asDouble(), 1e-9);
        assertTrue(json.at("/summary/1/overhead_percent").isMissingNode());
        assertEquals(20, json.at("/runs/8/history").size());
        assertEquals(1, json.at("/runs/8/history/0/epoch").asInt());
    }

    @Test
    void whatWasNotMeasuredIsNullInJson() {
        TrainingRun run = new TrainingRun("mixup", 1, List.of(new EpochRecord(0, 2.0, Optional.empty(), 1)));
        String json = ResultsJson.render(new TrainingReport(List.of(run), Map.of(), Map.of()));
        assertFalse(json.contains("NaN"), json);
    }

    @Test
    void thePageAsksForNoOtherFile() throws IOException {
        report(Runs.study()).write(directory);
        String page = Files.readString(directory.resolve("report.html"));
        assertTrue(page.contains("Chart.js v"), "Chart.js and its licence are inside");
        assertFalse(page.contains("sourceMappingURL"));
        assertFalse(page.contains("{{"));
        Pattern external = Pattern.compile("(?:src|href)\\s*=\\s*[\"'](?!data:)|@import|url\\(\\s*[\"']?(?!data:)\\w");
        String own = page.substring(0, page.indexOf("/*!")); // Chart.js itself is code, not mark-up
        assertFalse(external.matcher(own).find());
    }

    @Test
    void namesCannotBreakOutOfThePage() throws IOException {
        String evil = "</script><script>alert('x')</script>&\"";
        Map<String, List<String>> examples = Map.of(evil, List.of("data:image/png;base64,\"><b>"));
        List<TrainingRun> runs = List.of(Runs.run(evil, 1, 0.5, 1, 2));
        new TrainingReport(runs, Map.of(evil, evil), examples).write(directory);
        String page = Files.readString(directory.resolve("report.html"));
        assertFalse(page.contains("<script>alert"));
        assertFalse(page.contains("\"><b>"));
        assertEquals(3, page.split("</script>", -1).length - 1);
    }

    @Test
    void aMethodNamedLikeATemplatePlaceStaysAsItIs() {
        List<TrainingRun> runs = List.of(Runs.run("{{data}} $1 \\", 1, 0.5, 1, 2));
        String page = ReportPage.render(new TrainingReport(runs, Map.of(), Map.of()));
        assertTrue(page.contains("<td>{{data}} $1 \\</td>"));
    }

    private static TrainingReport report(List<TrainingRun> runs) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("command", "train --data shapes");
        settings.putAll(Machine.describe());
        String picture = Png.dataUri(new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB));
        Map<String, List<String>> examples = new LinkedHashMap<>();
        examples.put("mixup", List.of(picture, picture));
        examples.put("guided-sr", List.of(picture, picture));
        return new TrainingReport(runs, settings, examples);
    }
}
