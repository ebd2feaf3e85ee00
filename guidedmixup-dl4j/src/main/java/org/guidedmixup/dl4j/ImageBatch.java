package org.guidedmixup.dl4j;

import java.util.Arrays;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.PlannedBatch;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays of a DataSet or MultiDataSet that mixing concerns. Each of the four may be missing, which ND4J represents as null.
 *
 * @param images the features
 * @param labels their labels
 * @param imagesMask refused by {@link #requireMixable}
 * @param labelsMask [M, 1], the weight of each image in the loss, mixed as the labels are; {@link #requireMixable} refuses
 *     other shapes
 */
public record ImageBatch(INDArray images, INDArray labels, INDArray imagesMask, INDArray labelsMask) {

    /**
     * Returns the arrays of a DataSet.
     *
     * @param data not modified
     * @return its arrays, not copied
     */
    public static ImageBatch of(DataSet data) {
        return new ImageBatch(
                data.getFeatures(), data.getLabels(), data.getFeaturesMaskArray(), data.getLabelsMaskArray());
    }

    /**
     * Checks what mixers cannot see: that images and labels are present, and that there is no mask other than weights of
     * images.
     *
     * @throws IllegalArgumentException if not
     */
    public void requireMixable() {
        if (images == null) {
            throw new IllegalArgumentException("features: expected a batch of images, got none");
        }
        if (labels == null) {
            throw new IllegalArgumentException("labels: expected one row per image, got none");
        }
        if (imagesMask != null) {
            throw new IllegalArgumentException(
                    "features mask: expected none, got one; masks have no meaning for a mixed image");
        }
        boolean weights = labelsMask == null
                || (labelsMask.rank() == 2 && labelsMask.size(0) == labels.size(0) && labelsMask.size(1) == 1);
        if (!weights) {
            throw new IllegalArgumentException("labels mask " + Arrays.toString(labelsMask.shape())
                    + ": expected none, or one weight per image, [" + labels.size(0)
                    + ", 1]; other masks have no meaning for a mixed image");
        }
    }

    /**
     * Draws the plan of this batch. Works outside the caller's workspace, because only mixed arrays belong there.
     *
     * @param mixer draws the plan
     * @param epoch from 0
     * @param number the batch's number in the epoch, from 0
     * @return the plan
     * @throws IllegalArgumentException if the batch cannot be mixed
     */
    public MixPlan plan(BatchMixer mixer, int epoch, long number) {
        requireMixable();
        try (MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            return mixer.plan(images, labels, epoch, number);
        }
    }

    /**
     * Mixes this batch. Arrays that the plan leaves unchanged are copied, because the caller may write into the result, and
     * because every batch must take the same space in AsyncDataSetIterator's workspace, which learns its size from the first.
     *
     * @param mixer draws the plan
     * @param epoch from 0
     * @param number the batch's number in the epoch, from 0
     * @return arrays that nothing else refers to, in the calling thread's workspace if one is open
     * @throws IllegalArgumentException if the batch cannot be mixed
     */
    public ImageBatch mix(BatchMixer mixer, int epoch, long number) {
        return mix(planned(mixer, epoch, number));
    }

    /** Draws the plan of this batch and mixes images and labels by it. */
    PlannedBatch planned(BatchMixer mixer, int epoch, long number) {
        requireMixable();
        return mixer.mix(images, labels, epoch, number);
    }

    /** Completes a batch whose images and labels have been mixed. */
    ImageBatch mix(PlannedBatch planned) {
        return mix(planned.plan(), planned.mixed());
    }

    /**
     * Mixes this batch according to a plan, as {@link #mix(BatchMixer, int, long)} does.
     *
     * @param plan drawn for this batch
     * @return arrays that nothing else refers to, in the calling thread's workspace if one is open
     * @throws IllegalArgumentException if the plan is for another batch
     */
    public ImageBatch mix(MixPlan plan) {
        return mix(plan, plan.apply(images, labels));
    }

    private ImageBatch mix(MixPlan plan, MixedBatch mixed) {
        return new ImageBatch(
                own(mixed.images(), images),
                own(mixed.labels(), labels),
                null,
                labelsMask == null ? null : own(plan.mixWeights(labelsMask), labelsMask));
    }

    /** Returns the mixed array, or a copy if it is the original. */
    static INDArray own(INDArray mixed, INDArray original) {
        return mixed == original ? original.dup() : mixed;
    }
}
