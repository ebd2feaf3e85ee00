package org.guidedmixup.dl4j.manifold;

import static org.guidedmixup.dl4j.Batches.batches;
import static org.guidedmixup.dl4j.Batches.values;
import static org.guidedmixup.dl4j.manifold.ManifoldMixupTest.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.dl4j.AsyncSource;
import org.guidedmixup.dl4j.Batches;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.plan.MixPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Mix points in Deeplearning4j's networks. */
class ManifoldMixupLayerTest {
    private static final InputType IMAGES = InputType.convolutional(Batches.HEIGHT, Batches.WIDTH, Batches.CHANNELS);

    private static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.1));
    }

    private static Layer convolution() {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(4)
                .activation(Activation.TANH)
                .build();
    }

    private static Layer dense() {
        return new DenseLayer.Builder().nOut(5).activation(Activation.TANH).build();
    }

    private static Layer output() {
        return new OutputLayer.Builder(new LossMCXENT())
                .activation(Activation.SOFTMAX)
                .nOut(Batches.CLASSES)
                .build();
    }

    /** A convolution and a dense layer with a mix point after each: activations of rank 4 and of rank 2. */
    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(settings()
                .list()
                .layer(convolution())
                .layer(new ManifoldMixupLayer())
                .layer(dense())
                .layer(new ManifoldMixupLayer())
                .layer(output())
                .setInputType(IMAGES)
                .build());
        network.init();
        return network;
    }

    private static MultiLayerNetwork networkWithoutPoints() {
        MultiLayerNetwork network = new MultiLayerNetwork(settings()
                .list()
                .layer(convolution())
                .layer(dense())
                .layer(output())
                .setInputType(IMAGES)
                .build());
        network.init();
        return network;
    }

    private static ComputationGraph graph() {
        ComputationGraph graph = new ComputationGraph(settings()
                .graphBuilder()
                .addInputs("images")
                .addLayer("block1", convolution(), "images")
                .addLayer("mix1", new ManifoldMixupLayer(), "block1")
                .addLayer("block2", dense(), "mix1")
                .addLayer("mix2", new ManifoldMixupLayer(), "block2")
                .addLayer("output", output(), "mix2")
                .setOutputs("output")
                .setInputTypes(IMAGES)
                .build());
        graph.init();
        return graph;
    }

    /** In double precision, as the networks are. */
    private static DataSet batch(int images, long seed) {
        DataSet batch = Batches.batch(images, seed);
        return new DataSet(
                batch.getFeatures().castTo(DataType.DOUBLE), batch.getLabels().castTo(DataType.DOUBLE));
    }

    /** The first plan for a mix point. */
    private static ManifoldPlan planAt(int point, DataSet batch) {
        ManifoldMixup mixer = ManifoldMixup.builder().points(2).seed(1).build();
        for (int number = 0; ; number++) {
            ManifoldPlan plan = (ManifoldPlan) mixer.plan(batch.getFeatures(), batch.getLabels(), 0, number);
            if (plan.point() == point) {
                return plan;
            }
        }
    }

    private static void mixBy(MultiLayerNetwork network, ManifoldPlan plan) {
        ((MixPointLayer) network.getLayer(1)).mixBy(1, Optional.of(plan));
        ((MixPointLayer) network.getLayer(3)).mixBy(2, Optional.of(plan));
    }

    /** Moves every fifth parameter up and down; a score computes no gradient, so the plan stays. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void gradientThroughAMixPointIsThatOfFiniteDifferences(int point) {
        MultiLayerNetwork network = network();
        DataSet batch = batch(3, 4);
        ManifoldPlan plan = planAt(point, batch);
        DataSet mixed = new DataSet(plan.mix(batch.getFeatures()), plan.mixLabels(batch.getLabels()));
        mixBy(network, plan);
        network.setInput(mixed.getFeatures());
        network.setLabels(mixed.getLabels());
        network.computeGradientAndScore();
        INDArray gradient = network.gradient().gradient().dup();
        mixBy(network, plan);
        double step = 1e-5;
        for (int i = 0; i < network.numParams(); i += 5) {
            double value = network.params().getDouble(i);
            network.params().putScalar(i, value + step);
            double above = network.score(mixed, true);
            network.params().putScalar(i, value - step);
            double below = network.score(mixed, true);
            network.params().putScalar(i, value);
            // Networks keep the sum over the batch as gradient, and the mean as score.
            assertEquals(
                    (above - below) / (2 * step) * batch.numExamples(), gradient.getDouble(i), 1e-6, "parameter " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void trainingMixesAndInferenceDoesNot(int point) {
        MultiLayerNetwork network = network();
        DataSet batch = batch(4, 4);
        ManifoldPlan plan = planAt(point, batch);
        mixBy(network, plan);
        List<INDArray> inferred = network.feedForward(batch.getFeatures(), false);
        List<INDArray> trained = network.feedForward(batch.getFeatures(), true);
        int layer = 2 * point;
        assertEquals(inferred.get(layer - 1), inferred.get(layer));
        assertTrue(plan.mixHidden(point, inferred.get(layer - 1)).equalsWithEps(trained.get(layer), 1e-12));
        int other = 2 * (3 - point);
        assertEquals(trained.get(other - 1), trained.get(other));
    }

    @Test
    void networksWithoutAPlanAreThoseWithoutMixPoints() {
        MultiLayerNetwork plain = networkWithoutPoints();
        MultiLayerNetwork network = network();
        network.setParams(plain.params());
        plain.fit(new AsyncSource(batches(3, 5)), 2);
        network.fit(new AsyncSource(batches(3, 5)), 2);
        assertEquals(plain.params(), network.params());
    }

    /** Compares one mixer in two kinds of network, with a smaller last batch, with steps by hand. */
    @Test
    void fitMixesAsThePlansSay() {
        List<DataSet> data = List.of(batch(6, 1), batch(6, 2), batch(4, 3));
        MultiLayerNetwork network = network();
        INDArray initial = network.params().dup();
        MultiLayerNetwork byHand = network();
        byHand.setParams(initial);
        ComputationGraph graph = graph();
        graph.setParams(initial);
        MixupDataSetIterator mixed = new MixupDataSetIterator(
                new AsyncSource(data), ManifoldMixup.builder().seed(8).build(network));
        assertFalse(mixed.asyncSupported());
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> network.fit(mixed, 2));
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> graph.fit(
                        new MixupDataSetIterator(
                                new AsyncSource(data),
                                ManifoldMixup.builder().seed(8).build(graph)),
                        2));
        ManifoldMixup mixer = ManifoldMixup.builder().points(2).seed(8).build();
        int[] drawn = new int[3];
        for (int step = 0; step < 6; step++) {
            DataSet batch = data.get(step % 3);
            ManifoldPlan plan = (ManifoldPlan) mixer.plan(batch.getFeatures(), batch.getLabels(), step / 3, step % 3);
            drawn[plan.point()]++;
            mixBy(byHand, plan);
            byHand.fit(plan.mix(batch.getFeatures()), plan.mixLabels(batch.getLabels()));
        }
        assertFalse(Arrays.stream(drawn).anyMatch(count -> count == 0), "every layer should be drawn in this test");
        assertArrayEquals(values(byHand.params()), values(network.params()), 1e-6f);
        assertArrayEquals(values(byHand.params()), values(graph.params()), 1e-6f);
    }

    @Test
    void aPlanHoldsForOneStep() {
        MultiLayerNetwork network = network();
        MultiLayerNetwork plain = networkWithoutPoints();
        DataSet batch = batch(4, 4);
        BatchMixer mixer = ManifoldMixup.builder().seed(5).build(network);
        for (int step = 0; step < 3; step++) {
            MixPlan plan = mixer.plan(batch.getFeatures(), batch.getLabels());
            network.fit(plan.mix(batch.getFeatures()), plan.mixLabels(batch.getLabels()));
        }
        plain.setParams(network.params());
        network.fit(batch(7, 6));
        plain.fit(batch(7, 6));
        assertEquals(plain.params(), network.params());
    }

    @Test
    void configurationsAndNetworksAreSavedAndLoaded(@TempDir Path folder) throws IOException {
        MultiLayerNetwork network = network();
        MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
        assertEquals(configuration, MultiLayerConfiguration.fromJson(configuration.toJson()));
        assertTrue(configuration.getConf(1).getLayer() instanceof ManifoldMixupLayer);
        ComputationGraph graph = graph();
        assertEquals(
                graph.getConfiguration(),
                ComputationGraphConfiguration.fromJson(graph.getConfiguration().toJson()));

        DataSet batch = batch(4, 4);
        network.fit(new MixupDataSetIterator(
                new AsyncSource(List.of(batch)), ManifoldMixup.builder().build(network)));
        Path file = folder.resolve("network.zip");
        ModelSerializer.writeModel(network, file.toFile(), true);
        MultiLayerNetwork loaded = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
        assertEquals(network.output(batch.getFeatures()), loaded.output(batch.getFeatures()));
        loaded.fit(new MixupDataSetIterator(
                new AsyncSource(List.of(batch)), ManifoldMixup.builder().build(loaded)));

        ModelSerializer.writeModel(graph, file.toFile(), true);
        ComputationGraph loadedGraph = ModelSerializer.restoreComputationGraph(file.toFile());
        assertEquals(graph.outputSingle(batch.getFeatures()), loadedGraph.outputSingle(batch.getFeatures()));
        assertEquals(network.getLayerWiseConfigurations(), network.clone().getLayerWiseConfigurations());
        assertTrue(configuration.getMemoryReport(IMAGES).toString().contains("ManifoldMixupLayer"));
    }

    @Test
    void badInputIsNamed() throws IOException {
        assertMessage(
                "network: expected a ManifoldMixupLayer where activations may be mixed, found none that is not frozen",
                () -> ManifoldMixup.builder().build(networkWithoutPoints()));
        assertMessage(
                "network: expected an initialised network, call network.init() first", () -> ManifoldMixup.builder()
                        .build(new MultiLayerNetwork(network().getLayerWiseConfigurations())));
        assertMessage(
                "network: expected an initialised network, call network.init() first",
                () -> ManifoldMixup.builder().build(new ComputationGraph(graph().getConfiguration())));
        MultiLayerNetwork lineSearch = new MultiLayerNetwork(settings()
                .optimizationAlgo(OptimizationAlgorithm.LBFGS)
                .list()
                .layer(convolution())
                .layer(new ManifoldMixupLayer())
                .layer(output())
                .setInputType(IMAGES)
                .build());
        lineSearch.init();
        assertMessage(
                "network: expected STOCHASTIC_GRADIENT_DESCENT, which passes a batch once, got LBFGS",
                () -> ManifoldMixup.builder().build(lineSearch));
        try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            BatchMixer mixer = ManifoldMixup.builder().build(network());
            assertThrows(NotSerializableException.class, () -> out.writeObject(mixer));
        }
    }
}
