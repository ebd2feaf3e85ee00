package org.guidedmixup.dl4j.saliency;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The layers of a second network that compute the gradient of their input alone. Deeplearning4j's own always compute that of
 * their weights too, which nothing here wants, and its convolutions do not use oneDNN (1.0.0-M2.1 looks for it in a class that
 * is not there).
 *
 * <p>Other layers, those of a subclass among them, stay as they are, and so do all on other backends than the CPU's.
 */
final class InputGradientLayers {
    private InputGradientLayers() {}

    /**
     * Returns the replacement of a layer that has its parameters.
     *
     * @param layer a layer of the second network
     * @return a layer over the same parameters, or the layer itself if there is no faster one
     */
    static Layer standIn(Layer layer) {
        if (Nd4j.getExecutioner().type() != ExecutionerType.NATIVE_CPU) {
            return layer;
        }
        if (layer.getClass() == ConvolutionLayer.class) {
            return sharing(new InputGradientConvolution(layer.conf(), type(layer)), (ConvolutionLayer) layer);
        }
        if (layer.getClass() == DenseLayer.class) {
            return sharing(new InputGradientDense(layer.conf(), type(layer)), (DenseLayer) layer);
        }
        if (layer.getClass() == OutputLayer.class) {
            return sharing(new InputGradientOutput(layer.conf(), type(layer)), (OutputLayer) layer);
        }
        return layer;
    }

    /** Returns the type that a layer computes in, that of its parameters. */
    private static DataType type(Layer layer) {
        return layer.params().dataType();
    }

    private static Layer sharing(BaseLayer<?> made, BaseLayer<?> original) {
        made.setIndex(original.getIndex());
        made.setParamsViewArray(original.params());
        made.setParamTable(original.paramTable());
        if (original.getGradientsViewArray() != null) {
            made.setBackpropGradientsViewArray(original.getGradientsViewArray());
        }
        return made;
    }
}
