package org.guidedmixup.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.guidedmixup.dl4j.picture.Png;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report as a browser shows it; skipped where there is no Chromium. */
class ReportInBrowserTest {
    private static final Pattern FOUND = Pattern.compile("<title>(\\{.*?})</title>");

    /** Runs before everything else on the page, to collect errors. */
    private static final String LISTEN = "<head><script>window.failures = [];"
            + "addEventListener('error', e => failures.push(String(e.message || e.target.src)), true);"
            + "const loud = console.error; console.error = (...a) => { failures.push(a.join(' ')); loud(...a); };"
            + "addEventListener('load', () => {"
            + "  const painted = c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0);"
            + "  document.title = JSON.stringify({"
            + "    failures,"
            + "    canvases: [...document.querySelectorAll('canvas')].filter(painted).map(c => c.id),"
            + "    pictures: [...document.images].filter(i => i.complete && i.naturalWidth === 32).length,"
            + "    requests: performance.getEntriesByType('resource').map(r => r.name)"
            + "      .filter(n => !n.startsWith('data:'))});"
            + "});</script>";

    @TempDir
    private Path directory;

    private static Optional<Path> chromium() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name ->
                        Arrays.stream(path.split(File.pathSeparator, -1)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Test
    void chartsAndPicturesAreThereWithoutNetworkOrError() throws IOException, InterruptedException {
        assumeTrue(chromium().isPresent(), "no Chromium on the path");
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        Map<String, List<String>> examples = Map.of("mixup", List.of(Png.dataUri(image), Png.dataUri(image)));
        JsonNode found = open(ReportPage.render(new TrainingReport(Runs.study(), Map.of("a", "b"), examples)));
        assertEquals("[]", found.get("failures").toString());
        assertEquals("[]", found.get("requests").toString());
        assertEquals(
                "[\"summary\",\"accuracy\",\"loss\"]", found.get("canvases").toString());
        assertEquals(2, found.get("pictures").asInt());
    }

    /** A single run, never evaluated, without vanilla. */
    @Test
    void nothingMeasuredIsNoError() throws IOException, InterruptedException {
        assumeTrue(chromium().isPresent(), "no Chromium on the path");
        TrainingRun run = new TrainingRun("mixup", 1, List.of());
        JsonNode found = open(ReportPage.render(new TrainingReport(List.of(run), Map.of(), Map.of())));
        assertEquals("[]", found.get("failures").toString());
        assertEquals(3, found.get("canvases").size());
    }

    private JsonNode open(String page) throws IOException, InterruptedException {
        Path file = Files.writeString(
                directory.resolve("report.html"), page.replaceFirst("<head>", Matcher.quoteReplacement(LISTEN)));
        Path dump = directory.resolve("dump.html");
        Process browser = new ProcessBuilder(
                        chromium().orElseThrow().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + directory.resolve("profile"),
                        "--virtual-time-budget=3000",
                        "--dump-dom",
                        file.toUri().toString())
                .redirectOutput(dump.toFile())
                .redirectError(directory.resolve("browser.log").toFile())
                .start();
        try {
            assertTrue(browser.waitFor(60, TimeUnit.SECONDS), "the browser does not exit");
        } finally {
            browser.destroyForcibly();
        }
        String shown = Files.readString(dump, StandardCharsets.UTF_8);
        Matcher title = FOUND.matcher(shown);
        assertTrue(title.find(), () -> "no findings in " + shown.substring(0, Math.min(2000, shown.length())));
        return new ObjectMapper()
                .readTree(title.group(1).replace("&quot;", "\"").replace("&lt;", "<"));
    }
}
