package org.guidedmixup.dl4j.session;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2DDerivative;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradient of a 2-D convolution by its input alone: a transposed convolution of the gradient by the output with the
 * same weights. About half the time of {@code conv2d_bp}, which always computes the gradient by the weights too.
 *
 * <p>ND4J (1.0.0-M2.1) has two operations for it. {@code deconv2d_tf} is the faster one, but takes the width of the output
 * for its height, so it serves square outputs only. Both refuse input sizes that the transposed convolution would not have
 * chosen, as the even sizes before a stride of 2; that check, and nothing else, is in the shape function, which is
 * overridden because the output array is there already.
 */
final class ConvolutionInputGradient {
    /** Where {@code conv2d_bp} has its integer arguments. */
    private static final int DILATION = 6;

    private static final int PADDING_MODE = 8;
    private static final int CHANNELS_LAST = 9;
    private static final int WEIGHTS_FORMAT = 10;

    private static final long YXIO = 0;
    private static final long OIYX = 1;
    private static final long OYXI = 2;

    /** Explicit padding and SAME; causal padding is the other. */
    private static final int LAST_PADDING_MODE = 1;

    private ConvolutionInputGradient() {}

    /**
     * Computes the first output of the operation.
     *
     * @param op the gradient of a convolution
     * @param context its inputs x, weights, bias (if any) and gradient by the output. Its first output is modified, the others
     *     are left as they are.
     * @return false where only {@code conv2d_bp} will do: then nothing has changed
     */
    static boolean compute(Conv2DDerivative op, OpContext context) {
        long[] arguments = op.iArgs().clone();
        if (!isSupported(arguments)) {
            return false;
        }
        INDArray gradientOutput = context.getInputArray(context.numInputArguments() - 1);
        INDArray weights = yxio(context.getInputArray(1), arguments[WEIGHTS_FORMAT]);
        arguments[WEIGHTS_FORMAT] = YXIO;
        INDArray gradientInput = context.getOutputArray(0);
        boolean channelsFirst = arguments[CHANNELS_LAST] == 0;
        int height = channelsFirst ? 2 : 1;
        boolean isSquare = gradientOutput.size(height) == gradientOutput.size(height + 1);
        if (isSquare) {
            INDArray shape = Nd4j.createFromArray(gradientInput.shape());
            execute("deconv2d_tf", arguments, gradientInput, shape, weights, gradientOutput);
        } else {
            execute("deconv2d", arguments, gradientInput, gradientOutput, weights);
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

    /** The weights as [kH, kW, input channels, output channels]; of the other formats, a view. */
    private static INDArray yxio(INDArray weights, long format) {
        if (format == OIYX) {
            return weights.permute(2, 3, 1, 0);
        }
        return format == OYXI ? weights.permute(1, 2, 3, 0) : weights;
    }

    private static void execute(String name, long[] arguments, INDArray output, INDArray... inputs) {
        try (OpContext context = Nd4j.getExecutioner().buildContext()) {
            context.setInputArrays(inputs);
            context.setOutputArrays(output);
            context.setIArguments(arguments);
            context.shapeFunctionOverride(true);
            Nd4j.exec(DynamicCustomOp.builder(name).build(), context);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e); // the context's close() declares it and never throws it
        }
    }
}
