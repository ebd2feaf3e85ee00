package org.guidedmixup.bench.overhead;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.guidedmixup.bench.report.TextTable;

/** The times of one batch size as a table of plain text: medians, and beside them where the middle half of the runs lies. */
public final class OverheadTable {
    private static final String NONE = "–";

    private OverheadTable() {}

    /**
     * Lays the table out.
     *
     * @param times the times
     * @return a line for every method, each ended by a line feed
     */
    public static String render(BatchTimes times) {
        List<List<String>> rows = new ArrayList<>();
        MethodTimes vanilla = times.vanilla();
        rows.add(row(vanilla, NONE, NONE, NONE, NONE));
        for (MethodTimes method : times.mixing()) {
            Quartiles overhead = method.overheadPercent(vanilla);
            String mixing = method.mixing().medianText();
            String share = String.format(Locale.ROOT, "%.1f", method.mixingPercent(vanilla));
            rows.add(row(method, overhead.medianText(), overhead.rangeText(), mixing, share));
        }
        return TextTable.render(
                List.of(
                        "batch " + times.batch(),
                        "step ms",
                        "middle half",
                        "overhead %",
                        "middle half",
                        "mixing ms",
                        "mixing %"),
                rows);
    }

    private static List<String> row(MethodTimes method, String overhead, String range, String mixing, String share) {
        Quartiles step = method.step();
        return List.of(method.method(), step.medianText(), step.rangeText(), overhead, range, mixing, share);
    }
}
