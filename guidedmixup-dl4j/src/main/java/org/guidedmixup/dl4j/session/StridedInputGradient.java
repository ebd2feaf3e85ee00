package org.guidedmixup.dl4j.session;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradient of a strided convolution with respect to an input of few channels, such as the images that the first
 * convolution of a network reads.
 *
 * <p>With stride s the input falls into s x s grids of every s-th pixel. Each grid has its own taps of the kernel, so its
 * gradient is a convolution of the output's gradient without a stride, and all of them are one convolution with s² C output
 * channels. oneDNN pads channels to 16, of which the transposed convolution uses C only: for 7 x 7 taps, stride 2 and three
 * channels this takes a fraction of its time.
 */
final class StridedInputGradient {
    /** Channels that oneDNN computes side by side. */
    private static final int SIDE_BY_SIDE = 16;

    private StridedInputGradient() {}

    /**
     * Computes the gradient with respect to the input.
     *
     * @param convolution the integer arguments of {@code conv2d}, without dilation. Not modified.
     * @param weights [k, k, C, K]. Not modified.
     * @param gradientOutput [N, K, H / s, W / s]. Not modified.
     * @param gradientInput [N, C, H, W]. Modified.
     * @return false if this is another kind of convolution; then nothing has changed
     */
    static boolean compute(long[] convolution, INDArray weights, INDArray gradientOutput, INDArray gradientInput) {
        int kernel = Math.toIntExact(convolution[0]);
        int stride = Math.toIntExact(convolution[2]);
        int padding = Math.toIntExact(convolution[4]);
        boolean isSquare = kernel == convolution[1] && stride == convolution[3] && padding == convolution[5];
        boolean isPlain = convolution[8] == 0 && convolution[9] == 0;
        boolean isFloat = weights.dataType() == DataType.FLOAT
                && gradientOutput.dataType() == DataType.FLOAT
                && gradientInput.dataType() == DataType.FLOAT;
        if (!isSquare
                || !isPlain
                || !isFloat
                || stride < 2
                || gradientInput.size(1) * stride * stride > SIDE_BY_SIDE
                || gradientInput.size(2) != gradientOutput.size(2) * stride
                || gradientInput.size(3) != gradientOutput.size(3) * stride) {
            return false;
        }
        int before = Math.floorDiv(kernel - 1 - padding, stride);
        int after = (stride - 1 + padding) / stride;
        if (before < 0 || (after != before && after != before + 1)) {
            return false; // SAME, which pads the end by as much as the start or one more, would not fit
        }
        INDArray taps = taps(weights, stride, padding, before, before + after + 1);
        long[] arguments = {taps.size(0), taps.size(1), 1, 1, 0, 0, 1, 1, 1, 0, 0};
        long[] shape = {gradientOutput.size(0), taps.size(3), gradientOutput.size(2), gradientOutput.size(3)};
        try (INDArray grids = Nd4j.createUninitializedDetached(DataType.FLOAT, shape)) {
            ConvolutionInputGradient.execute("conv2d", arguments, grids, gradientOutput, taps);
            ConvolutionInputGradient.execute("depth_to_space", new long[] {stride, 0}, gradientInput, grids);
        }
        taps.close();
        return true;
    }

    /**
     * Returns the taps of all grids, [side, side, K, s² C]. Pixel s q + r of an axis gets tap s t + r + padding from output
     * q − t; t falls from {@code before}.
     */
    private static INDArray taps(INDArray weights, int stride, int padding, int before, int side) {
        int kernel = (int) weights.size(0);
        int channels = (int) weights.size(2);
        int outputs = (int) weights.size(3);
        int grids = stride * stride * channels;
        float[] from = weights.dup('c').data().asFloat();
        float[] taps = new float[side * side * outputs * grids];
        for (int y = 0; y < stride * side; y++) {
            int tapY = stride * (before - y / stride) + y % stride + padding;
            for (int x = 0; x < stride * side; x++) {
                int tapX = stride * (before - x / stride) + x % stride + padding;
                if (tapY < 0 || tapY >= kernel || tapX < 0 || tapX >= kernel) {
                    continue;
                }
                int grid = (y % stride * stride + x % stride) * channels;
                int to = (y / stride * side + x / stride) * outputs * grids + grid;
                int tap = (tapY * kernel + tapX) * channels * outputs;
                for (int output = 0; output < outputs; output++) {
                    for (int channel = 0; channel < channels; channel++) {
                        taps[to + output * grids + channel] = from[tap + channel * outputs + output];
                    }
                }
            }
        }
        return Nd4j.createFromArray(taps).reshape(side, side, outputs, grids);
    }
}
