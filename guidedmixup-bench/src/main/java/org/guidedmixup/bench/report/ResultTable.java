package org.guidedmixup.bench.report;

import java.util.ArrayList;
import java.util.List;

/** The results as a table of plain text: a line for every method, mean ± standard deviation over seeds. */
public final class ResultTable {
    /** The headings of the columns. */
    static final List<String> HEADINGS = List.of("method", "top-1 %", "top-5 %", "s/epoch", "overhead %");

    private ResultTable() {}

    /**
     * Lays the table out.
     *
     * @param runs runs of any methods and seeds
     * @return lines, each ended by a line feed; columns are aligned, nothing is cut off
     */
    public static String render(List<TrainingRun> runs) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADINGS);
        MethodSummary.of(runs).forEach(summary -> lines.add(cells(summary)));
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            append(table, lines.get(i), lines);
            if (i == 0) {
                append(table, rule(lines), lines);
            }
        }
        return table.toString();
    }

    /** One row as text, in the order of the headings. */
    static List<String> cells(MethodSummary summary) {
        return List.of(
                summary.method(),
                summary.top1().text(2),
                summary.top5().text(2),
                summary.secondsPerEpoch().text(2),
                summary.overheadPercent().text(1));
    }

    private static List<String> rule(List<List<String>> lines) {
        List<String> rule = new ArrayList<>();
        for (int column = 0; column < HEADINGS.size(); column++) {
            rule.add("-".repeat(width(lines, column)));
        }
        return rule;
    }

    private static void append(StringBuilder table, List<String> line, List<List<String>> lines) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < line.size(); column++) {
            String padding = " ".repeat(width(lines, column) - line.get(column).length());
            text.append(column == 0 ? line.get(column) + padding : "  " + padding + line.get(column));
        }
        table.append(text.toString().stripTrailing()).append('\n');
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }
}
