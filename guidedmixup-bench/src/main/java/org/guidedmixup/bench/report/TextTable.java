package org.guidedmixup.bench.report;

import java.util.ArrayList;
import java.util.List;

/** Rows and columns of plain text: the first column to the left, the others to the right, nothing cut off. */
public final class TextTable {
    private static final String GAP = "  ";

    private TextTable() {}

    /**
     * Lays a table out.
     *
     * @param headings the columns' headings, at least one
     * @param rows     as many cells each as there are headings
     * @return lines, each ended by a line feed: headings, a rule, the rows
     */
    public static String render(List<String> headings, List<List<String>> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(headings);
        lines.addAll(rows);
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < headings.size(); column++) {
            int cell = column;
            widths.add(lines.stream()
                    .mapToInt(line -> line.get(cell).length())
                    .max()
                    .orElse(0));
        }
        lines.add(1, widths.stream().map("-"::repeat).toList());
        StringBuilder table = new StringBuilder();
        lines.forEach(line -> append(table, line, widths));
        return table.toString();
    }

    private static void append(StringBuilder table, List<String> line, List<Integer> widths) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < line.size(); column++) {
            String padding = " ".repeat(widths.get(column) - line.get(column).length());
            text.append(column == 0 ? line.get(column) + padding : GAP + padding + line.get(column));
        }
        table.append(text.toString().stripTrailing()).append('\n');
    }
}
