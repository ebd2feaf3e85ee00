package org.guidedmixup.bench.mixing;

import java.util.Optional;
import org.guidedmixup.Batch;
import org.guidedmixup.MixSteps;
import org.guidedmixup.plan.MaskedPlan;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.plan.MosaicPlan;
import org.guidedmixup.plan.PairedPlan;
import org.guidedmixup.plan.SequencePlan;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One batch, mixed by the library's own mixer, with every step of the method. The maps are those it was mixed by.
 *
 * @param saliency [M, H, W], if the method uses it
 * @param normalized blurred and normalised saliency [M, H, W], if the method uses it
 * @param distance [M, M], if the method pairs by it
 * @param plan what the mixer drew
 * @param mixed the result
 */
public record StepArrays(
        Optional<INDArray> saliency,
        Optional<INDArray> normalized,
        Optional<INDArray> distance,
        MixPlan plan,
        MixedBatch mixed) {

    /**
     * Mixes a batch.
     *
     * @param method the method
     * @param settings the method's settings
     * @param images [M, C, H, W], or [M, H, W, C] as the settings say. Not modified.
     * @param labels [M, K]. Not modified.
     * @return the steps
     * @throws IllegalArgumentException if images and labels do not form a batch
     */
    public static StepArrays of(MixingMethod method, MixerSettings settings, INDArray images, INDArray labels) {
        MixSteps steps = method.mixer(settings).steps(images, labels, 0, 0);
        Optional<Batch> batch = steps.batch().filter(seen -> method.usesSaliency());
        Optional<Batch> normalized = batch.filter(seen -> method.usesNormalizedSaliency());
        Optional<INDArray> distance =
                normalized.filter(seen -> method.usesDistance()).map(Batch::distances);
        return new StepArrays(
                batch.map(Batch::foundSaliency),
                normalized.map(seen -> seen.saliency().maps()),
                distance,
                steps.plan(),
                steps.plan().apply(images, labels));
    }

    /**
     * Returns the partner of every image.
     *
     * @return [M], INT, if images are paired
     */
    public Optional<INDArray> pairing() {
        return as(PairedPlan.class)
                .map(plan -> Nd4j.createFromArray(plan.pairing().partners()));
    }

    /**
     * Returns the share of every pixel that an image keeps.
     *
     * @return [M, H, W], FLOAT, if the method has a share for every pixel
     */
    public Optional<INDArray> mask() {
        INDArray images = mixed.images();
        return as(MaskedPlan.class)
                .map(plan -> plan.mask().weights())
                .filter(weights -> isOfPixels(weights, images, 2) || isOfPixels(weights, images, 1));
    }

    /** Returns whether there is a share for every row and column. */
    private static boolean isOfPixels(INDArray weights, INDArray images, int rows) {
        return weights.size(1) == images.size(rows) && weights.size(2) == images.size(rows + 1);
    }

    /**
     * Returns the share of its own label that an image keeps.
     *
     * @return [M], FLOAT, 1 where no image is mixed with another
     */
    public INDArray ratio() {
        return as(PairedPlan.class)
                .map(PairedPlan::ratio)
                .or(() -> as(MosaicPlan.class).map(plan -> Nd4j.diag(plan.shares())))
                .orElseGet(() -> Nd4j.ones(DataType.FLOAT, plan.size()));
    }

    /** Returns the plan that mixes images with each other, alone or after another plan, if it is of that kind. */
    private <P> Optional<P> as(Class<P> kind) {
        MixPlan last = plan instanceof SequencePlan sequence ? sequence.second() : plan;
        return Optional.of(last).filter(kind::isInstance).map(kind::cast);
    }
}
