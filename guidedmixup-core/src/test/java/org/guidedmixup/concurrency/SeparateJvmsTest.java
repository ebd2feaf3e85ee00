package org.guidedmixup.concurrency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same seed in another JVM, and with another number of threads. */
class SeparateJvmsTest {
    @TempDir
    private Path folder;

    @Test
    void theSameSeedGivesTheSameBytesAndOneThreadWhatTwoGive() throws Exception {
        byte[] first = mixedWith(2);
        assertArrayEquals(first, mixedWith(2), "another JVM");
        byte[] oneThread = mixedWith(1);
        assertEquals(first.length, oneThread.length);
        ByteBuffer two = ByteBuffer.wrap(first);
        ByteBuffer one = ByteBuffer.wrap(oneThread);
        while (two.hasRemaining()) {
            int at = two.position() / Double.BYTES;
            assertEquals(two.getDouble(), one.getDouble(), 1e-5, "value " + at);
        }
    }

    /** What {@link MixedBytes} writes in a JVM with so many threads of OpenMP and of the common pool. */
    private byte[] mixedWith(int threads) throws IOException, InterruptedException {
        Path file = folder.resolve("mixed");
        Path output = folder.resolve("output");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                java,
                "-Xmx512m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=" + threads,
                "-cp",
                classes,
                MixedBytes.class.getName(),
                file.toString()));
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
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
        assertEquals(threads, Integer.parseInt(told.lines().reduce((a, b) -> b).orElseThrow()), "threads of OpenMP");
        return Files.readAllBytes(file);
    }
}
