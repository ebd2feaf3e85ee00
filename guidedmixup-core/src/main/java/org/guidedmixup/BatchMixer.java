package org.guidedmixup;

import java.io.Serializable;
import java.util.Optional;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.SequencePlan;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A mixup method: decides how the images of a batch are blended with each other.
 *
 * <p>Drawing is separate from mixing: {@link #plan} decides and {@link MixPlan#apply} mixes, so a decision can be
 * inspected, stored and applied to a second array of the same batch.
 *
 * <p>A mixer can be shared between threads. Batch {@code b} of epoch {@code e} draws the same plan whatever thread asks
 * and whatever was asked before.
 */
public interface BatchMixer extends Serializable {

    /**
     * Draws the plan for batch {@code batch} of epoch {@code epoch}.
     *
     * @param images [M, C, H, W], or [M, H, W, C] where the mixer was built for NHWC, or rows [M, C H W] where it was told the
     *     shape of images; any numeric type. Not modified.
     * @param labels [M, K], one-hot, already soft, or multi-label, not negative; or dense labels, such a row for every pixel,
     *     [M, K, H, W] or [M, H, W, K] as the images. Not modified.
     * @param epoch the epoch, from 0
     * @param batch the batch within the epoch, from 0
     * @return the plan; it holds no reference to the images or labels
     * @throws IllegalArgumentException if the arrays are not such a batch; the message names the argument and its shape
     */
    MixPlan plan(INDArray images, INDArray labels, int epoch, long batch);

    /**
     * Draws the plan for the next batch: call {@code n} on this mixer is batch {@code n} of epoch 0.
     *
     * <p>For scripts with one thread. Where the order of calls is not certain, name epoch and batch.
     *
     * @param images as in {@link #plan(INDArray, INDArray, int, long)}. Not modified.
     * @param labels as in {@link #plan(INDArray, INDArray, int, long)}. Not modified.
     * @return the plan
     */
    MixPlan plan(INDArray images, INDArray labels);

    /**
     * Draws the plan for a batch and keeps the steps on the way to it: for pictures and files, not for training.
     *
     * @param images as in {@link #plan(INDArray, INDArray, int, long)}. Not modified; in use as long as the steps are.
     * @param labels as there. Not modified; in use as long as the steps are.
     * @param epoch the epoch, from 0
     * @param batch the batch within the epoch, from 0
     * @return the plan that {@link #plan(INDArray, INDArray, int, long)} draws, within rounding errors, and its steps
     */
    default MixSteps steps(INDArray images, INDArray labels, int epoch, long batch) {
        return new MixSteps(Optional.empty(), plan(images, labels, epoch, batch));
    }

    /**
     * Checks that a batch can be mixed, as {@link #plan(INDArray, INDArray, int, long)} does, and draws nothing: for further
     * label arrays that a plan is applied to.
     *
     * @param images as there. Not modified.
     * @param labels as there. Not modified.
     * @throws IllegalArgumentException as there
     */
    default void check(INDArray images, INDArray labels) {}

    /**
     * Where the mixer expects the channels of images, for whoever knows how the network takes them.
     *
     * @return NCHW or NHWC; empty if the mixer takes both or does not tell
     */
    default Optional<DataFormat> dataFormat() {
        return Optional.empty();
    }

    /**
     * Whether batches can be mixed ahead of training on another thread. False where the method asks the network that is
     * being trained.
     *
     * @return true if mixing can run beside training
     */
    default boolean asyncSupported() {
        return true;
    }

    /**
     * Whether a batch that is mixed comes out differently in another epoch although its images and labels are the same. False
     * for Guided-SR as published, whose pairs and masks follow from the images alone: a source that is not reshuffled then gives
     * the same mixed batches in every epoch.
     *
     * @return true if something else is drawn than whether to mix, or if the network in training has a say
     */
    default boolean varies() {
        return true;
    }

    /**
     * This mixer followed by another one, which sees the batch as this one leaves it: Guided-SR on AugMix images is
     * {@code augMix.then(guidedSr)}.
     *
     * <p>Each of the two decides by its own settings whether it mixes a batch. Mixers with the same seed draw the same first
     * numbers; give them different ones where that matters. To plan the second step, the first is carried out; applying the
     * plan carries it out again.
     *
     * @param next mixes what this one has mixed
     * @return the sequence, whose plans are {@link SequencePlan}s
     * @throws IllegalArgumentException if {@code next} is null, or expects the channels elsewhere
     */
    default BatchMixer then(BatchMixer next) {
        return new SequenceMixer(this, next);
    }
}
