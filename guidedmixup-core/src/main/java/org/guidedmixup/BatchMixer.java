package org.guidedmixup;

import java.io.Serializable;
import java.util.Optional;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.SequencePlan;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A mixup method: decides how the images of a batch are blended with each other.
 *
 * <p>Drawing is separate from mixing: {@link #plan} decides and {@link MixPlan#apply} mixes, so a decision can be
 * inspected, stored and applied to a second array of the same batch.
 *
 * <p>A mixer can be shared between threads. Batch {@code b} of epoch {@code e} draws the same plan on every thread and after
 * any other calls.
 */
public interface BatchMixer extends Serializable {

    /**
     * Draws the plan for batch {@code batch} of epoch {@code epoch}.
     *
     * @param images [M, C, H, W], or [M, H, W, C] if the mixer was built for NHWC, or rows [M, C H W] if its builder was given
     *     an imageShape; any numeric type. Not modified.
     * @param labels [M, K], one-hot, already soft, or multi-label, not negative; or dense labels, one such row per pixel, [M,
     *     K, H, W] or [M, H, W, K] like the images. Not modified.
     * @param epoch the epoch, from 0
     * @param batch the batch within the epoch, from 0
     * @return the plan; it holds no reference to the images or labels
     * @throws IllegalArgumentException if the arrays are not such a batch; the message names the argument and its shape
     */
    MixPlan plan(INDArray images, INDArray labels, int epoch, long batch);

    /**
     * Draws the plan for the next batch: call {@code n} on this mixer is batch {@code n} of epoch 0.
     *
     * <p>Meant for single-threaded scripts. If the order of calls can vary, pass epoch and batch.
     *
     * @param images as in {@link #plan(INDArray, INDArray, int, long)}. Not modified.
     * @param labels as in {@link #plan(INDArray, INDArray, int, long)}. Not modified.
     * @return the plan
     */
    MixPlan plan(INDArray images, INDArray labels);

    /**
     * Draws the plan for a batch and applies it, with the same result as {@code plan(…).apply(images, labels)}. A mixer that
     * has to mix in order to plan, as a sequence does, mixes only once here.
     *
     * <p>The plan is drawn outside the caller's workspace, and only the mixed arrays are born in it.
     *
     * @param images as in {@link #plan(INDArray, INDArray, int, long)}. Not modified.
     * @param labels likewise. Not modified.
     * @param epoch the epoch, from 0
     * @param batch the batch within the epoch, from 0
     * @return the plan, which can be applied again, and the mixed batch
     * @throws IllegalArgumentException as {@link #plan(INDArray, INDArray, int, long)}
     */
    default PlannedBatch mix(INDArray images, INDArray labels, int epoch, long batch) {
        MixPlan plan;
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            plan = plan(images, labels, epoch, batch);
        }
        return new PlannedBatch(plan, plan.apply(images, labels));
    }

    /**
     * Draws the plan for a batch and keeps the intermediate steps, for visualisation and export rather than training.
     *
     * @param images as in {@link #plan(INDArray, INDArray, int, long)}. Not modified; must stay valid as long as the steps are
     *     used.
     * @param labels likewise. Not modified; must stay valid as long as the steps are used.
     * @param epoch the epoch, from 0
     * @param batch the batch within the epoch, from 0
     * @return the plan that {@link #plan(INDArray, INDArray, int, long)} draws, within rounding errors, and its steps
     */
    default MixSteps steps(INDArray images, INDArray labels, int epoch, long batch) {
        return new MixSteps(Optional.empty(), plan(images, labels, epoch, batch));
    }

    /**
     * Checks that a batch can be mixed, as {@link #plan(INDArray, INDArray, int, long)} does, without drawing a plan. Used for
     * further label arrays that a plan is applied to.
     *
     * @param images as in {@link #plan(INDArray, INDArray, int, long)}. Not modified.
     * @param labels likewise. Not modified.
     * @throws IllegalArgumentException if the arrays are not such a batch
     */
    default void check(INDArray images, INDArray labels) {}

    /**
     * Returns the image layout that the mixer expects, so that callers can compare it with the network's.
     *
     * @return NCHW or NHWC; empty if the mixer accepts both or the layout is unknown
     */
    default Optional<DataFormat> dataFormat() {
        return Optional.empty();
    }

    /**
     * Returns whether batches can be mixed ahead of training on another thread. False if the method runs the network that is
     * being trained.
     *
     * @return true if mixing can run beside training
     */
    default boolean asyncSupported() {
        return true;
    }

    /**
     * Returns whether mixing the same images and labels in another epoch can give a different result. False for Guided-SR as
     * published, whose pairs and masks depend on the images alone: a source that is not reshuffled then yields the same mixed
     * batches in every epoch.
     *
     * @return true if more is drawn than whether to mix, or if the result depends on the network in training
     */
    default boolean varies() {
        return true;
    }

    /**
     * Returns this mixer followed by another one, which receives the batch that this one has mixed: Guided-SR on AugMix images
     * is {@code augMix.then(guidedSr)}.
     *
     * <p>Each mixer decides by its own settings whether it mixes a batch. Mixers with the same seed draw the same first
     * numbers; give them different seeds if that matters. Planning the second step runs the first; applying the plan runs it
     * again. {@link #mix} runs it once.
     *
     * @param next mixes what this one has mixed
     * @return the sequence, whose plans are {@link SequencePlan}s
     * @throws IllegalArgumentException if {@code next} is null, or expects another image layout
     */
    default BatchMixer then(BatchMixer next) {
        return new SequenceMixer(this, next);
    }
}
