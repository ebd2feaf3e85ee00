package org.guidedmixup.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PairingsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int pairings(String... options) {
        CommandLine line = CommandLineTool.create();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] all = new String[options.length + 4];
        System.arraycopy(new String[] {"pairings", "--data=shapes", "--classes=2", "--per-class=12"}, 0, all, 0, 4);
        System.arraycopy(options, 0, all, 4, options.length);
        return line.execute(all);
    }

    @Test
    void greedyLiesBetweenRandomAndTheOptimum() {
        assertEquals(0, pairings("--batch=3,12,24", "--batches=2"), err.toString());
        List<String> lines = out.toString().lines().toList();
        List<String> rows = lines.subList(lines.size() - 12, lines.size() - 9);
        for (String row : rows) {
            String[] cells = row.strip().split("\\s+", -1);
            double greedy = Double.parseDouble(cells[1]);
            double random = Double.parseDouble(cells[2]);
            assertTrue(greedy <= 100 && greedy > random && random > 0, row);
            assertTrue(Double.parseDouble(cells[5]) > 0, row);
        }
        // All three pairs of three images are in every cycle.
        assertTrue(rows.get(0).startsWith("3 ") && rows.get(0).contains("100.00"), rows.get(0));
    }

    @Test
    void mistakesAreToldInALine() {
        assertEquals(2, pairings("--batch=2"));
        assertTrue(err.toString().contains("at least 3"), err.toString());
        assertEquals(2, pairings("--batch=25"));
        assertTrue(err.toString().contains("--batch 25") && err.toString().contains("24 training images"));
        assertEquals(2, pairings("--batches=0"));
    }
}
