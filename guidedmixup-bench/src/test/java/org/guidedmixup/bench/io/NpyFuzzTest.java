package org.guidedmixup.bench.io;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Any bytes as a .npy file: an array, or one message that names the file. */
class NpyFuzzTest {
    @TempDir
    private static Path folder;

    @FuzzTest(maxDuration = "10m")
    void anyBytes(byte[] bytes) throws IOException {
        Path file = folder.resolve("any.npy");
        Files.write(file, bytes);
        try (INDArray array = NpyFile.read(file)) {
            assertTrue(array.length() <= bytes.length, "more elements than bytes");
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        }
    }
}
