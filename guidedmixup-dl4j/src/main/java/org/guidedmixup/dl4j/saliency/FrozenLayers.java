package org.guidedmixup.dl4j.saliency;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;

/**
 * Frozen layers, and what replaces them in a second network.
 *
 * <p>A frozen layer runs in inference mode even in training: no dropout, no weight noise, running statistics. FrozenLayer
 * passes no gradient to the layers below it. FrozenLayerWithBackprop does, but a wrong one over batch normalisation, and below
 * activation layers, which overwrite their input in inference mode. The second network therefore has the layers themselves,
 * without noise and in training mode, which computes the same; {@link FrozenBatchNormalization} replaces batch normalisation.
 *
 * <p>The layers of a network are inspected, not its configuration, because TransferLearningHelper freezes only the layers.
 */
final class FrozenLayers {
    private FrozenLayers() {}

    /** Returns whether a layer runs in inference mode. An output layer runs in training mode even if it is frozen. */
    static boolean isFrozen(Layer layer) {
        Layer inner = unwrapped(layer);
        return layer != inner && !(inner instanceof IOutputLayer);
    }

    /** Returns a layer without the wrappers that freeze it. */
    static Layer unwrapped(Layer layer) {
        Layer inner = layer;
        while (inner instanceof FrozenLayer || inner instanceof FrozenLayerWithBackprop) {
            inner = inner instanceof FrozenLayer frozen
                    ? frozen.getInsideLayer()
                    : ((FrozenLayerWithBackprop) inner).getInsideLayer();
        }
        return inner;
    }

    /**
     * Removes the wrappers that freeze a layer.
     *
     * @param configuration the layer's configuration. Modified.
     * @param isFrozen whether the layer loses its noise
     */
    static void unwrap(NeuralNetConfiguration configuration, boolean isFrozen) {
        org.deeplearning4j.nn.conf.layers.Layer layer = unwrapped(configuration.getLayer());
        configuration.setLayer(layer);
        if (!isFrozen) {
            return;
        }
        layer.setIDropout(null);
        if (layer instanceof BaseLayer weighted) {
            weighted.setWeightNoise(null);
        }
    }

    /** Returns the replacement of a frozen layer whose configuration has no noise. */
    static Layer standIn(Layer layer) {
        return layer instanceof BatchNormalization normalisation ? new FrozenBatchNormalization(normalisation) : layer;
    }

    private static org.deeplearning4j.nn.conf.layers.Layer unwrapped(org.deeplearning4j.nn.conf.layers.Layer layer) {
        org.deeplearning4j.nn.conf.layers.Layer inner = layer;
        while (true) {
            if (inner instanceof org.deeplearning4j.nn.conf.layers.misc.FrozenLayer frozen) {
                inner = frozen.getLayer();
            } else if (inner instanceof org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop frozen) {
                inner = frozen.getUnderlying();
            } else {
                return inner;
            }
        }
    }
}
