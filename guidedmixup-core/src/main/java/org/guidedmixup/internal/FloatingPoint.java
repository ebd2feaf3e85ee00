package org.guidedmixup.internal;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The types that mixing works in: outputs keep a floating-point input's type, anything else becomes FLOAT. */
public final class FloatingPoint {
    private FloatingPoint() {}

    /**
     * The type that a mixed array has.
     *
     * @param array the array that is mixed. Not modified.
     * @return its own type, or FLOAT
     */
    public static DataType outputType(INDArray array) {
        return array.dataType().isFPType() ? array.dataType() : DataType.FLOAT;
    }

    /** The array in its output type; itself if it has that type already. */
    public static INDArray of(INDArray array) {
        return array.castTo(outputType(array));
    }

    /** The array in the type that blending is computed in, at least single precision; itself if it has that type. */
    public static INDArray forBlending(INDArray array) {
        return array.castTo(array.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT);
    }
}
