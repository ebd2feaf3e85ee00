package org.guidedmixup.dl4j.saliency;

import static org.guidedmixup.dl4j.Batches.batches;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.dl4j.MixupMultiDataSetIterator;
import org.guidedmixup.dl4j.manifold.ManifoldMixup;
import org.guidedmixup.dl4j.manifold.ManifoldMixupLayer;
import org.guidedmixup.method.CutMix;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.method.SaliencyMix;
import org.guidedmixup.method.comixup.CoMixup;
import org.guidedmixup.method.puzzle.PuzzleMix;
import org.guidedmixup.method.snapmix.SnapMix;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.saliency.ReducedSaliency;
import org.guidedmixup.saliency.SaliencyDetector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Networks that use no workspaces refuse to run while one is open. Every mixer that uses a network trains them to the same
 * parameters as networks that do use workspaces.
 */
class NoWorkspacesTest {

    /** A mixer that uses a network. */
    enum Method {
        GUIDED,
        SALIENCY_MIX,
        PUZZLE_MIX,
        CO_MIXUP,
        SNAP_MIX,
        CUT_MIX_OF_GREEDY_PAIRS,
        REDUCED,
        BEHIND_ANOTHER,
        BEFORE_ANOTHER,
        MANIFOLD;

        BatchMixer mixer(Asked network) {
            SaliencyDetector gradient = network.gradient();
            return switch (this) {
                case GUIDED -> guided(gradient);
                case SALIENCY_MIX ->
                    SaliencyMix.builder().mixProbability(1).saliency(gradient).build();
                case PUZZLE_MIX ->
                    PuzzleMix.builder()
                            .blockCounts(2)
                            .transport(false)
                            .saliency(gradient)
                            .build();
                case CO_MIXUP -> CoMixup.builder().blocks(2).saliency(gradient).build();
                case SNAP_MIX -> SnapMix.builder().saliency(network.map()).build();
                case CUT_MIX_OF_GREEDY_PAIRS ->
                    CutMix.builder()
                            .mixProbability(1)
                            .pairing(new GreedyPairing())
                            .saliency(gradient)
                            .build();
                case REDUCED -> guided(ReducedSaliency.of(gradient, 2));
                case BEHIND_ANOTHER -> InputMixup.builder().build().then(guided(gradient));
                case BEFORE_ANOTHER -> guided(gradient).then(guided(gradient));
                case MANIFOLD -> network.manifold();
            };
        }

        private static BatchMixer guided(SaliencyDetector detector) {
            return GuidedMixup.builder().mixProbability(1).saliency(detector).build();
        }
    }

    /** The parts of a network that mixers use. */
    private record Asked(SaliencyDetector gradient, SaliencyDetector map, BatchMixer manifold) {}

    private static MultiLayerNetwork multiLayer(WorkspaceMode mode) {
        MultiLayerNetwork network = Networks.multiLayer(
                Networks.convolution(),
                new ManifoldMixupLayer(),
                Networks.sameSizeConvolution(4),
                PoolingNetworks.pooling(),
                Networks.output(PoolingNetworks.anySum()));
        network.getLayerWiseConfigurations().setTrainingWorkspaceMode(mode);
        network.getLayerWiseConfigurations().setInferenceWorkspaceMode(mode);
        return network;
    }

    private static ComputationGraph graph(WorkspaceMode mode) {
        ComputationGraph graph = Networks.graph(Networks.graphBuilder()
                .addLayer("convolution", Networks.convolution(), "images")
                .addLayer("point", new ManifoldMixupLayer(), "convolution")
                .addLayer("second", Networks.sameSizeConvolution(4), "point")
                .addLayer("pooling", PoolingNetworks.pooling(), "second")
                .addLayer("output", Networks.output(PoolingNetworks.anySum()), "pooling")
                .setOutputs("output"));
        graph.getConfiguration().setTrainingWorkspaceMode(mode);
        graph.getConfiguration().setInferenceWorkspaceMode(mode);
        return graph;
    }

    private static DataSetIterator data() {
        return new ExistingDataSetIterator(batches(2, 4));
    }

    private static float[] trainedMultiLayer(Method method, WorkspaceMode mode) {
        MultiLayerNetwork network = multiLayer(mode);
        BatchMixer mixer = method.mixer(new Asked(
                GradientSaliency.of(network),
                ClassActivationMap.of(network),
                ManifoldMixup.builder().build(network)));
        network.fit(new MixupDataSetIterator(data(), mixer), 2);
        return values(network.params());
    }

    private static float[] trainedGraph(Method method, WorkspaceMode mode, boolean multi) {
        ComputationGraph graph = graph(mode);
        BatchMixer mixer = method.mixer(new Asked(
                GradientSaliency.of(graph),
                ClassActivationMap.of(graph),
                ManifoldMixup.builder().build(graph)));
        if (multi) {
            graph.fit(new MixupMultiDataSetIterator(new MultiDataSetIteratorAdapter(data()), mixer), 2);
        } else {
            graph.fit(new MixupDataSetIterator(data(), mixer), 2);
        }
        return values(graph.params());
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void multiLayerNetwork(Method method) {
        float[] found = trainedMultiLayer(method, WorkspaceMode.NONE);
        assertArrayEquals(trainedMultiLayer(method, WorkspaceMode.ENABLED), found, 1e-6f);
        MultiLayerNetwork unmixed = multiLayer(WorkspaceMode.NONE);
        unmixed.fit(data(), 2);
        assertFalse(Arrays.equals(values(unmixed.params()), found));
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void computationGraph(Method method) {
        float[] expected = trainedGraph(method, WorkspaceMode.ENABLED, false);
        assertArrayEquals(expected, trainedGraph(method, WorkspaceMode.NONE, false), 1e-6f);
        assertArrayEquals(expected, trainedGraph(method, WorkspaceMode.NONE, true), 1e-6f);
    }
}
