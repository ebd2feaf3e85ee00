package org.guidedmixup.dl4j.saliency;

import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient from a second ComputationGraph that shares the parameters of the one in training. */
final class GraphGradient implements InputGradient {
    private final ComputationGraph graph;
    private final int imageInput;
    private final GraphTwin twin;

    GraphGradient(ComputationGraph graph, String imageInput, String labelOutput) {
        ComputationGraphConfiguration configuration = graph.getConfiguration();
        this.graph = graph;
        this.imageInput = GraphTwin.index("imageInput", imageInput, configuration.getNetworkInputs());
        int output = GraphTwin.index("labelOutput", labelOutput, configuration.getNetworkOutputs());
        SupportedLayers.requireInitialised(graph.getVertices() != null);
        SupportedLayers.requireStandardBackprop(configuration.getBackpropType());
        SupportedLayers.requireSoftLabels(graph.getVertex(labelOutput).getLayer());
        twin = new GraphTwin(graph, this.imageInput, output, this::captureGradient);
    }

    private void captureGradient(ComputationGraph made) {
        GraphVertex[] vertices = made.getVertices();
        DataType type = made.getConfiguration().getDataType();
        vertices[imageInput] = new CapturingInput(made, vertices[imageInput], type);
    }

    static GraphGradient ofOnlyInput(ComputationGraph graph) {
        GraphTwin.requireOneInputAndOutput(graph);
        ComputationGraphConfiguration configuration = graph.getConfiguration();
        return new GraphGradient(
                graph,
                configuration.getNetworkInputs().get(0),
                configuration.getNetworkOutputs().get(0));
    }

    @Override
    public Object network() {
        return graph;
    }

    @Override
    public NetworkInput input() {
        return NetworkInput.of(
                graph, graph.getConfiguration().getNetworkInputs().get(imageInput));
    }

    @Override
    public boolean hasFiniteWeights() {
        return SharedParameters.areFinite(graph.params());
    }

    @Override
    public INDArray map(INDArray images, INDArray labels, UnaryOperator<INDArray> use) {
        ComputationGraph current = twin.current();
        CapturingInput input = (CapturingInput) current.getVertices()[imageInput];
        try {
            current.setInputs(twin.inputs(images));
            current.setLabels(twin.labels(labels));
            current.computeGradientAndScore();
            return use.apply(SupportedLayers.requireGradient(input.takeGradient()));
        } finally {
            twin.clear();
        }
    }
}
