package org.guidedmixup.filter;

import java.io.Serializable;
import org.guidedmixup.internal.host.Prepared;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A linear map along one axis, as the matrix that multiplies a row of pixels from the right. It depends only on the length of
 * the axis, so it is computed once per length and cached outside any workspace.
 */
public abstract class AxisMatrix implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The matrices as arrays, by length. */
    private final Prepared<Integer, INDArray> arrays = new Prepared<>();

    /** For subclasses. */
    protected AxisMatrix() {}

    /**
     * Computes the matrix; {@link #of} caches it.
     *
     * @param length the number of pixels along the axis, at least 1
     * @return [length][length of the result]: column o holds the weights of output o
     */
    public abstract float[][] compute(int length);

    /**
     * Returns the matrix for an axis.
     *
     * @param length the number of pixels along the axis, at least 1
     * @return [length, length of the result], FLOAT; shared, do not modify
     */
    public final INDArray of(int length) {
        return arrays.get(length, this::create);
    }

    private INDArray create(int length) {
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return Nd4j.createFromArray(compute(length));
        }
    }
}
