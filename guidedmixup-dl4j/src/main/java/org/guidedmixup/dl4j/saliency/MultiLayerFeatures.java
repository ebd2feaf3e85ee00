package org.guidedmixup.dl4j.saliency;

import java.util.List;
import java.util.function.BinaryOperator;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The last feature maps of a MultiLayerNetwork. */
final class MultiLayerFeatures implements LastFeatures {
    private final MultiLayerTwin twin;
    private final PoolingHead head;

    MultiLayerFeatures(MultiLayerNetwork network) {
        SupportedLayers.requireInitialised(network.isInitCalled());
        SupportedLayers.requireSoftLabels(network.getOutputLayer());
        head = PoolingHead.of(List.of(network.getLayers()));
        if (head.pooling() == 0) {
            throw new IllegalArgumentException("network: expected layers before the global pooling, got none");
        }
        SupportedLayers.requireAnyLabelSum(network.getOutputLayer());
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
    public INDArray map(INDArray images, DataFormat format, BinaryOperator<INDArray> use) {
        MultiLayerNetwork current = twin.current();
        try {
            INDArray typed = images.castTo(current.getLayerWiseConfigurations().getDataType());
            return use.apply(
                    LastFeatures.channelsFirst(pooled(current, typed), head.format()),
                    current.getLayer(head.scores()).getParam(DefaultParamInitializer.WEIGHT_KEY));
        } finally {
            twin.clear();
        }
    }

    /** Runs the layers one by one, because the network's own methods refuse to run while a workspace of the caller is open. */
    private INDArray pooled(MultiLayerNetwork current, INDArray images) {
        LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
        INDArray activations = images;
        for (int i = 0; i < head.pooling(); i++) {
            InputPreProcessor reshape = current.getLayerWiseConfigurations().getInputPreProcess(i);
            if (reshape != null) {
                activations = reshape.preProcess(activations, (int) images.size(0), none);
            }
            activations = current.getLayer(i).activate(activations, true, none);
        }
        return activations;
    }
}
