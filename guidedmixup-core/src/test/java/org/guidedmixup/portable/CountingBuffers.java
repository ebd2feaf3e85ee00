package org.guidedmixup.portable;

import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.cpu.nativecpu.buffer.DefaultDataBufferFactory;

/**
 * Creates counting FLOAT buffers. ND4J uses this factory if the system property {@code databufferfactory} names it before ND4J
 * is first used.
 */
public final class CountingBuffers extends DefaultDataBufferFactory {
    @Override
    public DataBuffer create(DataBuffer underlying, long offset, long length) {
        return underlying.dataType() == DataType.FLOAT
                ? new CountingBuffer(underlying, length, offset)
                : super.create(underlying, offset, length);
    }

    @Override
    public DataBuffer create(DataType type, long length, boolean initialize) {
        return type == DataType.FLOAT ? new CountingBuffer(length, initialize) : super.create(type, length, initialize);
    }

    @Override
    public DataBuffer create(DataType type, long length, boolean initialize, MemoryWorkspace workspace) {
        return type == DataType.FLOAT
                ? new CountingBuffer(length, initialize, workspace)
                : super.create(type, length, initialize, workspace);
    }

    @Override
    public DataBuffer createFloat(long length) {
        return new CountingBuffer(length, true);
    }

    @Override
    public DataBuffer createFloat(long length, boolean initialize) {
        return new CountingBuffer(length, initialize);
    }

    @Override
    public DataBuffer createFloat(long length, boolean initialize, MemoryWorkspace workspace) {
        return new CountingBuffer(length, initialize, workspace);
    }

    @Override
    public DataBuffer createFloat(float[] data) {
        return new CountingBuffer(data);
    }

    @Override
    public DataBuffer createFloat(float[] data, boolean copy) {
        return new CountingBuffer(data);
    }

    @Override
    public DataBuffer createFloat(float[] data, MemoryWorkspace workspace) {
        return new CountingBuffer(data, workspace);
    }

    @Override
    public DataBuffer createFloat(float[] data, boolean copy, MemoryWorkspace workspace) {
        return new CountingBuffer(data, workspace);
    }
}
