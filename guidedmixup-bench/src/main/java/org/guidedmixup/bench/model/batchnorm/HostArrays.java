package org.guidedmixup.bench.model.batchnorm;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The off-heap memory of FLOAT arrays as Java sees it. */
final class HostArrays {

    private HostArrays() {}

    /** Returns the sizes of an [N, C, H, W] array; H W is one plane. */
    static BatchNormKernel.Planes planes(INDArray images) {
        if (images.rank() != 4) {
            throw new IllegalArgumentException(
                    "batch normalization: expected [N, C, H, W], got " + Arrays.toString(images.shape()));
        }
        return new BatchNormKernel.Planes(
                Math.toIntExact(images.size(0)),
                Math.toIntExact(images.size(1)),
                Math.toIntExact(images.size(2) * images.size(3)));
    }

    /** Returns the array itself, or a copy in c order if it is a view or has another order. */
    static INDArray contiguous(INDArray array) {
        return isContiguous(array) ? array : array.dup('c');
    }

    /** Returns the memory of a contiguous array, to read or write while the array is alive. */
    static FloatBuffer memory(INDArray array) {
        if (array.dataType() != DataType.FLOAT) {
            throw new IllegalArgumentException(
                    "batch normalization on the host: expected a FLOAT array, got " + array.dataType());
        }
        if (!isContiguous(array)) {
            throw new IllegalStateException(array.shapeInfoToString() + " is not contiguous in c order");
        }
        return array.data().asNioFloat();
    }

    /** Returns a copy of a small array. */
    static float[] floats(INDArray array) {
        float[] values = new float[Math.toIntExact(array.length())];
        memory(array).get(0, values);
        return values;
    }

    /** Writes a small array. */
    static void store(float[] values, INDArray array) {
        memory(array).put(0, values);
    }

    private static boolean isContiguous(INDArray array) {
        return array.ordering() == 'c' && array.offset() == 0 && array.elementWiseStride() == 1;
    }
}
