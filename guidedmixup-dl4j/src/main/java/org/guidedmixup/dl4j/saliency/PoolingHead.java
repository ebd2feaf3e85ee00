package org.guidedmixup.dl4j.saliency;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.enums.DataFormat;

/**
 * Where the last layers of a network pool its feature maps and score the means.
 *
 * @param pooling the position of the global average pooling
 * @param scores the position of the dense or output layer after it
 * @param format where the channels of the pooled feature maps are
 */
record PoolingHead(int pooling, int scores, DataFormat format) {

    /**
     * Finds the head.
     *
     * @param layers one after the other, the last one with the loss
     * @throws IllegalArgumentException if they do not end with global average pooling and one dense layer
     */
    static PoolingHead of(List<Layer> layers) {
        int scores = before(layers, layers.size(), LossLayer.class, ActivationLayer.class, DropoutLayer.class);
        int pooling = before(layers, scores, DropoutLayer.class);
        boolean found = pooling >= 0
                && (configuration(layers.get(scores)) instanceof DenseLayer
                        || configuration(layers.get(scores)) instanceof BaseOutputLayer)
                && configuration(layers.get(pooling)) instanceof GlobalPoolingLayer layer
                && layer.getPoolingType() == PoolingType.AVG;
        if (!found) {
            List<String> kinds = layers.stream()
                    .map(layer -> configuration(layer).getClass().getSimpleName())
                    .toList();
            throw new IllegalArgumentException(
                    "network: expected a GlobalPoolingLayer with PoolingType.AVG and one DenseLayer or OutputLayer after it, "
                            + "for class activation maps, got " + kinds + " at the end");
        }
        GlobalPoolingLayer layer = (GlobalPoolingLayer) configuration(layers.get(pooling));
        boolean channelsLast = Arrays.equals(layer.getPoolingDimensions(), new int[] {1, 2});
        return new PoolingHead(pooling, scores, channelsLast ? DataFormat.NHWC : DataFormat.NCHW);
    }

    /** Returns the last position before {@code end} whose layer is of none of the kinds; −1 if there is none. */
    private static int before(List<Layer> layers, int end, Class<?>... kinds) {
        int position = end - 1;
        while (position >= 0 && isOne(configuration(layers.get(position)), kinds)) {
            position--;
        }
        return position;
    }

    private static boolean isOne(Object layer, Class<?>... kinds) {
        return Arrays.stream(kinds).anyMatch(kind -> kind.isInstance(layer));
    }

    private static org.deeplearning4j.nn.conf.layers.Layer configuration(Layer layer) {
        return FrozenLayers.unwrapped(layer).conf().getLayer();
    }
}
