package org.guidedmixup.dl4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * Renews the running statistics of batch normalisation from unmixed images, after a training on mixed ones.
 *
 * <p>A network in training collects the means and variances of the images it is trained on, and a network in use normalises by
 * them. After a training with mixup they are those of mixed images, and whole images, which have more contrast, are
 * normalised wrongly. One pass over the unmixed training images mends that without any gradient:
 *
 * <pre>{@code
 * network.fit(new MixupDataSetIterator(trainData, mixer), epochs);
 * BatchNormStatistics.renew(network, trainData);
 * }</pre>
 *
 * <p>The network runs in training mode, so every layer is normalised by its own batch, as in {@code fit}; give it batches as in the
 * training, shuffled and of the same size. The new statistics are the averages of the batches' means and unbiased variances, weighted by their
 * examples. Nothing else changes: no weight, no updater state, no iteration count. Dropout and weight noise act as in training,
 * and draw from {@code Nd4j.getRandom()}. Frozen layers keep their statistics, because they use them in training, too.
 *
 * <p>If anything fails, the network keeps the statistics it had.
 */
public final class BatchNormStatistics {
    private BatchNormStatistics() {}

    /**
     * Renews the statistics of a network.
     *
     * @param network initialised, with at least one batch normalisation that is not frozen. Its statistics are modified.
     * @param unmixed the training images, from the first batch on if the iterator can be reset. Labels are not used.
     * @throws IllegalArgumentException if the network is not initialised or has no such layer, if batches are mixed, missing or
     *     masked, if a batch has one value per channel only, or if activations are not finite
     */
    public static void renew(MultiLayerNetwork network, DataSetIterator unmixed) {
        if (!network.isInitCalled()) {
            throw new IllegalArgumentException("network: expected an initialised network, call network.init() first");
        }
        Layer[] layers = network.getLayers();
        Map<String, ChannelStatistics> statistics = new LinkedHashMap<>();
        for (int i = 0; i < layers.length; i++) {
            if (layers[i] instanceof BatchNormalization layer) {
                statistics.put(String.valueOf(i), new ChannelStatistics("layer " + i, layer));
            }
        }
        renew(
                statistics,
                () -> forEach(unmixed, images -> {
                    List<INDArray> activations = network.feedForward(images, true);
                    statistics.forEach((name, layer) -> {
                        int i = Integer.parseInt(name);
                        layer.add(preProcessed(
                                network.getLayerWiseConfigurations().getInputPreProcess(i),
                                activations.get(i),
                                images));
                    });
                    network.clearLayersStates(); // clear() would also drop the updater's state
                }));
    }

    /**
     * Renews the statistics of a graph with one input.
     *
     * @param network initialised, with at least one batch normalisation that is not frozen. Its statistics are modified.
     * @param unmixed the training images, from the first batch on if the iterator can be reset. Labels are not used.
     * @throws IllegalArgumentException as {@link #renew(MultiLayerNetwork, DataSetIterator)} throws it
     */
    public static void renew(ComputationGraph network, DataSetIterator unmixed) {
        Map<String, ChannelStatistics> statistics = ofGraph(network);
        renew(statistics, () -> forEach(unmixed, images -> add(statistics, network, images)));
    }

    /**
     * Renews the statistics of a graph.
     *
     * @param network initialised, with at least one batch normalisation that is not frozen. Its statistics are modified.
     * @param unmixed the training images, from the first batch on if the iterator can be reset. Labels are not used.
     * @throws IllegalArgumentException as {@link #renew(MultiLayerNetwork, DataSetIterator)} throws it
     */
    public static void renew(ComputationGraph network, MultiDataSetIterator unmixed) {
        Map<String, ChannelStatistics> statistics = ofGraph(network);
        renew(statistics, () -> forEach(unmixed, inputs -> add(statistics, network, inputs)));
    }

    private static Map<String, ChannelStatistics> ofGraph(ComputationGraph network) {
        if (network.getVertices() == null) {
            throw new IllegalArgumentException("network: expected an initialised network, call network.init() first");
        }
        Map<String, ChannelStatistics> statistics = new LinkedHashMap<>();
        for (var vertex : network.getVertices()) {
            if (vertex instanceof LayerVertex layerVertex
                    && layerVertex.getLayer() instanceof BatchNormalization layer) {
                String name = vertex.getVertexName();
                statistics.put(name, new ChannelStatistics("layer " + name, layer));
            }
        }
        return statistics;
    }

    private static void add(Map<String, ChannelStatistics> statistics, ComputationGraph network, INDArray... inputs) {
        Map<String, INDArray> activations = network.feedForward(inputs, true);
        statistics.forEach((name, layer) -> {
            String source =
                    network.getConfiguration().getVertexInputs().get(name).get(0);
            InputPreProcessor preProcessor = ((LayerVertex) network.getVertex(name)).getLayerPreProcessor();
            layer.add(preProcessed(preProcessor, activations.get(source), inputs[0]));
        });
        network.clearLayersStates();
    }

    private static INDArray preProcessed(InputPreProcessor preProcessor, INDArray input, INDArray images) {
        return preProcessor == null
                ? input
                : preProcessor.preProcess(
                        input.dup(), Math.toIntExact(images.size(0)), LayerWorkspaceMgr.noWorkspaces());
    }

    /** Writes only after the last batch, so that a failure changes nothing. */
    private static void renew(Map<String, ChannelStatistics> statistics, Runnable pass) {
        if (statistics.isEmpty()) {
            throw new IllegalArgumentException(
                    "network: expected a batch normalisation layer that is not frozen, found none; there is nothing to renew");
        }
        pass.run();
        statistics.values().forEach(ChannelStatistics::check);
        statistics.values().forEach(ChannelStatistics::write);
    }

    private static void forEach(DataSetIterator batches, Consumer<INDArray> consumer) {
        requireUnmixed(
                batches instanceof MixupDataSetIterator || batches.getPreProcessor() instanceof MixupPreProcessor);
        if (batches.resetSupported()) {
            batches.reset();
        }
        while (batches.hasNext()) {
            DataSet batch = batches.next();
            requireNoMask(batch.getFeaturesMaskArray() != null);
            consumer.accept(batch.getFeatures());
        }
    }

    private static void forEach(MultiDataSetIterator batches, Consumer<INDArray[]> consumer) {
        requireUnmixed(batches instanceof MixupMultiDataSetIterator
                || batches.getPreProcessor() instanceof MixupMultiDataSetPreProcessor);
        if (batches.resetSupported()) {
            batches.reset();
        }
        while (batches.hasNext()) {
            MultiDataSet batch = batches.next();
            requireNoMask(batch.hasMaskArrays() && batch.getFeaturesMaskArrays() != null);
            consumer.accept(batch.getFeatures());
        }
    }

    private static void requireUnmixed(boolean mixes) {
        if (mixes) {
            throw new IllegalArgumentException(
                    "unmixed: expected an iterator that does not mix, got one that does; pass the iterator inside it");
        }
    }

    private static void requireNoMask(boolean masked) {
        if (masked) {
            throw new IllegalArgumentException(
                    "unmixed: expected batches of images, got one with a mask of its features");
        }
    }
}
