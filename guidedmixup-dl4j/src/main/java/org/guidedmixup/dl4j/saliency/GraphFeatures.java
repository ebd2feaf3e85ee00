package org.guidedmixup.dl4j.saliency;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The last feature maps of a ComputationGraph before one of its outputs. */
final class GraphFeatures implements LastFeatures {
    private final GraphTwin twin;
    private final String imageInput;
    private final DataFormat format;

    /** The vertex whose output is pooled. */
    private final String features;

    /** The vertex that scores the means. */
    private final String scores;

    GraphFeatures(ComputationGraph graph, String imageInput, String labelOutput) {
        ComputationGraphConfiguration configuration = graph.getConfiguration();
        int input = GraphTwin.index("imageInput", imageInput, configuration.getNetworkInputs());
        int output = GraphTwin.index("labelOutput", labelOutput, configuration.getNetworkOutputs());
        SupportedLayers.requireInitialised(graph.getVertices() != null);
        SupportedLayers.requireSoftLabels(graph.getVertex(labelOutput).getLayer());
        List<GraphVertex> chain = chain(graph, labelOutput);
        List<Layer> layers = chain.stream().map(GraphVertex::getLayer).toList();
        PoolingHead head = PoolingHead.of(layers);
        SupportedLayers.requireAnyLabelSum(graph.getVertex(labelOutput).getLayer());
        format = head.format();
        features = inputOf(graph, chain.get(head.pooling())).getVertexName();
        scores = chain.get(head.scores()).getVertexName();
        this.imageInput = imageInput;
        twin = new GraphTwin(graph, input, output, made -> {});
    }

    static GraphFeatures ofOnlyInput(ComputationGraph graph) {
        GraphTwin.requireOneInputAndOutput(graph);
        ComputationGraphConfiguration configuration = graph.getConfiguration();
        return new GraphFeatures(
                graph,
                configuration.getNetworkInputs().get(0),
                configuration.getNetworkOutputs().get(0));
    }

    /** Returns the layers that lead to an output, in order. */
    private static List<GraphVertex> chain(ComputationGraph graph, String output) {
        List<GraphVertex> chain = new ArrayList<>();
        for (GraphVertex vertex = graph.getVertex(output); vertex.hasLayer(); vertex = inputOf(graph, vertex)) {
            chain.add(vertex);
        }
        Collections.reverse(chain);
        return chain;
    }

    private static GraphVertex inputOf(ComputationGraph graph, GraphVertex layer) {
        return graph.getVertices()[layer.getInputVertices()[0].getVertexIndex()];
    }

    @Override
    public Object network() {
        return twin.original();
    }

    @Override
    public NetworkInput input() {
        return NetworkInput.of(twin.original(), imageInput);
    }

    @Override
    public INDArray map(INDArray images, DataFormat imageFormat, BinaryOperator<INDArray> use) {
        ComputationGraph current = twin.current();
        try {
            INDArray maps = current.feedForward(twin.inputs(images), position(current), true, true)
                    .get(features);
            return use.apply(
                    LastFeatures.channelsFirst(maps, format),
                    current.getVertex(scores).getLayer().getParam(DefaultParamInitializer.WEIGHT_KEY));
        } finally {
            twin.clear();
        }
    }

    /** Returns the position in topological order where the forward pass may stop. */
    private int position(ComputationGraph graph) {
        int vertex = graph.getVertex(features).getVertexIndex();
        int position = 0;
        while (graph.topologicalSortOrder()[position] != vertex) {
            position++;
        }
        return position;
    }
}
