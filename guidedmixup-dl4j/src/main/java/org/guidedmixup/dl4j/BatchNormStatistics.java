package org.guidedmixup.dl4j;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
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
 * training, shuffled and of the same size. The new statistics are the averages of the batches' means and unbiased variances,
 * weighted by their number of values per channel. One pass measures all layers, so what a layer gets does not depend on the
 * statistics of others. Nothing else changes: no weight, no updater state, no iteration count. Dropout and weight noise act as in
 * training, and draw from {@code Nd4j.getRandom()}. Frozen layers keep their statistics, because they use them in training, too.
 * Activations are not kept, so one forward pass of a batch is all the memory it takes.
 *
 * <p>Mixing inside other iterators and preprocessors is found, but not if the iterator cannot be reset and another thread has read
 * its batches ahead, or if it hands out batches that were mixed before.
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
     * @throws IllegalArgumentException if an argument is null, if the network is not initialised or has no such layer, if
     *     batches are mixed, missing, masked or without features, if a batch has one value per channel only, if activations
     *     are not finite, or if statistics exceed the range of the network's type
     */
    public static void renew(MultiLayerNetwork network, DataSetIterator unmixed) {
        requireArgument(network, "network", "an initialised MultiLayerNetwork");
        requireArgument(unmixed, "unmixed", "a DataSetIterator");
        if (!network.isInitCalled()) {
            throw notInitialised();
        }
        INDArray input = network.getInput();
        try (RecordedNormalisations layers = RecordedNormalisations.of(network.getLayers())) {
            renew(layers, () -> forEach(unmixed, images -> network.output(images, true)));
        } finally {
            network.clearLayersStates(); // clear() would also drop the updater's state
            network.setInput(input);
        }
    }

    /**
     * Renews the statistics of a graph with one input.
     *
     * @param network initialised, with at least one batch normalisation that is not frozen. Its statistics are modified.
     * @param unmixed the training images, from the first batch on if the iterator can be reset. Labels are not used.
     * @throws IllegalArgumentException as {@link #renew(MultiLayerNetwork, DataSetIterator)} throws it
     */
    public static void renew(ComputationGraph network, DataSetIterator unmixed) {
        requireArgument(unmixed, "unmixed", "a DataSetIterator");
        renew(network, output -> forEach(unmixed, images -> output.accept(new INDArray[] {images})));
    }

    /**
     * Renews the statistics of a graph.
     *
     * @param network initialised, with at least one batch normalisation that is not frozen. Its statistics are modified.
     * @param unmixed the training images, from the first batch on if the iterator can be reset. Labels are not used.
     * @throws IllegalArgumentException as {@link #renew(MultiLayerNetwork, DataSetIterator)} throws it
     */
    public static void renew(ComputationGraph network, MultiDataSetIterator unmixed) {
        requireArgument(unmixed, "unmixed", "a MultiDataSetIterator");
        renew(network, output -> forEach(unmixed, output));
    }

    private static void renew(ComputationGraph network, Consumer<Consumer<INDArray[]>> pass) {
        requireArgument(network, "network", "an initialised ComputationGraph");
        if (network.getVertices() == null) {
            throw notInitialised();
        }
        INDArray[] before = network.getInputs();
        try (RecordedNormalisations layers = RecordedNormalisations.of(network)) {
            renew(layers, () -> pass.accept(inputs -> network.output(true, inputs)));
        } finally {
            network.clearLayersStates();
            network.setInputs(before);
        }
    }

    private static IllegalArgumentException notInitialised() {
        return new IllegalArgumentException("network: expected an initialised network, call network.init() first");
    }

    private static void requireArgument(Object argument, String name, String expected) {
        if (argument == null) {
            throw new IllegalArgumentException(name + ": expected " + expected + ", got null");
        }
    }

    /** Writes only after the last batch, so that a failure changes nothing. */
    private static void renew(RecordedNormalisations layers, Runnable pass) {
        if (layers.statistics().isEmpty()) {
            throw new IllegalArgumentException(
                    "network: expected a batch normalisation layer that is not frozen, found none; there is nothing to renew");
        }
        try (UnmixedReading reading = UnmixedReading.open()) {
            pass.run();
        }
        layers.statistics().forEach(ChannelStatistics::check);
        layers.statistics().forEach(ChannelStatistics::write);
    }

    private static void forEach(DataSetIterator batches, Consumer<INDArray> consumer) {
        requireUnmixed(batches instanceof MixupDataSetIterator
                || preProcessor(batches::getPreProcessor) instanceof MixupPreProcessor);
        if (batches.resetSupported()) {
            batches.reset();
        }
        while (batches.hasNext()) {
            DataSet batch = batches.next();
            requireNoMask(batch.getFeaturesMaskArray());
            requireImages(batch.getFeatures());
            consumer.accept(batch.getFeatures());
        }
    }

    private static void forEach(MultiDataSetIterator batches, Consumer<INDArray[]> consumer) {
        requireUnmixed(batches instanceof MixupMultiDataSetIterator
                || preProcessor(batches::getPreProcessor) instanceof MixupMultiDataSetPreProcessor);
        if (batches.resetSupported()) {
            batches.reset();
        }
        while (batches.hasNext()) {
            MultiDataSet batch = batches.next();
            requireNoMask(batch.getFeaturesMaskArrays());
            requireImages(batch.getFeatures());
            consumer.accept(batch.getFeatures());
        }
    }

    /** Returns null if the iterator keeps its preprocessor to itself. */
    private static Object preProcessor(Supplier<Object> getter) {
        try {
            return getter.get();
        } catch (UnsupportedOperationException e) {
            return null;
        }
    }

    private static void requireUnmixed(boolean mixes) {
        if (mixes) {
            throw UnmixedReading.mixes();
        }
    }

    private static void requireImages(INDArray... features) {
        if (features == null || Arrays.stream(features).anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("unmixed: expected batches of images, got one without features");
        }
    }

    /** Lets null in place of a mask pass. */
    private static void requireNoMask(INDArray... masks) {
        if (masks != null && Arrays.stream(masks).anyMatch(Objects::nonNull)) {
            throw new IllegalArgumentException(
                    "unmixed: expected batches of images, got one with a mask of its features");
        }
    }
}
