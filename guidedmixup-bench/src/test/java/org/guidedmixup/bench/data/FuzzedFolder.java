package org.guidedmixup.bench.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A data folder whose files are parts of fuzzed bytes. */
final class FuzzedFolder {
    private final Path folder;

    FuzzedFolder(Path folder) {
        this.folder = folder;
    }

    /** Splits bytes into parts: each but the last begins with its length, two bytes. */
    static byte[][] split(byte[] bytes, int parts) {
        byte[][] split = new byte[parts][];
        ByteBuffer left = ByteBuffer.wrap(bytes);
        for (int i = 0; i < parts; i++) {
            int wanted = i < parts - 1 && left.remaining() >= 2 ? left.getShort() & 0xffff : left.remaining();
            split[i] = new byte[Math.min(wanted, left.remaining())];
            left.get(split[i]);
        }
        return split;
    }

    void write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    void delete(String... names) throws IOException {
        for (String name : names) {
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    /** Loads the folder: complete images, or one line that says what is wrong. */
    void load(String format, LoadOptions options) {
        try {
            ImageData data = DataSpec.parse(format + ":" + folder).load(options);
            ImageSet train = data.train();
            assertTrue(train.size() > 0 && data.test().size() > 0, "no images");
            assertTrue(Arrays.stream(new int[] {train.label(0), data.test().label(0)})
                    .allMatch(label -> label >= 0 && label < train.classes()));
        } catch (DataException e) {
            assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
        }
    }
}
