package org.guidedmixup.bench.data;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;

/** Any bytes as a CIFAR folder. */
class CifarFuzzTest {
    @TempDir
    private static Path temporary;

    /** A byte of choices, then the class names, the test file and the training file. */
    @FuzzTest(maxDuration = "10m")
    void anyBytes(byte[] bytes) throws IOException {
        FuzzedFolder folder = new FuzzedFolder(temporary);
        int choices = bytes.length == 0 ? 0 : bytes[0];
        byte[][] parts = FuzzedFolder.split(bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length), 3);
        boolean hundred = (choices & 1) != 0;
        int record = hundred ? 3074 : 3073;
        folder.delete("fine_label_names.txt", "batches.meta.txt");
        if ((choices & 2) != 0) {
            folder.write(hundred ? "fine_label_names.txt" : "batches.meta.txt", parts[0]);
        }
        folder.write("test.bin", (choices & 4) != 0 ? whole(parts[1], record) : parts[1]);
        folder.write("train.bin", (choices & 8) != 0 ? whole(parts[2], record) : parts[2]);
        LoadOptions all = LoadOptions.all(1);
        LoadOptions options =
                (choices & 16) != 0 ? all.withClasses(2) : (choices & 32) != 0 ? all.withPerClass(1) : all;
        folder.load(hundred ? "cifar100" : "cifar10", options);
    }

    /** Pads to whole records. */
    private static byte[] whole(byte[] bytes, int record) {
        return Arrays.copyOf(bytes, Math.max(1, (bytes.length + record - 1) / record) * record);
    }
}
