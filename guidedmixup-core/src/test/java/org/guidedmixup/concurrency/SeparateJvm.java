package org.guidedmixup.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a test program in a JVM of its own. */
public final class SeparateJvm {
    private SeparateJvm() {}

    /**
     * Runs a program, which must succeed within 5 minutes.
     *
     * @param program a class with a {@code main}
     * @param poolThreads parallelism of the common pool; OpenMP has as many threads, but at least 1
     * @param output a file for the program's output
     * @param arguments the program's arguments
     * @return its output
     */
    public static String run(Class<?> program, int poolThreads, Path output, String... arguments)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                java,
                "-Xmx512m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=" + poolThreads,
                "-cp",
                classes,
                program.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(Math.max(1, poolThreads)));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(5, TimeUnit.MINUTES), "still running");
        } finally {
            process.destroyForcibly();
        }
        String told = Files.readString(output, StandardCharsets.UTF_8).strip();
        assertEquals(0, process.exitValue(), told);
        return told;
    }
}
