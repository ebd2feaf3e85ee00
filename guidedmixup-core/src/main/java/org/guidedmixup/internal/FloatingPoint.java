package org.guidedmixup.internal;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The data types of mixing: the output has the type of a floating-point input; all other types become FLOAT. */
public final class FloatingPoint {
    private FloatingPoint() {}

    /**
     * Returns the type that a mixed array has.
     *
     * @param array the array that is mixed. Not modified.
     * @return its own type, or FLOAT
     */
    public static DataType outputType(INDArray array) {
        return array.dataType().isFPType() ? array.dataType() : DataType.FLOAT;
    }

    /** Returns the array in its output type; the array itself if it already has that type. */
    public static INDArray of(INDArray array) {
        return array.castTo(outputType(array));
    }

    /**
     * Returns the array in the type that blending is computed in, at least single precision; the array itself if it already has
     * that type.
     */
    public static INDArray forBlending(INDArray array) {
        return array.castTo(array.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT);
    }
}
