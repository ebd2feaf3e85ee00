package org.guidedmixup.bench.report;

import java.util.List;

/** The results as a table of plain text: a line for every method, mean ± standard deviation over seeds. */
public final class ResultTable {
    /** The headings of the columns. */
    static final List<String> HEADINGS = List.of("method", "top-1 %", "top-5 %", "s/epoch");

    private ResultTable() {}

    /**
     * Lays the table out.
     *
     * @param runs runs of any methods and seeds
     * @return lines, each ended by a line feed; columns are aligned, nothing is cut off
     */
    public static String render(List<TrainingRun> runs) {
        return TextTable.render(
                HEADINGS,
                MethodSummary.of(runs).stream().map(ResultTable::cells).toList());
    }

    /** Returns the accuracy of the runs that have one, and how many diverged. */
    private static String top1(MethodSummary summary) {
        if (summary.diverged() == 0) {
            return summary.top1().text(2);
        }
        return summary.top1().count() == 0
                ? "diverged"
                : summary.top1().text(2) + ", " + summary.diverged() + " diverged";
    }

    /** Returns one row as text, in the order of the headings. */
    static List<String> cells(MethodSummary summary) {
        return List.of(
                summary.method(),
                top1(summary),
                summary.top5().text(2),
                summary.secondsPerEpoch().text(2));
    }
}
