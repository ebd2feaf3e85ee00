package org.guidedmixup.dl4j.saliency;

import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A second MultiLayerNetwork that shares the parameters of the one in training, and nothing else. */
final class MultiLayerTwin {
    private final MultiLayerNetwork network;
    private MultiLayerNetwork twin;

    /** Which layers of the twin stand for frozen ones. */
    private List<Boolean> frozen;

    MultiLayerTwin(MultiLayerNetwork network) {
        this.network = network;
        twin = make();
    }

    private MultiLayerNetwork make() {
        frozen = frozen();
        try (RandomState random = RandomState.save()) {
            MultiLayerConfiguration configuration =
                    network.getLayerWiseConfigurations().clone();
            for (int i = 0; i < frozen.size(); i++) {
                FrozenLayers.unwrap(configuration.getConf(i), frozen.get(i));
            }
            MultiLayerNetwork made = new MultiLayerNetwork(configuration);
            made.init(network.params(), false);
            Layer[] layers = made.getLayers();
            for (int i = 0; i < layers.length; i++) {
                layers[i] = frozen.get(i) ? FrozenLayers.standIn(layers[i]) : layers[i];
            }
            return made;
        }
    }

    /** Layer by layer: {@code getLayers} would wait for whoever holds the network. */
    private List<Boolean> frozen() {
        return IntStream.range(0, network.getnLayers())
                .mapToObj(network::getLayer)
                .map(FrozenLayers::isFrozen)
                .toList();
    }

    MultiLayerNetwork original() {
        return network;
    }

    /** The twin, at the iteration and epoch of the original. To be {@link #clear}ed after use. */
    MultiLayerNetwork current() {
        if (!SharedParameters.are(twin.params(), network.params()) || !frozen.equals(frozen())) {
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
