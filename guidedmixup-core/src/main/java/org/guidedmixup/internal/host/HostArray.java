package org.guidedmixup.internal.host;

import java.nio.FloatBuffer;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A FLOAT array in the CPU's memory, read and written in runs of elements. Runs that do not overlap can be used by many
 * threads at once.
 */
public final class HostArray {
    /** Set to true to have everything computed by ND4J's own operations, as on a GPU. */
    private static final boolean PORTABLE = Boolean.getBoolean("org.guidedmixup.portable");

    private final INDArray array; // keeps the memory alive
    private final FloatBuffer elements;

    private HostArray(INDArray array, FloatBuffer elements) {
        this.array = array;
        this.elements = elements;
    }

    /**
     * Sees an array as host memory.
     *
     * @param array any array. Not modified.
     * @return empty unless the array is FLOAT, in 'c' order without gaps, smaller than 2 GiB, and the backend computes on
     *     the CPU; always empty where the system property {@code org.guidedmixup.portable} is true
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
     * Sees an array as host memory, a copy of it where the array itself has another order or gaps.
     *
     * @param array any array. Not modified.
     * @return empty unless the array is FLOAT, smaller than 2 GiB, and the backend computes on the CPU
     */
    public static Optional<HostArray> copyOf(INDArray array) {
        boolean dense = array.ordering() == 'c' && array.elementWiseStride() == 1;
        return of(dense || array.dataType() != DataType.FLOAT ? array : array.dup('c'));
    }

    /**
     * The elements of an array in host memory, to be read only: the array itself where that is possible, else a copy.
     *
     * @param array any numeric array of fewer than 2^29 elements. Not modified.
     * @return its elements as FLOAT in 'c' order, on any backend
     */
    public static HostArray reading(INDArray array) {
        INDArray floats = array.castTo(DataType.FLOAT);
        return copyOf(floats).orElseGet(() -> inHeap(floats));
    }

    /** A copy in the memory of the JVM. */
    static HostArray inHeap(INDArray array) {
        return new HostArray(array, FloatBuffer.wrap(array.dup('c').data().asFloat()));
    }

    /**
     * The number of elements.
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
     * @param target where they go, from position 0. Modified.
     * @param count the number of elements
     */
    public void read(long from, float[] target, int count) {
        read(from, target, 0, count);
    }

    /**
     * Copies a run of elements out of the array.
     *
     * @param from the first element, in 'c' order
     * @param target where they go. Modified.
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
     * @param source where they come from, from position 0. Not modified.
     * @param count the number of elements
     */
    public void write(long from, float[] source, int count) {
        elements.put((int) from, source, 0, count);
    }

    /**
     * Copies consecutive runs of elements into rows.
     *
     * @param from the first element, in 'c' order
     * @param rows where they go. Modified.
     * @param width the number of elements of a row
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
     * @param rows where they come from. Not modified.
     * @param width the number of elements of a row
     */
    public void writeRows(long from, float[][] rows, int width) {
        for (int y = 0; y < rows.length; y++) {
            write(from + (long) y * width, rows[y], width);
        }
    }
}
