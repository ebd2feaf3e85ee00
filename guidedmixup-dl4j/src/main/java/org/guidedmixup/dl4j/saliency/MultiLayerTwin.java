package org.guidedmixup.dl4j.saliency;

import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A second MultiLayerNetwork that shares the parameters of the one in training and nothing else. */
final class MultiLayerTwin {
    private final MultiLayerNetwork network;
    private MultiLayerNetwork twin;

    /** Which layers of the twin replace frozen ones. */
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
                layers[i] = InputGradientLayers.standIn(frozen.get(i) ? FrozenLayers.standIn(layers[i]) : layers[i]);
            }
            return made;
        }
    }

    /** Returns which layers are frozen. Reads them one by one, because {@code getLayers} would wait for the network's lock. */
    private List<Boolean> frozen() {
        return IntStream.range(0, network.getnLayers())
                .mapToObj(network::getLayer)
                .map(FrozenLayers::isFrozen)
                .toList();
    }

    MultiLayerNetwork original() {
        return network;
    }

    /** Returns the twin, at the iteration and epoch of the original. Call {@link #clear} after use. */
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

    /** Releases the batch. */
    void clear() {
        twin.clearLayersStates();
        twin.setInput(null);
        twin.setLabels(null);
    }
}
