package org.guidedmixup.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.guidedmixup.bench.io.AtomicFile;

/**
 * Everything reported about a set of training runs.
 *
 * @param runs the runs, in the order in which methods are shown
 * @param settings names and values: the command line, the data, {@link Machine#describe}
 * @param examples a few mixed images for methods by name, as {@code data:} URIs; may be empty
 */
public record TrainingReport(List<TrainingRun> runs, Map<String, String> settings, Map<String, List<String>> examples) {
    /** The setting that describes how all methods were trained; every line of {@code results.csv} has it. */
    public static final String PROTOCOL = "protocol";

    private static final String CSV = "results.csv";
    private static final String JSON = "results.json";
    private static final String PAGE = "report.html";

    /**
     * Writes {@code results.csv}, {@code results.json} and {@code report.html}, each in one step.
     *
     * @param directory created if it is missing; other files in it are kept
     * @throws IOException if a file cannot be written
     */
    public void write(Path directory) throws IOException {
        AtomicFile.write(directory.resolve(CSV), ResultsCsv.render(this));
        AtomicFile.write(directory.resolve(JSON), ResultsJson.render(this));
        AtomicFile.write(directory.resolve(PAGE), ReportPage.render(this));
    }

    /**
     * Prepares a directory for {@link #write}: checks that it can be written to, and removes what a killed process left
     * half written.
     *
     * @param directory created if it is missing
     * @throws IOException if no file can be written to it
     */
    public static void prepare(Path directory) throws IOException {
        AtomicFile.requireWritable(directory);
        for (String file : List.of(CSV, JSON, PAGE)) {
            AtomicFile.removeLeftovers(directory.resolve(file));
        }
    }
}
