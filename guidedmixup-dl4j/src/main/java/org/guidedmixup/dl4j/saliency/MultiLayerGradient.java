package org.guidedmixup.dl4j.saliency;

import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient from a second MultiLayerNetwork that shares the parameters of the one in training. */
final class MultiLayerGradient implements InputGradient {
    private final MultiLayerTwin twin;

    MultiLayerGradient(MultiLayerNetwork network) {
        MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
        SupportedLayers.requireInitialised(network.isInitCalled());
        SupportedLayers.requireStandardBackprop(configuration.getBackpropType());
        SupportedLayers.requireSoftLabels(network.getOutputLayer());
        twin = new MultiLayerTwin(network);
    }

    @Override
    public Object network() {
        return twin.original();
    }

    @Override
    public NetworkInput input() {
        return NetworkInput.of(twin.original());
    }

    @Override
    public boolean hasFiniteWeights() {
        return SharedParameters.areFinite(twin.original().params());
    }

    @Override
    public INDArray map(INDArray images, INDArray labels, UnaryOperator<INDArray> use) {
        DataType type = twin.original().getLayerWiseConfigurations().getDataType();
        try {
            INDArray gradient = twin.current()
                    .calculateGradients(images.castTo(type), labels.castTo(type), null, null)
                    .getSecond();
            return use.apply(SupportedLayers.requireGradient(gradient));
        } finally {
            twin.clear();
        }
    }
}
