package org.guidedmixup.bench.report;

import java.io.IOException;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The runs as a table for other programs: one line per run, an empty cell for what was not measured. */
final class ResultsCsv {
    private ResultsCsv() {}

    /**
     * Writes the table.
     *
     * @param report the report
     * @return RFC 4180 text with a line of headings; accuracies in per cent
     * @throws IOException never, the text stays in memory
     */
    static String render(TrainingReport report) throws IOException {
        StringBuilder text = new StringBuilder();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader(
                        "method",
                        "seed",
                        "epochs",
                        "top1_percent",
                        "top5_percent",
                        "seconds_per_epoch",
                        "diverged_in_epoch",
                        TrainingReport.PROTOCOL)
                .get();
        try (CSVPrinter csv = new CSVPrinter(text, format)) {
            for (TrainingRun run : report.runs()) {
                csv.printRecord(
                        run.method(),
                        run.seed(),
                        run.history().size(),
                        number(100 * run.top1()),
                        number(100 * run.top5()),
                        number(run.secondsPerEpoch()),
                        run.divergedIn().isPresent() ? run.divergedIn().getAsInt() : "",
                        report.settings().getOrDefault(TrainingReport.PROTOCOL, ""));
            }
        }
        return text.toString();
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "";
    }
}
