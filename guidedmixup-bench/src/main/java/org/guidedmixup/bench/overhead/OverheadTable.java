package org.guidedmixup.bench.overhead;

import java.util.ArrayList;
import java.util.List;
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
        rows.add(List.of(
                vanilla.method(), vanilla.step().medianText(), vanilla.step().rangeText(), NONE, NONE, NONE));
        for (MethodTimes method : times.mixing()) {
            Quartiles overhead = method.overheadPercent(vanilla);
            rows.add(List.of(
                    method.method(),
                    method.step().medianText(),
                    method.step().rangeText(),
                    method.mixing().medianText(),
                    overhead.medianText(),
                    overhead.rangeText()));
        }
        return TextTable.render(
                List.of("batch " + times.batch(), "step ms", "middle half", "mixing ms", "overhead %", "middle half"),
                rows);
    }
}
