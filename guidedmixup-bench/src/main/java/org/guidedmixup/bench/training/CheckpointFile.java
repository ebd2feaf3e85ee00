package org.guidedmixup.bench.training;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.guidedmixup.bench.io.AtomicFile;

/**
 * A {@link TrainingState} in a file: a magic number, identity, history and big-endian floats, then the CRC-32 of it
 * all. Written by {@link AtomicFile}, so that the file is always complete.
 */
final class CheckpointFile {

    private static final int MAGIC = 0x474d5832;

    /** Marks files that do not count undefined scores. */
    private static final int EARLIER_MAGIC = 0x474d5831;

    private static final long LARGEST_FILE = 2_000_000_000L;

    private CheckpointFile() {}

    static void write(Path file, TrainingState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CheckedOutputStream checked = new CheckedOutputStream(bytes, new CRC32());
        DataOutputStream data = new DataOutputStream(checked);
        writeState(data, state);
        data.writeLong(checked.getChecksum().getValue());
        AtomicFile.write(file, bytes.toByteArray());
    }

    /** Reads a complete file: nothing in it is trusted before its checksum matches. */
    static TrainingState read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
            throw new FileSystemException(
                    file.toString(), null, "expected a file of at most " + LARGEST_FILE + " bytes");
        }
        byte[] bytes = Files.readAllBytes(file);
        int content = bytes.length - Long.BYTES;
        int magic = content < Integer.BYTES ? 0 : ByteBuffer.wrap(bytes).getInt();
        if (magic != MAGIC && magic != EARLIER_MAGIC) {
            throw new FileSystemException(file.toString(), null, "not a checkpoint of this program");
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, content);
        if (ByteBuffer.wrap(bytes).getLong(content) != checksum.getValue()) {
            throw new FileSystemException(file.toString(), null, "a damaged checkpoint, its checksum does not match");
        }
        try {
            return readState(
                    new DataInputStream(new ByteArrayInputStream(bytes, Integer.BYTES, content - Integer.BYTES)),
                    magic == MAGIC);
        } catch (EOFException | UTFDataFormatException e) {
            throw new FileSystemException(file.toString(), null, "a damaged checkpoint, its content breaks off");
        }
    }

    private static void writeState(DataOutputStream data, TrainingState state) throws IOException {
        data.writeInt(MAGIC);
        data.writeUTF(state.identity());
        data.writeInt(state.history().size());
        for (EpochRecord epoch : state.history()) {
            writeEpoch(data, epoch);
        }
        data.writeInt(state.values().size());
        for (Map.Entry<String, float[]> entry : state.values().entrySet()) {
            data.writeUTF(entry.getKey());
            data.writeInt(entry.getValue().length);
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * entry.getValue().length);
            bytes.asFloatBuffer().put(entry.getValue());
            data.write(bytes.array());
        }
    }

    private static TrainingState readState(DataInputStream data, boolean undefinedCounted) throws IOException {
        String identity = data.readUTF();
        List<EpochRecord> history = new ArrayList<>();
        for (int remaining = data.readInt(); remaining > 0; remaining--) {
            history.add(readEpoch(data, undefinedCounted));
        }
        Map<String, float[]> values = new LinkedHashMap<>();
        for (int remaining = data.readInt(); remaining > 0; remaining--) {
            String name = data.readUTF();
            int length = data.readInt();
            if (length < 0 || length > data.available() / Float.BYTES) {
                throw new EOFException("inside " + name);
            }
            byte[] bytes = data.readNBytes(Float.BYTES * length);
            float[] floats = new float[length];
            ByteBuffer.wrap(bytes).asFloatBuffer().get(floats);
            values.put(name, floats);
        }
        return new TrainingState(identity, values, history);
    }

    private static void writeEpoch(DataOutputStream data, EpochRecord epoch) throws IOException {
        data.writeInt(epoch.epoch());
        data.writeDouble(epoch.trainLoss());
        data.writeDouble(epoch.seconds());
        data.writeBoolean(epoch.accuracy().isPresent());
        if (epoch.accuracy().isPresent()) {
            Accuracy accuracy = epoch.accuracy().get();
            data.writeDouble(accuracy.top1());
            data.writeDouble(accuracy.top5());
            data.writeLong(accuracy.examples());
            data.writeLong(accuracy.undefined());
        }
    }

    private static EpochRecord readEpoch(DataInputStream data, boolean undefinedCounted) throws IOException {
        int epoch = data.readInt();
        double trainLoss = data.readDouble();
        double seconds = data.readDouble();
        Optional<Accuracy> accuracy = data.readBoolean()
                ? Optional.of(new Accuracy(
                        data.readDouble(), data.readDouble(), data.readLong(), undefinedCounted ? data.readLong() : 0))
                : Optional.empty();
        return new EpochRecord(epoch, trainLoss, accuracy, seconds);
    }
}
