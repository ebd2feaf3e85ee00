package org.guidedmixup.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Progress where there is no terminal, as in tests. */
class ProgressTest {
    @Command(name = "count")
    private static final class Count implements Callable<Integer> {
        @Mixin
        private CommonOptions common;

        @Override
        public Integer call() {
            try (Progress progress = new Progress(common, "counting", 3)) {
                progress.step("one");
                progress.line("half way");
                progress.step("two");
                progress.step("three");
            }
            return 0;
        }
    }

    @Test
    void quickStepsAreNotPrintedLinesAre() {
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(new Count()).setOut(new PrintWriter(out));
        assertEquals(0, line.execute());
        assertEquals("half way" + System.lineSeparator(), out.toString());
    }

    @Test
    void timesLeftAreForPeople() {
        assertEquals("0 s", Progress.duration(0.2));
        assertEquals("99 s", Progress.duration(99));
        assertEquals("2 min", Progress.duration(120));
        assertEquals("3.5 h", Progress.duration(12_600));
    }
}
