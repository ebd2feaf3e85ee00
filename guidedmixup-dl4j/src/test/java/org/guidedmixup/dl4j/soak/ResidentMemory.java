package org.guidedmixup.dl4j.soak;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The process's resident memory over a long run, as Linux counts it, after a warm-up in which the JVM compiles and workspaces
 * and the allocator's arenas reach their size.
 */
final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private final String name;
    private final long warmUp;
    private final long measured;
    private final long step;
    private final SimpleRegression line = new SimpleRegression();
    private long first;
    private long last;
    private long highest;

    /**
     * Makes a meter without measurements.
     *
     * @param name the name of the run
     * @param warmUp the number of batches before the first measurement
     * @param measured the number of batches after them
     */
    ResidentMemory(String name, long warmUp, long measured) {
        assumeTrue(Files.exists(STATUS), "resident memory is read from " + STATUS);
        this.name = name;
        this.warmUp = warmUp;
        this.measured = measured;
        this.step = Math.max(1, measured / 100);
    }

    /** Records that a batch is done; after warm-up, memory is measured a hundred times in all. */
    void batchDone(long done) {
        if (done < warmUp || done % step != 0) {
            return;
        }
        // Garbage is not a leak. Off-heap memory is freed when the objects that own it are collected.
        System.gc();
        last = kilobytes();
        first = line.getN() == 0 ? last : first;
        highest = Math.max(highest, last);
        line.addData(done / 1000.0, (double) last);
    }

    /** Requires that memory did not grow: fails if the line through the measurements rises by more than the slope given. */
    void requireFlat(double kilobytesPerThousand) {
        double slope = line.getSlope();
        String figures = String.format(
                Locale.ROOT,
                "%s: %d batches, resident %d kB after warm-up, %d kB at the end, %d kB at most, slope %.1f ± %.1f kB per 1,000",
                name,
                measured,
                first,
                last,
                highest,
                slope,
                line.getSlopeConfidenceInterval());
        System.out.println(figures);
        assertTrue(slope < kilobytesPerThousand, figures);
    }

    private static long kilobytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(entry -> entry.startsWith("VmRSS:"))
                    .mapToLong(entry -> Long.parseLong(entry.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the names of all living threads, sorted. */
    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                // The JVM's own threads, which it starts and ends as it needs.
                .filter(name -> !name.startsWith("ForkJoinPool.commonPool"))
                .sorted()
                .toList();
    }

    /** Requires that no workspace is open on this thread. */
    static void requireNoWorkspace() {
        assertTrue(
                Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread() == null
                        || Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread().stream()
                                .noneMatch(workspace -> workspace.isScopeActive()),
                "a workspace is still open");
    }
}
