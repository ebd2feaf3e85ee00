package org.guidedmixup.dl4j.saliency;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossFMeasure;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** What a network must be for its loss to have a gradient with respect to images. */
public final class SupportedLayers {
    private SupportedLayers() {}

    static void requireInitialised(boolean initialised) {
        if (!initialised) {
            throw new IllegalArgumentException("network: expected an initialised network, call network.init() first");
        }
    }

    static void requireStandardBackprop(BackpropType type) {
        if (type == BackpropType.TruncatedBPTT) {
            throw new IllegalArgumentException(
                    "network: expected BackpropType.Standard, got truncated backpropagation through time, "
                            + "with which gradient saliency of images has no meaning");
        }
    }

    /**
     * Refuses an output whose labels cannot be mixed.
     *
     * @param output the last layer of a network
     * @throws IllegalArgumentException if it has no loss, or one over class indices
     */
    public static void requireSoftLabels(Layer output) {
        Layer layer = output == null ? null : FrozenLayers.unwrapped(output);
        String name = layer == null ? "output" : layer.conf().getLayer().getLayerName();
        if (!(layer instanceof IOutputLayer)) {
            throw new IllegalArgumentException(
                    "layer \"" + name + "\": expected an output layer with a loss to compute a gradient from");
        }
        if (loss(layer) instanceof LossSparseMCXENT) {
            throw new IllegalArgumentException(
                    "layer \"" + name + "\": LossSparseMCXENT takes class indices, which cannot "
                            + "be mixed; use LossMCXENT and one-hot labels");
        }
    }

    /**
     * Refuses losses whose gradient is right only for label rows that sum to 1, and names the replacement. Without class
     * weights, softmax with LossMCXENT (also named LossNegativeLogLikelihood) has the gradient p − y instead of p Σy − y. That
     * of LossFMeasure counts the two classes as one.
     */
    static void requireAnyLabelSum(Layer output) {
        Layer layer = FrozenLayers.unwrapped(output);
        ILossFunction loss = loss(layer);
        String kind = loss == null ? "" : loss.getClass().getSimpleName();
        BaseLayer configuration = layer.conf().getLayer() instanceof BaseLayer base ? base : null;
        boolean isShort = loss instanceof LossMCXENT entropy
                && entropy.getWeights() == null
                && configuration != null
                && configuration.getActivationFn() instanceof ActivationSoftmax;
        if (isShort || loss instanceof LossFMeasure) {
            long classes = configuration instanceof FeedForwardLayer forward ? forward.getNOut() : 0;
            String weighted = "new " + (isShort ? kind : "LossMCXENT") + "(Nd4j.ones(1, "
                    + (classes > 0 ? classes : "classes") + "))";
            throw new IllegalArgumentException(
                    "layer \"" + layer.conf().getLayer().getLayerName() + "\": the gradient of "
                            + kind + (isShort ? " without weights" : "")
                            + " is right only for label rows that sum to 1, and SnapMix makes " + "others; use "
                            + weighted + ", whose gradient is right for all");
        }
    }

    /**
     * Refuses a label placeholder whose labels cannot be mixed.
     *
     * @param graph any
     * @param labelPlaceholder takes the labels
     * @throws IllegalArgumentException if it is of an integer type, or feeds a loss over class indices
     */
    public static void requireSoftLabels(SameDiff graph, String labelPlaceholder) {
        String name = "labelPlaceholder \"" + labelPlaceholder + "\"";
        DataType type = graph.getVariable(labelPlaceholder).dataType();
        if (!type.isFPType()) {
            throw new IllegalArgumentException(
                    name + " " + type
                            + ": expected a floating-point placeholder for one-hot or soft labels; class indices cannot be mixed");
        }
        if (SameDiffOperations.takesClassIndices(graph, labelPlaceholder)) {
            throw new IllegalArgumentException(
                    name + ": sparseSoftmaxCrossEntropy takes class indices, which cannot be mixed; "
                            + "use softmaxCrossEntropy and one-hot labels");
        }
    }

    private static ILossFunction loss(Layer layer) {
        if (layer.conf().getLayer() instanceof BaseOutputLayer configuration) {
            return configuration.getLossFn();
        }
        if (layer.conf().getLayer() instanceof CnnLossLayer configuration) {
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
