package org.guidedmixup.dl4j.saliency;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.FrozenVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Runs a second ComputationGraph that shares the parameters of the one in training. */
final class GraphGradient implements InputGradient {
    private final ComputationGraph graph;
    private final List<String> inputs;
    private final List<String> outputs;
    private final int imageInput;
    private final int labelOutput;
    private final DataType type;
    private ComputationGraph twin;

    GraphGradient(ComputationGraph graph, String imageInput, String labelOutput) {
        ComputationGraphConfiguration configuration = graph.getConfiguration();
        this.graph = graph;
        this.inputs = configuration.getNetworkInputs();
        this.outputs = configuration.getNetworkOutputs();
        this.imageInput = index("imageInput", imageInput, inputs);
        this.labelOutput = index("labelOutput", labelOutput, outputs);
        this.type = configuration.getDataType();
        SupportedLayers.requireInitialised(graph.getVertices() != null);
        SupportedLayers.requireStandardBackprop(configuration.getBackpropType());
        requireGradientPasses();
        SupportedLayers.requireSoftLabels(graph.getVertex(labelOutput).getLayer());
        twin = twin();
    }

    static GraphGradient ofOnlyInput(ComputationGraph graph) {
        List<String> inputs = graph.getConfiguration().getNetworkInputs();
        List<String> outputs = graph.getConfiguration().getNetworkOutputs();
        if (inputs.size() != 1 || outputs.size() != 1) {
            throw new IllegalArgumentException("graph with inputs " + inputs + " and outputs " + outputs
                    + ": name the one that takes the images and the one that the labels belong to");
        }
        return new GraphGradient(graph, inputs.get(0), outputs.get(0));
    }

    private static int index(String parameter, String name, List<String> names) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(parameter + " \"" + name + "\": expected one of " + names);
        }
        return index;
    }

    /** Looks at all vertices that the images reach. */
    private void requireGradientPasses() {
        GraphVertex[] vertices = graph.getVertices();
        Deque<Integer> reached = new ArrayDeque<>(List.of(imageInput));
        Set<Integer> seen = new HashSet<>(reached);
        while (!reached.isEmpty()) {
            GraphVertex vertex = vertices[reached.remove()];
            if (vertex instanceof FrozenVertex) {
                throw SupportedLayers.frozen(vertex.getVertexName());
            }
            if (vertex.hasLayer()) {
                SupportedLayers.requireGradientPasses(vertex.getLayer());
            }
            VertexIndices[] next = vertex.getOutputVertices();
            for (VertexIndices index : next == null ? new VertexIndices[0] : next) {
                if (seen.add(index.getVertexIndex())) {
                    reached.add(index.getVertexIndex());
                }
            }
        }
    }

    private ComputationGraph twin() {
        try (RandomState random = RandomState.save()) {
            ComputationGraph made =
                    new ComputationGraph(graph.getConfiguration().clone());
            made.init(graph.params(), false);
            GraphVertex[] vertices = made.getVertices();
            vertices[imageInput] = new CapturingInput(made, vertices[imageInput], type);
            return made;
        }
    }

    @Override
    public Object network() {
        return graph;
    }

    @Override
    public INDArray map(INDArray images, INDArray labels, UnaryOperator<INDArray> use) {
        if (twin.params() != graph.params()) {
            twin = twin();
        }
        ComputationGraphConfiguration configuration = twin.getConfiguration();
        configuration.setIterationCount(graph.getConfiguration().getIterationCount());
        configuration.setEpochCount(graph.getConfiguration().getEpochCount());
        CapturingInput input = (CapturingInput) twin.getVertices()[imageInput];
        try {
            twin.setInputs(arrays(inputs, imageInput, images, i -> others().getFeatures(i)));
            twin.setLabels(arrays(outputs, labelOutput, labels, i -> others().getLabels(i)));
            twin.computeGradientAndScore();
            return use.apply(SupportedLayers.requireGradient(input.takeGradient()));
        } finally {
            twin.clearLayersStates();
            twin.clear();
        }
    }

    private INDArray[] arrays(List<String> names, int index, INDArray array, IntFunction<INDArray> others) {
        INDArray[] arrays = new INDArray[names.size()];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = (i == index ? array : others.apply(i)).castTo(type);
        }
        return arrays;
    }

    private MultiDataSet others() {
        return WholeBatch.current("inputs " + inputs + ", outputs " + outputs);
    }
}
