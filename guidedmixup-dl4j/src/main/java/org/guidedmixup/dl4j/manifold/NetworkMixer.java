package org.guidedmixup.dl4j.manifold;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.dl4j.saliency.NetworkInput;
import org.guidedmixup.dl4j.saliency.SupportedLayers;
import org.guidedmixup.plan.MixPlan;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Manifold Mixup that passes every plan to the mix points of a network in training. */
final class NetworkMixer implements BatchMixer {
    private static final long serialVersionUID = 1L;

    private final ManifoldMixup mixer;

    /** The mix points of the network in their order; looked up for every batch, because initialising makes new layers. */
    private final transient Supplier<List<MixPointLayer>> points;

    private NetworkMixer(Supplier<List<MixPointLayer>> points, ManifoldMixup.Builder settings) {
        this.points = points;
        int count = points.get().size();
        if (count == 0) {
            throw new IllegalArgumentException(
                    "network: expected a ManifoldMixupLayer where activations may be mixed, found "
                            + "none that is not frozen");
        }
        mixer = settings.points(count).build();
    }

    static NetworkMixer of(MultiLayerNetwork network, ManifoldMixup.Builder settings) {
        requireInitialised(network != null && network.isInitCalled());
        requireOnePass(network.getLayerWiseConfigurations().getConf(0).getOptimizationAlgo());
        requireSoftLabels(network.getOutputLayer());
        return new NetworkMixer(() -> points(Arrays.stream(network.getLayers())), settings)
                .fitting(NetworkInput.of(network));
    }

    static NetworkMixer of(ComputationGraph graph, ManifoldMixup.Builder settings) {
        requireInitialised(graph != null && graph.getVertices() != null);
        requireOnePass(graph.getConfiguration().getDefaultConfiguration().getOptimizationAlgo());
        NetworkMixer mixer = new NetworkMixer(
                () -> points(Arrays.stream(graph.topologicalSortOrder())
                        .mapToObj(index -> graph.getVertices()[index])
                        .flatMap(vertex -> vertex.hasLayer() ? Stream.of(vertex.getLayer()) : Stream.empty())),
                settings);
        List<String> inputs = graph.getConfiguration().getNetworkInputs();
        List<String> outputs = graph.getConfiguration().getNetworkOutputs();
        if (outputs.size() == 1) {
            requireSoftLabels(graph.getVertex(outputs.get(0)).getLayer());
        }
        return inputs.size() == 1 ? mixer.fitting(NetworkInput.of(graph, inputs.get(0))) : mixer;
    }

    private static void requireSoftLabels(Layer output) {
        if (output instanceof IOutputLayer) {
            SupportedLayers.requireSoftLabels(output);
        }
    }

    private NetworkMixer fitting(NetworkInput input) {
        mixer.dataFormat().ifPresent(input::requireFormat);
        return this;
    }

    private static List<MixPointLayer> points(Stream<Layer> layers) {
        return layers.filter(MixPointLayer.class::isInstance)
                .map(MixPointLayer.class::cast)
                .toList();
    }

    private static void requireInitialised(boolean initialised) {
        if (!initialised) {
            throw new IllegalArgumentException("network: expected an initialised network, call network.init() first");
        }
    }

    private static void requireOnePass(OptimizationAlgorithm algorithm) {
        if (algorithm != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
            throw new IllegalArgumentException(
                    "network: expected STOCHASTIC_GRADIENT_DESCENT, which passes a batch once, got " + algorithm);
        }
    }

    @Override
    public MixPlan plan(INDArray images, INDArray labels, int epoch, long batch) {
        return handedOn(mixer.plan(images, labels, epoch, batch));
    }

    @Override
    public MixPlan plan(INDArray images, INDArray labels) {
        return handedOn(mixer.plan(images, labels));
    }

    private MixPlan handedOn(MixPlan plan) {
        Optional<ManifoldPlan> next = plan instanceof ManifoldPlan manifold ? Optional.of(manifold) : Optional.empty();
        int number = 1;
        for (MixPointLayer point : points.get()) {
            point.mixBy(number++, next);
        }
        return plan;
    }

    @Override
    public Optional<DataFormat> dataFormat() {
        return mixer.dataFormat();
    }

    @Override
    public void check(INDArray images, INDArray labels) {
        mixer.check(images, labels);
    }

    /** Returns false: a plan applies to the step that follows. */
    @Override
    public boolean asyncSupported() {
        return false;
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(
                "Manifold Mixup belongs to a network in this process: serialize the network, and "
                        + "rebuild the mixer with ManifoldMixup.builder().build(network)");
    }
}
