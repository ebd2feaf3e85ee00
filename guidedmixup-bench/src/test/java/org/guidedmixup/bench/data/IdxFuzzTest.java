package org.guidedmixup.bench.data;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;

/** Any bytes as a folder of idx files. */
class IdxFuzzTest {
    private static final String[] STEMS = {
        "train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"
    };

    @TempDir
    private static Path temporary;

    /**
     * A byte of choices, then the four files; two bits of the choices say whether they are zipped, or named as if they
     * were.
     */
    @FuzzTest(maxDuration = "10m")
    void anyBytes(byte[] bytes) throws IOException {
        FuzzedFolder folder = new FuzzedFolder(temporary);
        int choices = bytes.length == 0 ? 0 : bytes[0];
        byte[][] parts = FuzzedFolder.split(bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length), 4);
        for (int i = 0; i < STEMS.length; i++) {
            folder.delete(STEMS[i] + "-ubyte", STEMS[i] + "-ubyte.gz");
            boolean zipped = (choices >> i & 1) != 0;
            byte[] content = zipped && (choices & 16) == 0 ? zip(parts[i]) : parts[i];
            folder.write(STEMS[i] + (zipped ? "-ubyte.gz" : "-ubyte"), content);
        }
        folder.load("idx", LoadOptions.all(1));
    }

    private static byte[] zip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }
}
