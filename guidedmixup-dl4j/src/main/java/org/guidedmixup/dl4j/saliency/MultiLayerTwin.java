package org.guidedmixup.dl4j.saliency;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A second MultiLayerNetwork that shares the parameters of the one in training, and nothing else. */
final class MultiLayerTwin {
    private final MultiLayerNetwork network;
    private MultiLayerNetwork twin;

    MultiLayerTwin(MultiLayerNetwork network) {
        this.network = network;
        twin = make();
    }

    private MultiLayerNetwork make() {
        try (RandomState random = RandomState.save()) {
            MultiLayerNetwork made =
                    new MultiLayerNetwork(network.getLayerWiseConfigurations().clone());
            made.init(network.params(), false);
            return made;
        }
    }

    MultiLayerNetwork original() {
        return network;
    }

    /** The twin, at the iteration and epoch of the original. To be {@link #clear}ed after use. */
    MultiLayerNetwork current() {
        if (twin.params() != network.params()) {
            twin = make();
        }
        for (Layer layer : twin.getLayers()) {
            layer.setIterationCount(network.getIterationCount());
            layer.setEpochCount(network.getEpochCount());
        }
        return twin;
    }

    /** Lets go of a batch. */
    void clear() {
        twin.clearLayersStates();
        twin.setInput(null);
        twin.setLabels(null);
    }
}
