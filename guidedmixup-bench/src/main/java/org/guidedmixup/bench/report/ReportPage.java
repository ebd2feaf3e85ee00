package org.guidedmixup.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.guidedmixup.bench.html.HtmlTemplate;

/** A report as one HTML page that needs no other file: table, curves, examples, settings. */
final class ReportPage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHART_VERSION = "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";

    private ReportPage() {}

    /**
     * Writes the page.
     *
     * @param report the report
     * @return HTML
     */
    static String render(TrainingReport report) {
        return HtmlTemplate.load(ReportPage.class, "report.html")
                .html("headings", cells("th", ResultTable.HEADINGS))
                .html("rows", rows(report.runs()))
                .text("seeds", seeds(report.runs()) + divergences(report.runs()))
                .html("examples", examples(report.examples()))
                .html("settings", settings(report.settings()))
                .html("chart_script", chartScript())
                .html("report_script", HtmlTemplate.resource(ReportPage.class, "report.js"))
                .json("data", json(report.runs()))
                .render();
    }

    private static String rows(List<TrainingRun> runs) {
        return MethodSummary.of(runs).stream()
                .map(row -> "<tr>" + cells("td", ResultTable.cells(row)) + "</tr>")
                .collect(Collectors.joining("\n"));
    }

    private static String cells(String element, List<String> texts) {
        return texts.stream()
                .map(text -> "<" + element + ">" + HtmlTemplate.escape(text) + "</" + element + ">")
                .collect(Collectors.joining());
    }

    private static String seeds(List<TrainingRun> runs) {
        List<String> seeds =
                runs.stream().map(run -> Long.toString(run.seed())).distinct().toList();
        return seeds.size() == 1
                ? "One run for each method, seed " + seeds.get(0) + "."
                : "Mean ± standard deviation over the seeds " + String.join(", ", seeds) + ".";
    }

    private static String divergences(List<TrainingRun> runs) {
        List<String> diverged =
                runs.stream().flatMap(run -> run.divergence().stream()).toList();
        return diverged.isEmpty()
                ? ""
                : " Diverged (a loss or score is not a number): " + String.join("; ", diverged) + ".";
    }

    private static String examples(Map<String, List<String>> examples) {
        if (examples.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<h2>What the network sees</h2>\n");
        examples.forEach((method, pictures) -> {
            html.append("<h3>").append(HtmlTemplate.escape(method)).append("</h3>\n<div class=\"examples\">");
            pictures.forEach(picture -> html.append("<img alt=\"mixed by ")
                    .append(HtmlTemplate.escape(method))
                    .append("\" src=\"")
                    .append(HtmlTemplate.escape(picture))
                    .append("\">"));
            html.append("</div>\n");
        });
        return html.toString();
    }

    private static String settings(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(entry -> "<tr>" + cells("td", List.of(entry.getKey(), entry.getValue())) + "</tr>")
                .collect(Collectors.joining("\n"));
    }

    private static String json(List<TrainingRun> runs) {
        try {
            return JSON.writeValueAsString(Map.of("curves", LearningCurve.of(runs), "summary", points(runs)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the methods as the charts show them; null for what was not measured. */
    private static List<Map<String, Object>> points(List<TrainingRun> runs) {
        return MethodSummary.of(runs).stream()
                .map(row -> {
                    Map<String, Object> point = new LinkedHashMap<>();
                    point.put("method", row.method());
                    point.put("top1", finite(row.top1().mean()));
                    point.put("sd", finite(row.top1().sd()));
                    return point;
                })
                .toList();
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? Double.valueOf(value) : null;
    }

    /** Returns Chart.js from its jar, without the line that names a map file, which readers of the page do not have. */
    private static String chartScript() {
        Properties properties = new Properties();
        try (InputStream stream = ReportPage.class.getResourceAsStream(CHART_VERSION)) {
            if (stream == null) {
                throw new IllegalStateException("Chart.js is not on the class path");
            }
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(CHART_VERSION, e);
        }
        String version = properties.getProperty("version");
        String script = "/META-INF/resources/webjars/chart.js/" + version + "/dist/chart.umd.min.js";
        return HtmlTemplate.resource(ReportPage.class, script)
                .replaceAll("(?m)^//# sourceMappingURL=.*$", "")
                .replace("</script", "<\\/script");
    }
}
