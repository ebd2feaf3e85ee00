package org.guidedmixup.dl4j.samediff;

import java.util.List;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.PlannedBatch;
import org.guidedmixup.dl4j.ImageBatch;
import org.guidedmixup.dl4j.MultiDataSetIndex;
import org.guidedmixup.dl4j.RepeatedEpochs;
import org.guidedmixup.dl4j.SaliencyWarning;
import org.guidedmixup.dl4j.saliency.NetworkInput;
import org.guidedmixup.dl4j.saliency.SupportedLayers;
import org.guidedmixup.dl4j.saliency.WholeBatch;
import org.guidedmixup.plan.MixPlan;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * A listener that puts mixed arrays into the batch at {@code iterationStart}, before SameDiff reads it, and the batch's own
 * arrays back at {@code iterationDone}, because iterators may hand out the same MultiDataSet in every epoch.
 */
abstract class MixingListener extends BaseListener {
    private final String images;
    private final String labels;
    private final RepeatedEpochs repeatedEpochs = new RepeatedEpochs();
    private final SaliencyWarning warning = new SaliencyWarning();

    /** The graph that the mixer was last checked against. */
    private SameDiff fitting;

    /** Restores the own arrays of the batch in training; does nothing between iterations. */
    private Runnable putBack = () -> {};

    MixingListener(String images, String labels) {
        this.images = required("imagePlaceholder", images);
        this.labels = required("labelPlaceholder", labels);
    }

    static <T> T required(String name, T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + ": expected a value, got null");
        }
        return value;
    }

    /** Returns the mixer for a graph in training. */
    abstract BatchMixer mixer(SameDiff graph);

    /** Called when the plan of a batch has been drawn, before the batch is mixed. */
    void planned(MixPlan plan) {}

    /** Called after each iteration, and before the next one in case an iteration did not finish. */
    void ended() {}

    final String images() {
        return images;
    }

    final String labels() {
        return labels;
    }

    /** Returns true for training only: validation and evaluation see unmixed images. */
    @Override
    public final boolean isActive(Operation operation) {
        return operation == Operation.TRAINING;
    }

    /**
     * Mixes the batch that is about to be trained on.
     *
     * @param graph the graph in training
     * @param at the epoch and iteration, from which the mixer draws
     * @param data the batch. Gets new arrays until the iteration is done.
     * @param etlTimeMs not used
     * @throws IllegalArgumentException if the training configuration does not map the two placeholders, if their arrays have
     *     masks, or if they are not a batch that can be mixed
     */
    @Override
    public final void iterationStart(SameDiff graph, At at, MultiDataSet data, long etlTimeMs) {
        putBack();
        MultiDataSetIndex index = index(graph.getTrainingConfig());
        ImageBatch batch = index.of(data);
        batch.requireMixable();
        BatchMixer mixer = mixer(graph);
        requireFitting(graph, mixer);
        PlannedBatch planned;
        try (WholeBatch whole = WholeBatch.open(data)) {
            planned = index.planned(data, mixer, at.epoch(), at.iteration());
        }
        warning.lookAt(planned.plan(), mixer, at.epoch(), at.iteration());
        repeatedEpochs.see(mixer, at.epoch(), batch);
        planned(planned.plan());
        // A session takes over arrays that it casts, and reuses or closes them later, so none may be the batch's own.
        MultiDataSet mixed = index.mix(data, planned);
        INDArray[] ownFeatures = data.getFeatures();
        INDArray[] ownLabels = data.getLabels();
        INDArray[] ownMasks = data.getLabelsMaskArrays();
        putBack = () -> {
            data.setFeatures(ownFeatures);
            data.setLabels(ownLabels);
            data.setLabelsMaskArray(ownMasks);
        };
        data.setFeatures(mixed.getFeatures());
        data.setLabels(mixed.getLabels());
        data.setLabelsMaskArray(mixed.getLabelsMaskArrays());
    }

    /** Checks, once for each graph, what the graph and the mixer must agree on. */
    @SuppressWarnings("ReferenceEquality") // the same graph, not an equal one
    private void requireFitting(SameDiff graph, BatchMixer mixer) {
        if (fitting != graph) {
            SupportedLayers.requireSoftLabels(graph, labels);
            mixer.dataFormat().ifPresent(NetworkInput.of(graph, images)::requireFormat);
            fitting = graph;
        }
    }

    private MultiDataSetIndex index(TrainingConfig config) {
        List<String> mapped = config.getDataSetLabelMapping();
        if (mapped != null && mapped.size() > 1 && mapped.contains(labels)) {
            throw new IllegalArgumentException("label placeholders " + mapped + ": expected \"" + labels
                    + "\" alone, because a listener mixes one label array and the others would stay unmixed; "
                    + "wrap the data in a MixupMultiDataSetIterator, which mixes several, instead");
        }
        return new MultiDataSetIndex(
                index("feature", images, config.getDataSetFeatureMapping()),
                index("label", labels, config.getDataSetLabelMapping()));
    }

    private static int index(String kind, String name, List<String> mapping) {
        int index = mapping == null ? -1 : mapping.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("placeholder \"" + name + "\": expected one of " + mapping
                    + ", to which the training configuration maps the " + kind + " arrays");
        }
        return index;
    }

    @Override
    public final void iterationDone(SameDiff graph, At at, MultiDataSet data, Loss loss) {
        putBack();
    }

    private void putBack() {
        putBack.run();
        putBack = () -> {};
        ended();
    }
}
