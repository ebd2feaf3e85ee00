package org.guidedmixup.dl4j.saliency;

import static org.guidedmixup.dl4j.Batches.CLASSES;
import static org.guidedmixup.dl4j.Batches.batches;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.dl4j.AsyncSource;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.dl4j.samediff.MixupListener;
import org.guidedmixup.method.snapmix.SnapMix;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Training with SnapMix: on the training thread, with losses that accept its labels. */
class SnapMixFitTest {
    private final List<DataSet> data = batches(3, 6);

    private static BatchMixer mixer(ClassActivationMap detector) {
        return SnapMix.builder().saliency(detector).seed(7).build();
    }

    @Test
    void networksTrainAlike() {
        MultiLayerNetwork network = PoolingNetworks.multiLayer();
        ComputationGraph graph = PoolingNetworks.graph();
        graph.setParams(network.params());
        MultiLayerNetwork unmixed = network.clone();
        MixupDataSetIterator mixed =
                new MixupDataSetIterator(new AsyncSource(data), mixer(ClassActivationMap.of(network)));
        assertFalse(mixed.asyncSupported());
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> network.fit(mixed, 2));
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> graph.fit(
                        new MixupDataSetIterator(new AsyncSource(data), mixer(ClassActivationMap.of(graph))), 2));
        assertArrayEquals(values(network.params()), values(graph.params()), 1e-6f);
        unmixed.fit(new AsyncSource(data), 2);
        assertFalse(Arrays.equals(values(unmixed.params()), values(network.params())));
    }

    @Test
    void listenerTrainsAsTheIterator() {
        SameDiff listening = PoolingNetworks.sameDiff(PoolingNetworks.multiLayer());
        listening.setListeners(
                new MixupListener("input", "label", mixer(ClassActivationMap.of(listening, "input", "logits"))));
        listening.fit(new AsyncSource(data), 1);
        SameDiff iterating = PoolingNetworks.sameDiff(PoolingNetworks.multiLayer());
        iterating.fit(
                new MixupDataSetIterator(
                        new AsyncSource(data), mixer(ClassActivationMap.of(iterating, "input", "logits"))),
                1);
        for (String name : List.of("filters", "weights", "bias")) {
            assertArrayEquals(
                    values(iterating.getVariable(name).getArr()),
                    values(listening.getVariable(name).getArr()),
                    name);
        }
    }

    /** Returns rows of sums 0.4 and 2.3. */
    private static INDArray anySums() {
        return Nd4j.createFromArray(new double[][] {{0.3, 0.1, 0}, {0, 0.9, 1.4}});
    }

    private static final INDArray LOGITS = Nd4j.createFromArray(new double[][] {{0.5, -1, 0.2}, {-0.3, 0.8, 1.1}});

    /** SnapMix's documentation tells users to do this; the second assertion shows why. */
    @Test
    void lossOfDeeplearning4jNeedsWeightsForLabelRowsOfAnySum() {
        assertEquals(0, largestError(PoolingNetworks.anySum()), 1e-8);
        assertTrue(largestError(new LossMCXENT()) > 0.1, "no longer needed");
    }

    private static double largestError(ILossFunction loss) {
        INDArray gradient = loss.computeGradient(anySums(), LOGITS.dup(), new ActivationSoftmax(), null);
        double largest = 0;
        for (int i = 0; i < LOGITS.length(); i++) {
            double above = loss.computeScore(anySums(), moved(i, 1e-6), new ActivationSoftmax(), null, false);
            double below = loss.computeScore(anySums(), moved(i, -1e-6), new ActivationSoftmax(), null, false);
            double slope = (above - below) / 2e-6;
            largest = Math.max(largest, Math.abs(slope - gradient.getDouble(i / CLASSES, i % CLASSES)));
        }
        return largest;
    }

    private static INDArray moved(int index, double step) {
        INDArray moved = LOGITS.dup('c');
        moved.putScalar(index, moved.getDouble(index) + step);
        return moved;
    }

    @Test
    void lossOfSameDiffTakesLabelRowsOfAnySum() {
        SameDiff graph = SameDiff.create();
        graph.var("logits", LOGITS.dup('c'));
        graph.placeHolder("label", DataType.DOUBLE, -1, CLASSES);
        graph.loss.softmaxCrossEntropy("loss", graph.getVariable("label"), graph.getVariable("logits"), null);
        graph.setLossVariables("loss");
        INDArray gradient =
                graph.calculateGradients(Map.of("label", anySums()), "logits").get("logits");
        for (int i = 0; i < LOGITS.length(); i++) {
            double slope = (loss(graph, moved(i, 1e-6)) - loss(graph, moved(i, -1e-6))) / 2e-6;
            assertEquals(slope, gradient.getDouble(i / CLASSES, i % CLASSES), 1e-8);
        }
    }

    private static double loss(SameDiff graph, INDArray logits) {
        graph.associateArrayWithVariable(logits, "logits");
        return graph.output(Map.of("label", anySums()), "loss").get("loss").getDouble(0);
    }
}
