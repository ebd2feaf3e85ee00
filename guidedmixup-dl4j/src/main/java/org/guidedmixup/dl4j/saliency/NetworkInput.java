package org.guidedmixup.dl4j.saliency;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How a network takes its images, according to its first layers.
 *
 * @param format where it expects the channels; empty if no layer says
 * @param source the layer or operation that states the format, for messages
 * @param isRows whether it takes rows [M, C H W] only
 */
public record NetworkInput(Optional<DataFormat> format, String source, boolean isRows) {
    private static final NetworkInput UNKNOWN = new NetworkInput(Optional.empty(), "", false);
    private static final NetworkInput ROWS = new NetworkInput(Optional.empty(), "", true);

    /**
     * Inspects the first layers of a network.
     *
     * @param network any
     * @return how the network takes its images
     */
    public static NetworkInput of(MultiLayerNetwork network) {
        for (int i = 0; i < network.getnLayers(); i++) {
            Layer layer = network.getLayerWiseConfigurations().getConf(i).getLayer();
            InputPreProcessor before = network.getLayerWiseConfigurations().getInputPreProcess(i);
            Optional<NetworkInput> said = said(layer, before, i == 0);
            if (said.isPresent()) {
                return said.get();
            }
        }
        return UNKNOWN;
    }

    /**
     * Inspects the layers that images reach first.
     *
     * @param graph any
     * @param imageInput the network input that takes the images
     * @return how the network takes its images
     */
    public static NetworkInput of(ComputationGraph graph, String imageInput) {
        ComputationGraphConfiguration configuration = graph.getConfiguration();
        Deque<String> reached = new ArrayDeque<>(List.of(imageInput));
        Set<String> seen = new HashSet<>(reached);
        while (!reached.isEmpty()) {
            String from = reached.remove();
            for (Map.Entry<String, List<String>> next :
                    configuration.getVertexInputs().entrySet()) {
                if (!next.getValue().contains(from) || !seen.add(next.getKey())) {
                    continue;
                }
                GraphVertex vertex = configuration.getVertices().get(next.getKey());
                if (vertex instanceof LayerVertex layer) {
                    Optional<NetworkInput> said =
                            said(layer.getLayerConf().getLayer(), layer.getPreProcessor(), from.equals(imageInput));
                    if (said.isPresent()) {
                        return said.get();
                    }
                }
                if (!(vertex instanceof PreprocessorVertex)) {
                    reached.add(next.getKey());
                }
            }
        }
        return UNKNOWN;
    }

    /**
     * Inspects the operations that images reach first.
     *
     * @param graph any
     * @param imagePlaceholder takes the images
     * @return how the network takes its images
     */
    public static NetworkInput of(SameDiff graph, String imagePlaceholder) {
        long[] shape = graph.getVariable(imagePlaceholder).placeholderShape();
        if (shape != null && shape.length == 2) {
            return ROWS;
        }
        return SameDiffOperations.format(graph, imagePlaceholder)
                .map(found ->
                        new NetworkInput(Optional.of(found.format()), "operation \"" + found.name() + "\"", false))
                .orElse(UNKNOWN);
    }

    /** Returns what a layer states; empty if only a later layer can. */
    private static Optional<NetworkInput> said(Layer wrapped, InputPreProcessor before, boolean isFirst) {
        Layer layer = unwrapped(wrapped);
        if (before instanceof CnnToFeedForwardPreProcessor flattened) {
            return Optional.of(taking(flattened.getFormat(), layer));
        }
        if (before != null && !(before instanceof FeedForwardToCnnPreProcessor)) {
            return Optional.of(UNKNOWN);
        }
        if (layer instanceof DenseLayer || layer instanceof OutputLayer) {
            return Optional.of(isFirst ? ROWS : UNKNOWN);
        }
        if (layer instanceof Convolution1DLayer
                || layer instanceof Convolution3D
                || layer instanceof Subsampling1DLayer) {
            return Optional.of(UNKNOWN);
        }
        if (layer instanceof ConvolutionLayer convolution) {
            return Optional.of(taking(convolution.getCnn2dDataFormat(), layer));
        }
        if (layer instanceof SubsamplingLayer pooling) {
            return Optional.of(taking(pooling.getCnn2dDataFormat(), layer));
        }
        return Optional.empty();
    }

    private static Layer unwrapped(Layer layer) {
        if (layer instanceof FrozenLayer frozen) {
            return unwrapped(frozen.getLayer());
        }
        return layer instanceof BaseWrapperLayer wrapper ? unwrapped(wrapper.getUnderlying()) : layer;
    }

    private static NetworkInput taking(CNN2DFormat format, Layer layer) {
        Optional<DataFormat> known = Optional.ofNullable(format)
                .map(stated -> stated == CNN2DFormat.NHWC ? DataFormat.NHWC : DataFormat.NCHW);
        return new NetworkInput(known, "layer \"" + layer.getLayerName() + "\"", false);
    }

    /**
     * Refuses a mixer that expects the channels elsewhere than the network.
     *
     * @param mixed where the mixer expects them
     * @throws IllegalArgumentException if they are known to differ
     */
    public void requireFormat(DataFormat mixed) {
        if (format.isPresent() && format.get() != mixed) {
            throw new IllegalArgumentException("dataFormat: expected " + format.get() + ", as " + source
                    + " of the network takes, got a mixer for " + mixed + "; add .dataFormat(DataFormat." + format.get()
                    + ") to the mixer's builder");
        }
    }

    /** Returns images as the network takes them. */
    INDArray feed(INDArray images) {
        return isRows ? images.dup('c').reshape('c', images.size(0), images.length() / images.size(0)) : images;
    }
}
