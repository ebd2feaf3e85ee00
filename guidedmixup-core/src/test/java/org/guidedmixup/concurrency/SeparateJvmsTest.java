package org.guidedmixup.concurrency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same seed gives the same results in another JVM and with another number of threads. */
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

    /** Returns the output of {@link MixedBytes} in a JVM with this number of threads in OpenMP and in the common pool. */
    private byte[] mixedWith(int threads) throws IOException, InterruptedException {
        Path file = folder.resolve("mixed");
        String told = SeparateJvm.run(MixedBytes.class, threads, folder.resolve("output"), file.toString());
        assertEquals(threads, Integer.parseInt(told.lines().reduce((a, b) -> b).orElseThrow()), "threads of OpenMP");
        return Files.readAllBytes(file);
    }
}
