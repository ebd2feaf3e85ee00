package org.guidedmixup.dl4j.saliency;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** What a Deeplearning4j network must be for its loss to have a gradient with respect to images. */
final class SupportedLayers {
    private SupportedLayers() {}

    static void requireInitialised(boolean initialised) {
        if (!initialised) {
            throw new IllegalArgumentException("network: not initialised, call network.init() first");
        }
    }

    static void requireStandardBackprop(BackpropType type) {
        if (type == BackpropType.TruncatedBPTT) {
            throw new IllegalArgumentException("network: gradient saliency of images has no meaning with truncated "
                    + "backpropagation through time, use BackpropType.Standard");
        }
    }

    static void requireSoftLabels(Layer output) {
        Layer layer = output == null ? null : FrozenLayers.unwrapped(output);
        String name = layer == null ? "output" : layer.conf().getLayer().getLayerName();
        if (!(layer instanceof IOutputLayer)) {
            throw new IllegalArgumentException(
                    "layer \"" + name + "\": expected an output layer with a loss, to have a gradient from");
        }
        if (loss(layer) instanceof LossSparseMCXENT) {
            throw new IllegalArgumentException(
                    "layer \"" + name + "\": LossSparseMCXENT takes class indices, which cannot "
                            + "be mixed; use LossMCXENT and one-hot labels");
        }
    }

    private static ILossFunction loss(Layer layer) {
        if (layer.conf().getLayer() instanceof BaseOutputLayer configuration) {
            return configuration.getLossFn();
        }
        return layer.conf().getLayer() instanceof LossLayer configuration ? configuration.getLossFn() : null;
    }

    static INDArray requireGradient(INDArray gradient) {
        if (gradient == null) {
            throw new IllegalStateException("no gradient reaches the images: the first layer does not pass one on");
        }
        return gradient;
    }
}
