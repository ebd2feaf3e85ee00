package org.guidedmixup.dl4j.saliency;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.AlgoMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.BwdDataAlgo;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.BwdFilterAlgo;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.FwdAlgo;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.guidedmixup.dl4j.session.ConvolutionInputGradient;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.convolution.Convolution;

/**
 * A convolution whose backward pass leaves out the gradients of weights and bias. In FLOAT both passes are ND4J's operations,
 * which oneDNN computes where it is there; in other types and with dilation they are Deeplearning4j's products of unrolled
 * images, with the same result to the last bit.
 */
final class InputGradientConvolution extends ConvolutionLayer {
    private static final long serialVersionUID = 1L;

    InputGradientConvolution(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
        helper = new Passes(type);
    }

    /** Clears the weight noise of the pass, which Deeplearning4j keeps for the next one if there is a helper. */
    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        Pair<Gradient, INDArray> found = super.backpropGradient(epsilon, workspaces);
        weightNoiseParams.clear();
        return found;
    }

    /** Where Deeplearning4j lets others compute the passes of a convolution. */
    private static final class Passes extends MKLDNNConvHelper {
        private static final long WEIGHTS_OIYX = 1;

        Passes(DataType type) {
            super(type);
        }

        @Override
        public boolean checkSupported() {
            return true;
        }

        /** Returns null, which lets Deeplearning4j compute it, with dilation, with which ND4J's operation fails. */
        @Override
        public INDArray preOutput(
                INDArray input,
                INDArray weights,
                INDArray bias,
                int[] kernel,
                int[] strides,
                int[] padding,
                AlgoMode mode,
                FwdAlgo algorithm,
                ConvolutionMode convolutionMode,
                int[] dilation,
                CNN2DFormat format,
                LayerWorkspaceMgr workspaces) {
            if (dilation[0] != 1 || dilation[1] != 1) {
                return null;
            }
            return super.preOutput(
                    input,
                    weights,
                    bias,
                    kernel,
                    strides,
                    padding,
                    mode,
                    algorithm,
                    convolutionMode,
                    dilation,
                    format,
                    workspaces);
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(
                INDArray input,
                INDArray weights,
                INDArray bias,
                INDArray delta,
                int[] kernel,
                int[] strides,
                int[] padding,
                INDArray biasGradient,
                INDArray weightGradient,
                IActivation activation,
                AlgoMode mode,
                BwdFilterAlgo filterAlgorithm,
                BwdDataAlgo dataAlgorithm,
                ConvolutionMode convolutionMode,
                int[] dilation,
                CNN2DFormat format,
                LayerWorkspaceMgr workspaces) {
            long[] arguments = {
                kernel[0],
                kernel[1],
                strides[0],
                strides[1],
                padding[0],
                padding[1],
                dilation[0],
                dilation[1],
                convolutionMode == ConvolutionMode.Same ? 1 : 0,
                format == CNN2DFormat.NHWC ? 1 : 0,
                WEIGHTS_OIYX
            };
            if (input.dataType() == DataType.FLOAT && weights.dataType() == DataType.FLOAT) {
                INDArray gradient =
                        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, input.shape());
                if (ConvolutionInputGradient.compute(arguments, weights, contiguous(delta), gradient)) {
                    return new Pair<>(new DefaultGradient(), gradient);
                }
            }
            return new Pair<>(
                    new DefaultGradient(),
                    byProduct(input, weights, delta, strides, padding, dilation, format, workspaces));
        }

        private static INDArray contiguous(INDArray array) {
            return Shape.hasDefaultStridesForShape(array) ? array : array.dup('c');
        }

        /** As Deeplearning4j does it: a product that is the gradient of the unrolled images, which are then rolled up. */
        private static INDArray byProduct(
                INDArray input,
                INDArray weights,
                INDArray delta,
                int[] strides,
                int[] padding,
                int[] dilation,
                CNN2DFormat format,
                LayerWorkspaceMgr workspaces) {
            boolean channelsLast = format == CNN2DFormat.NHWC;
            INDArray channelsFirst = channelsLast ? delta.permute(0, 3, 1, 2) : delta;
            long images = channelsFirst.size(0);
            long outputs = channelsFirst.size(1);
            long outHeight = channelsFirst.size(2);
            long outWidth = channelsFirst.size(3);
            long channels = weights.size(1);
            long height = weights.size(2);
            long width = weights.size(3);
            INDArray columns = channelsFirst.permute(1, 0, 2, 3).reshape('c', outputs, images * outHeight * outWidth);
            INDArray rows = weights.permute(3, 2, 1, 0).reshape('f', channels * height * width, outputs);
            INDArray unrolled = rows.mmul(columns)
                    .reshape('f', width, height, channels, outWidth, outHeight, images)
                    .permute(5, 2, 1, 0, 4, 3);
            int imageHeight = Math.toIntExact(input.size(channelsLast ? 1 : 2));
            int imageWidth = Math.toIntExact(input.size(channelsLast ? 2 : 3));
            INDArray gradient = workspaces
                    .createUninitialized(
                            ArrayType.ACTIVATION_GRAD,
                            unrolled.dataType(),
                            new long[] {channels, images, imageHeight, imageWidth},
                            'c')
                    .permute(1, 0, 2, 3);
            Convolution.col2im(
                    unrolled,
                    gradient,
                    strides[0],
                    strides[1],
                    padding[0],
                    padding[1],
                    imageHeight,
                    imageWidth,
                    dilation[0],
                    dilation[1]);
            return channelsLast ? gradient.permute(0, 2, 3, 1) : gradient;
        }
    }
}
