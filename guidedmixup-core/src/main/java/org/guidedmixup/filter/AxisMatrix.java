package org.guidedmixup.filter;

import java.io.Serializable;
import org.guidedmixup.internal.host.Prepared;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A linear map along one axis, as the matrix that a row of pixels is multiplied with from the right. It depends on the
 * length of the axis alone, so it is made once a length and kept outside any workspace.
 */
public abstract class AxisMatrix implements Serializable {
    private static final long serialVersionUID = 1L;

    /** As arrays, by length. */
    private final Prepared<Integer, INDArray> arrays = new Prepared<>();

    /** For subclasses. */
    protected AxisMatrix() {}

    /**
     * Computes the matrix; {@link #of} keeps it.
     *
     * @param length the number of pixels along the axis, at least 1
     * @return [length][length of the result]: column o holds the weights of output o
     */
    public abstract float[][] compute(int length);

    /**
     * The matrix for an axis.
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
