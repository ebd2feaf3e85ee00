package org.guidedmixup.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.guidedmixup.bench.io.AtomicFile;

/**
 * Everything that is told about a set of training runs.
 *
 * @param runs the runs, in the order in which methods are shown
 * @param settings names and values: the command line, the data, {@link Machine#describe}
 * @param examples a few mixed images for methods by name, as {@code data:} URIs; may be empty
 */
public record TrainingReport(List<TrainingRun> runs, Map<String, String> settings, Map<String, List<String>> examples) {

    /**
     * Writes {@code results.csv}, {@code results.json} and {@code report.html}, each in one step.
     *
     * @param directory created if it is missing; other files in it stay
     * @throws IOException if a file cannot be written
     */
    public void write(Path directory) throws IOException {
        AtomicFile.write(directory.resolve("results.csv"), ResultsCsv.render(runs));
        AtomicFile.write(directory.resolve("results.json"), ResultsJson.render(this));
        AtomicFile.write(directory.resolve("report.html"), ReportPage.render(this));
    }
}
