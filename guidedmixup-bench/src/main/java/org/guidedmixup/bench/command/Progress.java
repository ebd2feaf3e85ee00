package org.guidedmixup.bench.command;

import java.io.Console;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * The progress of a command: a bar on a terminal, an occasional line where output goes to a file or a pipe.
 *
 * <p>For one thread. Closing it ends the bar.
 */
final class Progress implements AutoCloseable {
    private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;

    /** A first step that takes this long is reported at once: the user may prefer smaller images to waiting. */
    private static final long NANOS_OF_A_LONG_STEP = 2_000_000_000L;

    private final CommonOptions console;
    private final String task;
    private final long total;
    private final ProgressBar bar; // null without a terminal
    private long done;
    private final long start = System.nanoTime();
    private long lastLine = start;

    /**
     * Starts at 0.
     *
     * @param console where lines go
     * @param task the name of the task, a word or two
     * @param total the number of steps, at least 1
     */
    Progress(CommonOptions console, String task, long total) {
        this.console = console;
        this.task = task;
        this.total = total;
        bar = isTerminal() ? bar(task, total) : null;
    }

    private static ProgressBar bar(String task, long total) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .build();
    }

    /** From JDK 22 on a console may have no terminal; its isTerminal method tells the two apart. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /**
     * Counts a finished step.
     *
     * @param detail its result, in a few words
     */
    void step(String detail) {
        done++;
        if (bar != null) {
            bar.setExtraMessage(" " + detail);
            bar.step();
        } else if (System.nanoTime() - lastLine > (done == 1 ? NANOS_OF_A_LONG_STEP : NANOS_BETWEEN_LINES)) {
            double left = (System.nanoTime() - start) * 1e-9 / done * (total - done);
            line(String.format(Locale.ROOT, "%s %d/%d %s, %s left", task, done, total, detail, duration(left))
                    .replace(" , ", ", "));
        }
    }

    /**
     * {@return a readable time: {@code 40 s}, {@code 12 min}, {@code 3.5 h}}
     *
     * @param seconds at least 0
     */
    static String duration(double seconds) {
        if (seconds < 100) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        }
        return seconds < 100 * 60
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }

    /**
     * Prints a line that stays above the bar.
     *
     * @param text the line
     */
    void line(String text) {
        lastLine = System.nanoTime();
        if (bar != null) {
            bar.pause();
            System.err.print("\r\u001B[2K"); // the bar is drawn again below the line
            System.err.flush();
        }
        console.print(text);
        if (bar != null) {
            bar.resume();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
