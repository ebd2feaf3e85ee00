package org.guidedmixup.bench.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.SmallResNet;
import org.guidedmixup.bench.model.batchnorm.HostSession;
import org.junit.jupiter.api.io.TempDir;

/** Any bytes as a checkpoint. */
class CheckpointFuzzTest {
    private static final int CHECKSUM = Long.BYTES;

    private static final ImageModel MODEL = model();

    @TempDir
    private static Path folder;

    private static ImageModel model() {
        HostSession.install();
        return ImageModel.builder()
                .architecture(new SmallResNet(1))
                .input(1, 8, 8)
                .classes(2)
                .build();
    }

    /** A byte that says whether to correct the magic number, to which one, and the checksum; then the file. */
    @FuzzTest(maxDuration = "10m")
    void anyBytes(byte[] bytes) throws IOException {
        Path file = folder.resolve("any.checkpoint");
        byte[] content = Arrays.copyOfRange(bytes, Math.min(1, bytes.length), bytes.length);
        Files.write(file, bytes.length > 0 && (bytes[0] & 1) != 0 ? whole(content, bytes[0] & 2) : content);
        try {
            CheckpointFile.read(file).restore(MODEL, new NesterovSgd(0.9, 0));
        } catch (FileSystemException e) {
            assertEquals(file.toString(), e.getFile());
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().contains("the checkpoint"), e.getMessage());
        }
    }

    private static byte[] whole(byte[] content, int version) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + content.length + CHECKSUM)
                .putInt(version == 0 ? 0x474d5831 : 0x474d5832)
                .put(content);
        CRC32 checksum = new CRC32();
        checksum.update(bytes.array(), 0, Integer.BYTES + content.length);
        return bytes.putLong(checksum.getValue()).array();
    }
}
