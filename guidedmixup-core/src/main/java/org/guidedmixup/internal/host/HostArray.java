package org.guidedmixup.internal.host;

import java.nio.FloatBuffer;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A FLOAT array in the CPU's memory, read and written in runs of elements. Several threads can use runs that do not overlap.
 */
public final class HostArray {
    /** If true, ND4J's own operations compute everything, as on a GPU. */
    private static final boolean PORTABLE = Boolean.getBoolean("org.guidedmixup.portable");

    private final INDArray array; // keeps the memory alive
    private final FloatBuffer elements;

    private HostArray(INDArray array, FloatBuffer elements) {
        this.array = array;
        this.elements = elements;
    }

    /**
     * Returns a view of an array as host memory.
     *
     * @param array any array. Not modified.
     * @return empty unless the array is FLOAT, in 'c' order without gaps, smaller than 2 GiB, and the backend computes on
     *     the CPU; always empty if the system property {@code org.guidedmixup.portable} is true
     */
    public static Optional<HostArray> of(INDArray array) {
        boolean fits = !PORTABLE
                && array.dataType() == DataType.FLOAT
                && array.ordering() == 'c'
                && array.elementWiseStride() == 1
                && array.length() < Integer.MAX_VALUE / Float.BYTES
                && Nd4j.getExecutioner().type() == OpExecutioner.ExecutionerType.NATIVE_CPU;
        if (!fits) {
            return Optional.empty();
        }
        FloatBuffer whole = array.data().asNioFloat();
        return whole == null ? Optional.empty() : Optional.of(new HostArray(array, whole.slice()));
    }

    /**
     * Returns a view of an array as host memory, or of a copy if the array has another order or gaps.
     *
     * @param array any array. Not modified.
     * @return empty unless the array is FLOAT, smaller than 2 GiB, and the backend computes on the CPU
     */
    public static Optional<HostArray> copyOf(INDArray array) {
        boolean dense = array.ordering() == 'c' && array.elementWiseStride() == 1;
        return of(dense || array.dataType() != DataType.FLOAT ? array : array.dup('c'));
    }

    /**
     * Returns the elements of an array in host memory, for reading only: the array itself if possible, otherwise a copy.
     *
     * @param array any numeric array of fewer than 2^29 elements. Not modified.
     * @return its elements as FLOAT in 'c' order, on any backend
     */
    public static HostArray reading(INDArray array) {
        INDArray floats = array.castTo(DataType.FLOAT);
        return copyOf(floats).orElseGet(() -> inHeap(floats));
    }

    /** Returns a copy in the memory of the JVM. */
    static HostArray inHeap(INDArray array) {
        return new HostArray(array, FloatBuffer.wrap(array.dup('c').data().asFloat()));
    }

    /**
     * Returns the number of elements.
     *
     * @return the length of the array
     */
    public long length() {
        return array.length();
    }

    /**
     * Copies a run of elements out of the array.
     *
     * @param from the first element, in 'c' order
     * @param target receives them from position 0. Modified.
     * @param count the number of elements
     */
    public void read(long from, float[] target, int count) {
        read(from, target, 0, count);
    }

    /**
     * Copies a run of elements out of the array.
     *
     * @param from the first element, in 'c' order
     * @param target receives them. Modified.
     * @param offset the first position in the target
     * @param count the number of elements
     */
    public void read(long from, float[] target, int offset, int count) {
        elements.get((int) from, target, offset, count);
    }

    /**
     * Copies a run of elements into the array.
     *
     * @param from the first element, in 'c' order
     * @param source holds them from position 0. Not modified.
     * @param count the number of elements
     */
    public void write(long from, float[] source, int count) {
        write(from, source, 0, count);
    }

    private void write(long from, float[] source, int offset, int count) {
        elements.put((int) from, source, offset, count);
    }

    /**
     * Copies consecutive runs of elements into rows.
     *
     * @param from the first element, in 'c' order
     * @param rows receive them. Modified.
     * @param width the number of elements per row
     */
    public void readRows(long from, float[][] rows, int width) {
        for (int y = 0; y < rows.length; y++) {
            read(from + (long) y * width, rows[y], width);
        }
    }

    /**
     * Copies rows into consecutive runs of elements.
     *
     * @param from the first element, in 'c' order
     * @param rows hold them. Not modified.
     * @param width the number of elements per row
     */
    public void writeRows(long from, float[][] rows, int width) {
        writeRows(from, rows, 0, width);
    }

    /**
     * Copies parts of rows into consecutive runs of elements.
     *
     * @param from the first element, in 'c' order
     * @param rows hold them. Not modified.
     * @param offset the first element of every row that is copied
     * @param width the number of elements per row
     */
    public void writeRows(long from, float[][] rows, int offset, int width) {
        for (int y = 0; y < rows.length; y++) {
            write(from + (long) y * width, rows[y], offset, width);
        }
    }
}
