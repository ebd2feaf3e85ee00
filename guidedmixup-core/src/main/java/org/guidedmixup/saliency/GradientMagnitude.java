package org.guidedmixup.saliency;

import java.util.Arrays;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.internal.Views;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Saliency from the gradient of a network's loss with respect to its input: the root mean square over the channels,
 * s = sqrt(mean_c (∂loss/∂x)²). With it, GuidedMixup is Guided-AP.
 *
 * <p>O(M C H W). Scaling the loss only scales the map, which normalisation undoes. Simonyan, Vedaldi and Zisserman, "Deep
 * Inside Convolutional Networks", 2013; the mean of squares as in the code released by Kang and Kim 2023.
 */
public final class GradientMagnitude {
    private GradientMagnitude() {}

    /**
     * Computes saliency maps from an input gradient.
     *
     * @param gradient ∂loss/∂x, [M, C, H, W], or [M, H, W, C] with NHWC; floating point. Not modified.
     * @param format the layout
     * @return a new array [M, H, W], FLOAT, not negative, outside any workspace; not finite where the gradient is not
     * @throws IllegalArgumentException if the rank or type is different
     */
    public static INDArray of(INDArray gradient, DataFormat format) {
        if (gradient.rank() != 4 || !gradient.dataType().isFPType() || gradient.length() == 0) {
            throw new IllegalArgumentException("gradient " + gradient.dataType() + " "
                    + Arrays.toString(gradient.shape())
                    + ": expected floating point, rank 4, one value for every pixel "
                    + "and channel");
        }
        try (MemoryWorkspace scratch = Scratch.open(GradientMagnitude.class)) {
            int axis = format == DataFormat.NCHW ? 1 : 3;
            INDArray whole = Views.toBeCut(gradient);
            INDArray squares = square(whole, axis, 0);
            for (long c = 1; c < gradient.size(axis); c++) {
                squares.addi(square(whole, axis, c));
            }
            return Transforms.sqrt(squares.divi(gradient.size(axis)), false).detach();
        }
    }

    private static INDArray square(INDArray gradient, int axis, long channel) {
        INDArrayIndex[] index = NDArrayIndex.allFor(gradient);
        index[axis] = NDArrayIndex.point(channel);
        INDArray values = gradient.get(index).dup('c').castTo(DataType.FLOAT);
        return values.muli(values);
    }
}
