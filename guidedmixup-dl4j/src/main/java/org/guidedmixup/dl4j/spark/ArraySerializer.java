package org.guidedmixup.dl4j.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays of every type as their bytes in native order, with type, shape and order: 'c' stays 'c' and 'f' stays 'f'. A view
 * is written without the rest of its array and comes back as an array of its own; a value that strides repeat is written once
 * per element.
 */
final class ArraySerializer extends Serializer<INDArray> {
    /** The bytes copied at a time: few enough for the second cache level. */
    private static final int CHUNK = 1 << 16;

    @Override
    public void write(Kryo kryo, Output output, INDArray array) {
        DataType type = array.dataType();
        if (type == DataType.COMPRESSED || type == DataType.UNKNOWN) {
            throw new IllegalArgumentException("array of type " + type
                    + ": expected numbers, BOOL or UTF8; decompress it first (Nd4j.getCompressor().decompress)");
        }
        output.writeString(type.name());
        output.writeByte(array.ordering());
        output.writeVarInt(array.rank(), true);
        for (long size : array.shape()) {
            output.writeVarLong(size, true);
        }
        output.writeBoolean(array.isEmpty()); // an empty array without axes and a scalar have the same shape
        if (array.isEmpty()) {
            return;
        }
        if (type == DataType.UTF8) {
            writeStrings(output, array);
        } else {
            writeBytes(output, dense(array));
        }
    }

    @Override
    public INDArray read(Kryo kryo, Input input, Class<INDArray> kind) {
        DataType type = DataType.valueOf(input.readString());
        char order = (char) input.readByte();
        long[] shape = new long[input.readVarInt(true)];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = input.readVarLong(true);
        }
        boolean empty = input.readBoolean();
        // The reader may have a workspace open that closes before the array is used.
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            if (empty) {
                return shape.length == 0 ? Nd4j.empty(type) : Nd4j.create(type, shape);
            }
            if (type == DataType.UTF8) {
                return readStrings(input, shape);
            }
            INDArray array = Nd4j.createUninitialized(type, shape, order);
            readBytes(input, array);
            return array;
        }
    }

    /**
     * Returns the array itself if its elements are contiguous in its order, otherwise such a copy. Java's serialisation in ND4J
     * 1.0.0-M2.1 needs it too: it silently writes a permuted array in memory order.
     */
    static INDArray dense(INDArray array) {
        return isDense(array) ? array : array.dup(array.ordering());
    }

    private static boolean isDense(INDArray array) {
        return Arrays.equals(array.stride(), Nd4j.getStrides(array.shape(), array.ordering()));
    }

    private static void writeBytes(Output output, INDArray array) {
        Nd4j.getAffinityManager().ensureLocation(array, Location.HOST); // a GPU may have newer values
        BytePointer bytes = bytes(array);
        long count = count(array);
        byte[] chunk = new byte[(int) Math.min(CHUNK, count)];
        for (long done = 0; done < count; done += chunk.length) {
            int length = (int) Math.min(chunk.length, count - done);
            bytes.position(done).get(chunk, 0, length);
            output.writeBytes(chunk, 0, length);
        }
    }

    private static void readBytes(Input input, INDArray array) {
        BytePointer bytes = bytes(array);
        long count = count(array);
        byte[] chunk = new byte[(int) Math.min(CHUNK, count)];
        for (long done = 0; done < count; done += chunk.length) {
            int length = (int) Math.min(chunk.length, count - done);
            input.readBytes(chunk, 0, length);
            bytes.position(done).put(chunk, 0, length);
        }
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
    }

    private static BytePointer bytes(INDArray array) {
        return new BytePointer(array.data().addressPointer());
    }

    private static long count(INDArray array) {
        return array.length() * array.dataType().width();
    }

    private static void writeStrings(Output output, INDArray array) {
        // For a view, ND4J 1.0.0-M2.1 returns the strings in the order of the whole array, or none.
        if (array.ordering() != 'c' || !isDense(array) || array.isView() || array.offset() != 0) {
            throw new IllegalArgumentException("array of type UTF8 and shape " + Arrays.toString(array.shape())
                    + ", a view: expected a whole array in 'c' order; copy its strings into one first");
        }
        for (long i = 0; i < array.length(); i++) {
            output.writeString(array.getString(i));
        }
    }

    private static INDArray readStrings(Input input, long[] shape) {
        String[] strings = new String[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
        for (int i = 0; i < strings.length; i++) {
            strings[i] = input.readString();
        }
        return Nd4j.create(Arrays.asList(strings), shape);
    }
}
