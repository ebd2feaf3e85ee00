package org.guidedmixup.dl4j;

import java.io.Serializable;
import java.util.Arrays;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.PlannedBatch;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Which feature array of a MultiDataSet holds the images to mix, and which label arrays their labels. */
public final class MultiDataSetIndex implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The index of the array of images. */
    private final int feature;

    /** The indices of the arrays of their labels; plans are drawn from the first. */
    private final int[] labels;

    /**
     * Names the arrays.
     *
     * @param feature which feature array, from 0
     * @param labels which label arrays, from 0. Not modified.
     * @throws IllegalArgumentException if one is negative or named twice, or there is no label array
     */
    public MultiDataSetIndex(int feature, int... labels) {
        boolean fits = labels.length > 0
                && Arrays.stream(labels).distinct().count() == labels.length
                && Arrays.stream(labels).allMatch(label -> label >= 0);
        if (feature < 0 || !fits) {
            throw new IllegalArgumentException(
                    "featureIndex " + feature + " and labelIndices " + Arrays.toString(labels)
                            + ": expected indices of at least 0, and one or more label arrays, each named once");
        }
        this.feature = feature;
        this.labels = labels.clone();
    }

    /**
     * Returns the images and labels of a batch.
     *
     * @param data not modified
     * @return the feature array and the first label array, not copied
     * @throws IllegalArgumentException if there is no array at one of the indices
     */
    public ImageBatch of(MultiDataSet data) {
        return of(data, labels[0]);
    }

    private ImageBatch of(MultiDataSet data, int label) {
        require("featureIndex", feature, data.numFeatureArrays(), "feature");
        require("labelIndex", label, data.numLabelsArrays(), "label");
        return new ImageBatch(
                data.getFeatures(feature),
                data.getLabels(label),
                data.getFeaturesMaskArray(feature),
                data.getLabelsMaskArray(label));
    }

    /**
     * Draws the plan of a batch from its images and the first label array named, outside the caller's workspace.
     *
     * @param data not modified
     * @param mixer draws the plan
     * @param epoch from 0
     * @param number the batch's number in the epoch, from 0
     * @return the plan
     * @throws IllegalArgumentException if there is no array at one of the indices, or the batch cannot be mixed
     */
    public MixPlan plan(MultiDataSet data, BatchMixer mixer, int epoch, long number) {
        check(data, mixer);
        return of(data).plan(mixer, epoch, number);
    }

    private void check(MultiDataSet data, BatchMixer mixer) {
        for (int label : labels) {
            ImageBatch batch = of(data, label);
            batch.requireMixable();
            if (label != labels[0]) {
                mixer.check(batch.images(), batch.labels());
            }
        }
    }

    /**
     * Mixes a batch.
     *
     * @param data not modified
     * @param mixer draws the plan
     * @param epoch from 0
     * @param number the batch's number in the epoch, from 0
     * @return as {@link #mix(MultiDataSet, MixPlan)}
     * @throws IllegalArgumentException as {@link #plan(MultiDataSet, BatchMixer, int, long)}
     */
    public MultiDataSet mix(MultiDataSet data, BatchMixer mixer, int epoch, long number) {
        return mix(data, planned(data, mixer, epoch, number));
    }

    /**
     * Draws the plan of a batch, as {@link #plan(MultiDataSet, BatchMixer, int, long)} does, and mixes its images and the first
     * label array named.
     *
     * @param data not modified
     * @param mixer draws the plan
     * @param epoch from 0
     * @param number the batch's number in the epoch, from 0
     * @return the plan, and images and labels in the calling thread's workspace if one is open
     * @throws IllegalArgumentException if there is no array at one of the indices, or the batch cannot be mixed
     */
    public PlannedBatch planned(MultiDataSet data, BatchMixer mixer, int epoch, long number) {
        check(data, mixer);
        return of(data).planned(mixer, epoch, number);
    }

    /**
     * Completes a batch of which {@link #planned} has mixed the images and the first label array.
     *
     * @param data not modified
     * @param planned made from the batch
     * @return as {@link #mix(MultiDataSet, MixPlan)}
     */
    public MultiDataSet mix(MultiDataSet data, PlannedBatch planned) {
        return mix(data, planned.plan(), planned.mixed());
    }

    /**
     * Mixes a batch according to a plan drawn for it.
     *
     * @param data not modified
     * @param plan drawn for the batch
     * @return a new MultiDataSet: new arrays at the indices, in the calling thread's workspace if one is open, and the other
     *     arrays and metadata unchanged
     */
    public MultiDataSet mix(MultiDataSet data, MixPlan plan) {
        ImageBatch batch = of(data);
        return mix(data, plan, plan.apply(batch.images(), batch.labels()));
    }

    private MultiDataSet mix(MultiDataSet data, MixPlan plan, MixedBatch mixed) {
        INDArray[] mixedFeatures = data.getFeatures().clone();
        INDArray[] mixedLabels = data.getLabels().clone();
        INDArray[] masks = data.getLabelsMaskArrays();
        INDArray[] mixedMasks = masks == null ? null : masks.clone();
        mixedFeatures[feature] = ImageBatch.own(mixed.images(), mixedFeatures[feature]);
        for (int label : labels) {
            INDArray ofLabel = label == labels[0] ? mixed.labels() : plan.mixLabels(mixedLabels[label]);
            mixedLabels[label] = ImageBatch.own(ofLabel, mixedLabels[label]);
            if (masks != null && masks[label] != null) {
                mixedMasks[label] = ImageBatch.own(plan.mixWeights(masks[label]), masks[label]);
            }
        }
        return new org.nd4j.linalg.dataset.MultiDataSet(
                mixedFeatures, mixedLabels, data.getFeaturesMaskArrays(), mixedMasks, data.getExampleMetaData());
    }

    private static void require(String name, int index, int count, String kind) {
        if (index >= count) {
            throw new IllegalArgumentException(name + " " + index + ": expected an index below " + count
                    + ", the number of " + kind + " arrays in the MultiDataSet");
        }
    }
}
