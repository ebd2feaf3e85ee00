package org.guidedmixup.dl4j.saliency;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;

/**
 * Frozen layers, and what stands for them in a second network.
 *
 * <p>A frozen layer runs in inference mode, also in training: no dropout, no weight noise, running statistics. FrozenLayer
 * gives no gradient to what is below it. FrozenLayerWithBackprop does, but a wrong one over batch normalisation, and below
 * activation layers, which write over their input in inference mode. So the second network has the layers themselves, without
 * noise, and in training mode, which then computes the same; but {@link FrozenBatchNormalization} for batch normalisation.
 *
 * <p>The layers of a network are looked at, not its configuration: TransferLearningHelper freezes the first and not the second.
 */
final class FrozenLayers {
    private FrozenLayers() {}

    /** Whether a layer runs in inference mode. An output layer runs in training mode also where it is frozen. */
    static boolean isFrozen(Layer layer) {
        Layer inner = unwrapped(layer);
        return layer != inner && !(inner instanceof IOutputLayer);
    }

    /** A layer without what freezes it. */
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
     * Takes off what freezes a layer.
     *
     * @param configuration of the layer. Modified.
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

    /** What stands for a frozen layer, of a configuration without noise. */
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
