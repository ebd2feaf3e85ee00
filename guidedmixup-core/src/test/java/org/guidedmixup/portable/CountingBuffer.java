package org.guidedmixup.portable;

import java.nio.ByteBuffer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.cpu.nativecpu.buffer.FloatBuffer;

/** A FLOAT buffer of the CPU that counts reads and writes by Java code. Native operations bypass it. */
final class CountingBuffer extends FloatBuffer {
    /** False while ND4J's own code for the CPU fills the buffer from an array, value by value. */
    private boolean made;

    CountingBuffer(DataBuffer underlying, long length, long offset) {
        super(underlying, length, offset);
        made = true;
    }

    CountingBuffer(long length, boolean initialize) {
        super(length, initialize);
        made = true;
    }

    CountingBuffer(long length, boolean initialize, MemoryWorkspace workspace) {
        super(length, initialize, workspace);
        made = true;
    }

    CountingBuffer(float[] data) {
        super(data);
        HostAccess.sent(data.length);
        made = true;
    }

    CountingBuffer(float[] data, MemoryWorkspace workspace) {
        super(data, workspace);
        HostAccess.sent(data.length);
        made = true;
    }

    @Override
    public void setData(float[] data) {
        HostAccess.sent(data.length);
        made = false;
        super.setData(data);
        made = true;
    }

    @Override
    public float[] asFloat() {
        HostAccess.fetched(length());
        return super.asFloat();
    }

    @Override
    public double[] asDouble() {
        HostAccess.fetched(length());
        return super.asDouble();
    }

    @Override
    public int[] asInt() {
        HostAccess.fetched(length());
        return super.asInt();
    }

    @Override
    public long[] asLong() {
        HostAccess.fetched(length());
        return super.asLong();
    }

    @Override
    public byte[] asBytes() {
        HostAccess.fetched(length());
        return super.asBytes();
    }

    @Override
    public java.nio.FloatBuffer asNioFloat() {
        HostAccess.fetched(length());
        return super.asNioFloat();
    }

    @Override
    public ByteBuffer asNio() {
        HostAccess.fetched(length());
        return super.asNio();
    }

    @Override
    public float getFloat(long i) {
        HostAccess.read(length());
        return super.getFloat(i);
    }

    @Override
    public double getDouble(long i) {
        HostAccess.read(length());
        return super.getDouble(i);
    }

    @Override
    public int getInt(long i) {
        HostAccess.read(length());
        return super.getInt(i);
    }

    @Override
    public long getLong(long i) {
        HostAccess.read(length());
        return super.getLong(i);
    }

    @Override
    public Number getNumber(long i) {
        HostAccess.read(length());
        return super.getNumber(i);
    }

    @Override
    public void put(long i, float value) {
        if (made) {
            HostAccess.written(length());
        }
        super.put(i, value);
    }

    @Override
    public void put(long i, double value) {
        if (made) {
            HostAccess.written(length());
        }
        super.put(i, value);
    }

    @Override
    public void put(long i, int value) {
        if (made) {
            HostAccess.written(length());
        }
        super.put(i, value);
    }

    @Override
    public void put(long i, boolean value) {
        if (made) {
            HostAccess.written(length());
        }
        super.put(i, value);
    }

    @Override
    public void put(long i, long value) {
        if (made) {
            HostAccess.written(length());
        }
        super.put(i, value);
    }
}
