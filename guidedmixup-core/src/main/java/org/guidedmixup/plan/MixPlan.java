package org.guidedmixup.plan;

import java.io.Serializable;
import org.guidedmixup.BatchMixer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How one batch is mixed: drawn once by a {@link BatchMixer}, applied as often as wanted.
 *
 * <p>A plan is a value. It never changes, it is independent of the batch it was drawn from, and applying it twice to the
 * same arrays gives the same result. It can be serialised: the one that is read gives the same result too.
 */
public interface MixPlan extends Serializable {

    /**
     * The number of images M the plan is for.
     *
     * @return M, at least 1
     */
    int size();

    /**
     * Whether images change at all: false for a batch that was not chosen for mixing, and for a batch of one image.
     *
     * @return true if applying the plan blends images
     */
    boolean isMixed();

    /**
     * The number of images whose saliency was not finite (NaN or infinite pixels, usually) and became uniform.
     *
     * @return 0 to M
     */
    default int nonFiniteSaliencies() {
        return 0;
    }

    /**
     * Mixes an array of this batch: the images, or what is aligned with them pixel by pixel.
     *
     * @param array [M, C, H, W] (or [M, H, W, C] as the plan was drawn) with any number of channels, or [M, H, W], or the
     *     images as rows [M, C H W]. Not modified.
     * @return the mixed array in the input's type (integers become FLOAT); the array itself where nothing is to do
     * @throws IllegalArgumentException if the array does not fit the plan
     */
    INDArray mix(INDArray array);

    /**
     * Mixes labels of this batch with the weights that the images were mixed with; dense labels pixel by pixel, as the images.
     *
     * @param labels [M, K], or dense labels [M, K, H, W] (or [M, H, W, K] as the plan was drawn). Not modified.
     * @return the mixed labels in the input's type (integers become FLOAT); the array itself where nothing is to do
     * @throws IllegalArgumentException if the array does not fit the plan, or has dense labels and the method cannot mix them
     */
    INDArray mixLabels(INDArray labels);

    /**
     * Mixes what an image counts in the loss, as labels are mixed but never smoothed. Equal weights stay what they are. A plan that
     * smooths labels, or whose label weights do not sum to 1, overrides this.
     *
     * @param weights [M, 1], one number an image. Not modified.
     * @return the mixed weights in the input's type (integers become FLOAT); the array itself where nothing is to do
     * @throws IllegalArgumentException if the array does not fit the plan
     */
    default INDArray mixWeights(INDArray weights) {
        return mixLabels(weights);
    }

    /**
     * Mixes images and labels.
     *
     * @param images as in {@link #mix}. Not modified.
     * @param labels as in {@link #mixLabels}. Not modified.
     * @return both, mixed
     */
    default MixedBatch apply(INDArray images, INDArray labels) {
        return new MixedBatch(mix(images), mixLabels(labels));
    }
}
