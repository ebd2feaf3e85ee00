package org.guidedmixup.dl4j.session;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2DDerivative;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradient of a 2-D convolution with respect to its input alone: a transposed convolution of the output's gradient with the
 * same weights. It takes about half the time of {@code conv2d_bp}, which always computes the gradient of the weights too.
 *
 * <p>ND4J (1.0.0-M2.1) has two operations for it. {@code deconv2d_tf} is the faster one, but mistakes the output's width for
 * its height, so it works for square outputs only. Both refuse input sizes that the transposed convolution would not have
 * chosen, such as even sizes before a stride of 2. Only the shape function checks that, and it is overridden because the output
 * array exists already.
 */
public final class ConvolutionInputGradient {
    /** The positions of {@code conv2d_bp}'s integer arguments, from here on. */
    private static final int DILATION = 6;

    private static final int PADDING_MODE = 8;
    private static final int CHANNELS_LAST = 9;
    private static final int WEIGHTS_FORMAT = 10;

    private static final long YXIO = 0;
    private static final long OIYX = 1;
    private static final long OYXI = 2;

    /** Explicit padding and SAME come first; causal padding, which follows, is not supported. */
    private static final int LAST_PADDING_MODE = 1;

    private ConvolutionInputGradient() {}

    /**
     * Computes the first output of the operation.
     *
     * @param op the gradient of a convolution
     * @param context its inputs are x, the weights, the bias (if any) and the output's gradient. Its first output is modified,
     *     the others are not.
     * @return false if only {@code conv2d_bp} can compute it; then nothing has changed
     */
    static boolean compute(Conv2DDerivative op, OpContext context) {
        INDArray gradientOutput = context.getInputArray(context.numInputArguments() - 1);
        return compute(op.iArgs(), context.getInputArray(1), gradientOutput, context.getOutputArray(0));
    }

    /**
     * Computes the gradient with respect to the input.
     *
     * @param convolution the integer arguments of {@code conv2d}: kernel, strides, padding, dilation (height and width each),
     *     1 for SAME or 0 for this padding, 1 for NHWC or 0 for NCHW, and the weights' format, 0 for [kH, kW, C, K],
     *     1 for [K, C, kH, kW], 2 for [K, kH, kW, C]. Not modified.
     * @param weights the weights, in this format. Not modified.
     * @param gradientOutput the gradient with respect to the output, of the output's shape. Not modified.
     * @param gradientInput of the input's shape. Modified.
     * @return false if only {@code conv2d_bp} can compute it, as with dilation or other backends than the CPU's; then nothing
     *     has changed
     */
    public static boolean compute(
            long[] convolution, INDArray weights, INDArray gradientOutput, INDArray gradientInput) {
        if (!isSupported(convolution)) {
            return false;
        }
        long[] arguments = convolution.clone();
        INDArray yxio = yxio(weights, arguments[WEIGHTS_FORMAT]);
        arguments[WEIGHTS_FORMAT] = YXIO;
        if (StridedInputGradient.compute(arguments, yxio, gradientOutput, gradientInput)) {
            return true;
        }
        boolean channelsFirst = arguments[CHANNELS_LAST] == 0;
        int height = channelsFirst ? 2 : 1;
        boolean isSquare = gradientOutput.size(height) == gradientOutput.size(height + 1);
        if (isSquare) {
            INDArray shape = Nd4j.createFromArray(gradientInput.shape());
            execute("deconv2d_tf", arguments, gradientInput, shape, yxio, gradientOutput);
        } else {
            execute("deconv2d", arguments, gradientInput, gradientOutput, yxio);
        }
        return true;
    }

    private static boolean isSupported(long[] arguments) {
        return arguments.length > WEIGHTS_FORMAT
                && arguments[DILATION] == 1
                && arguments[DILATION + 1] == 1
                && arguments[PADDING_MODE] <= LAST_PADDING_MODE
                && Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;
    }

    /** Returns the weights as [kH, kW, input channels, output channels]; a view, if they have another format. */
    private static INDArray yxio(INDArray weights, long format) {
        if (format == OIYX) {
            return weights.permute(2, 3, 1, 0);
        }
        return format == OYXI ? weights.permute(1, 2, 3, 0) : weights;
    }

    static void execute(String name, long[] arguments, INDArray output, INDArray... inputs) {
        try (OpContext context = Nd4j.getExecutioner().buildContext()) {
            context.setInputArrays(inputs);
            context.setOutputArrays(output);
            context.setIArguments(arguments);
            context.shapeFunctionOverride(true);
            Nd4j.exec(DynamicCustomOp.builder(name).build(), context);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e); // the context's close() declares it but never throws it
        }
    }
}
