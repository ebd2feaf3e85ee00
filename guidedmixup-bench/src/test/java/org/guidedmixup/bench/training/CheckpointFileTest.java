package org.guidedmixup.bench.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.SmallResNet;
import org.guidedmixup.bench.model.batchnorm.HostSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose checksum is right but whose content is not. */
class CheckpointFileTest {
    @BeforeAll
    static void installHostSession() {
        HostSession.install();
    }

    @TempDir
    private Path folder;

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private Path checkpoint(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CheckedOutputStream checked = new CheckedOutputStream(bytes, new CRC32());
        DataOutputStream out = new DataOutputStream(checked);
        out.writeInt(0x474d5831);
        content.write(out);
        out.writeLong(checked.getChecksum().getValue());
        return Files.write(folder.resolve("checkpoint"), bytes.toByteArray());
    }

    @Test
    void lengthsThatLieGetNoMemory() throws IOException {
        for (int length : new int[] {-1, Integer.MIN_VALUE, 3, Integer.MAX_VALUE / 4, Integer.MAX_VALUE}) {
            Path file = checkpoint(out -> {
                out.writeUTF("identity");
                out.writeInt(0);
                out.writeInt(1);
                out.writeUTF("parameter a");
                out.writeInt(length);
                out.writeLong(0);
            });
            FileSystemException e = assertThrows(FileSystemException.class, () -> CheckpointFile.read(file));
            assertTrue(e.getReason().contains("breaks off"), e.getReason());
        }
    }

    @Test
    void aFileTooLargeIsNotRead() throws IOException {
        Path file = folder.resolve("large");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(5_000_000_000L); // without blocks on the disk
        }
        assertTrue(assertThrows(FileSystemException.class, () -> CheckpointFile.read(file))
                .getReason()
                .contains("at most"));
        assertThrows(FileSystemException.class, () -> CheckpointFile.read(folder));
        assertThrows(NoSuchFileException.class, () -> CheckpointFile.read(folder.resolve("missing")));
    }

    @Test
    void withoutVelocitiesNothingIsRestored() throws IOException {
        ImageModel model = ImageModel.builder()
                .architecture(new SmallResNet(1))
                .input(1, 8, 8)
                .classes(2)
                .build();
        Map<String, float[]> values =
                new LinkedHashMap<>(TrainingState.capture("", model, new NesterovSgd(0.9, 0), List.of())
                        .values());
        String first = "parameter " + model.parameters().keySet().iterator().next();
        float[] before = values.put(first, new float[values.get(first).length]);
        TrainingState state = new TrainingState("", values, List.of());
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> state.restore(model, new NesterovSgd(0.9, 0)));
        assertTrue(e.getMessage().startsWith("the checkpoint has no velocity"), e.getMessage());
        assertArrayEquals(
                before, model.parameters().values().iterator().next().data().asFloat());
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Path file = folder.resolve("whole");
        List<EpochRecord> history = List.of(new EpochRecord(0, 1.5, Optional.of(new Accuracy(0.5, 1, 8)), 2));
        CheckpointFile.write(file, new TrainingState("é", Map.of("parameter a", new float[] {1, Float.NaN}), history));
        TrainingState read = CheckpointFile.read(file);
        assertEquals("é", read.identity());
        assertEquals(history, read.history());
        assertArrayEquals(new float[] {1, Float.NaN}, read.values().get("parameter a"));
    }
}
