package org.guidedmixup.dl4j.saliency;

import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a second MultiLayerNetwork that shares the parameters of the one in training. */
final class MultiLayerGradient implements InputGradient {
    private final MultiLayerNetwork network;
    private MultiLayerNetwork twin;

    MultiLayerGradient(MultiLayerNetwork network) {
        this.network = network;
        MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
        SupportedLayers.requireInitialised(network.isInitCalled());
        SupportedLayers.requireStandardBackprop(configuration.getBackpropType());
        for (Layer layer : network.getLayers()) {
            SupportedLayers.requireGradientPasses(layer);
        }
        SupportedLayers.requireSoftLabels(network.getOutputLayer());
        twin = twin();
    }

    private MultiLayerNetwork twin() {
        try (RandomState random = RandomState.save()) {
            MultiLayerNetwork made =
                    new MultiLayerNetwork(network.getLayerWiseConfigurations().clone());
            made.init(network.params(), false);
            return made;
        }
    }

    @Override
    public Object network() {
        return network;
    }

    @Override
    public INDArray map(INDArray images, INDArray labels, UnaryOperator<INDArray> use) {
        if (twin.params() != network.params()) {
            twin = twin();
        }
        for (Layer layer : twin.getLayers()) {
            layer.setIterationCount(network.getIterationCount());
            layer.setEpochCount(network.getEpochCount());
        }
        DataType type = network.getLayerWiseConfigurations().getDataType();
        try {
            INDArray gradient = twin.calculateGradients(images.castTo(type), labels.castTo(type), null, null)
                    .getSecond();
            return use.apply(SupportedLayers.requireGradient(gradient));
        } finally {
            twin.clearLayersStates();
            twin.setInput(null);
            twin.setLabels(null);
        }
    }
}
