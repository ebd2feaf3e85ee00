package org.guidedmixup.dl4j.saliency;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A second ComputationGraph that shares the parameters of the one in training and nothing else, and the arrays it is fed. */
final class GraphTwin {
    private final ComputationGraph graph;
    private final List<String> inputs;
    private final List<String> outputs;
    private final int imageInput;
    private final int labelOutput;
    private final Consumer<ComputationGraph> prepare;
    private ComputationGraph twin;

    /** The vertices of the twin whose layers replace frozen ones. */
    private Set<String> frozen;

    /**
     * Makes the twin.
     *
     * @param graph the graph in training, initialised
     * @param imageInput the index of the input that takes the images
     * @param labelOutput the index of the output that the labels belong to
     * @param prepare modifies a newly made twin
     */
    GraphTwin(ComputationGraph graph, int imageInput, int labelOutput, Consumer<ComputationGraph> prepare) {
        this.graph = graph;
        this.inputs = graph.getConfiguration().getNetworkInputs();
        this.outputs = graph.getConfiguration().getNetworkOutputs();
        this.imageInput = imageInput;
        this.labelOutput = labelOutput;
        this.prepare = prepare;
        twin = make();
    }

    /** Returns the index of a named input or output; the error names the parameter. */
    static int index(String parameter, String name, List<String> names) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(parameter + " \"" + name + "\": expected one of " + names);
        }
        return index;
    }

    static void requireOneInputAndOutput(ComputationGraph graph) {
        List<String> inputs = graph.getConfiguration().getNetworkInputs();
        List<String> outputs = graph.getConfiguration().getNetworkOutputs();
        if (inputs.size() != 1 || outputs.size() != 1) {
            throw new IllegalArgumentException(
                    "graph: expected one input and one output, got inputs " + inputs + " and outputs " + outputs
                            + "; name the input that takes the images and the output that the labels belong to");
        }
    }

    private ComputationGraph make() {
        frozen = frozen();
        try (RandomState random = RandomState.save()) {
            ComputationGraphConfiguration configuration =
                    graph.getConfiguration().clone();
            configuration.getVertices().replaceAll((name, vertex) -> unwrapped(vertex));
            configuration.getVertices().forEach((name, vertex) -> unwrapLayer(vertex, frozen.contains(name)));
            ComputationGraph made = new ComputationGraph(configuration);
            made.init(graph.params(), false);
            for (org.deeplearning4j.nn.graph.vertex.GraphVertex vertex : made.getVertices()) {
                if (vertex instanceof LayerVertex layerVertex) {
                    replace(made, layerVertex);
                }
            }
            prepare.accept(made);
            return made;
        }
    }

    private void replace(ComputationGraph made, LayerVertex vertex) {
        Layer layer = vertex.getLayer();
        boolean isFrozen = frozen.contains(vertex.getVertexName());
        Layer standIn = InputGradientLayers.standIn(isFrozen ? FrozenLayers.standIn(layer) : layer);
        vertex.setLayer(standIn);
        Arrays.asList(made.getLayers()).replaceAll(each -> each == layer ? standIn : each);
    }

    private Set<String> frozen() {
        return Arrays.stream(graph.getVertices())
                .filter(vertex -> vertex.hasLayer() && FrozenLayers.isFrozen(vertex.getLayer()))
                .map(org.deeplearning4j.nn.graph.vertex.GraphVertex::getVertexName)
                .collect(Collectors.toSet());
    }

    private static GraphVertex unwrapped(GraphVertex vertex) {
        return vertex instanceof FrozenVertex frozen ? unwrapped(frozen.getUnderlying()) : vertex;
    }

    private static void unwrapLayer(GraphVertex vertex, boolean isFrozen) {
        if (vertex instanceof org.deeplearning4j.nn.conf.graph.LayerVertex layer) {
            FrozenLayers.unwrap(layer.getLayerConf(), isFrozen);
        }
    }

    ComputationGraph original() {
        return graph;
    }

    /** Returns the twin, at the iteration and epoch of the original. Call {@link #clear} after use. */
    ComputationGraph current() {
        if (!SharedParameters.are(twin.params(), graph.params()) || !frozen.equals(frozen())) {
            twin = make();
        }
        ComputationGraphConfiguration configuration = twin.getConfiguration();
        configuration.setIterationCount(graph.getConfiguration().getIterationCount());
        configuration.setEpochCount(graph.getConfiguration().getEpochCount());
        return twin;
    }

    /** Releases the batch. */
    void clear() {
        twin.clearLayersStates();
        twin.clear();
    }

    /** Returns all inputs: the images, and the others from the whole batch. */
    INDArray[] inputs(INDArray images) {
        return arrays(inputs, imageInput, images, i -> others().getFeatures(i));
    }

    /** Returns all labels: those of the images, and the others from the whole batch. */
    INDArray[] labels(INDArray labels) {
        return arrays(outputs, labelOutput, labels, i -> others().getLabels(i));
    }

    private INDArray[] arrays(List<String> names, int index, INDArray array, IntFunction<INDArray> others) {
        INDArray[] arrays = new INDArray[names.size()];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = (i == index ? array : others.apply(i))
                    .castTo(graph.getConfiguration().getDataType());
        }
        return arrays;
    }

    private MultiDataSet others() {
        return WholeBatch.current("inputs " + inputs + ", outputs " + outputs);
    }
}
