package org.guidedmixup.plan;

import java.io.Serializable;
import org.guidedmixup.BatchMixer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The decision how one batch is mixed, drawn once by a {@link BatchMixer} and applied any number of times.
 *
 * <p>A plan is a value. It never changes, it is independent of the batch it was drawn from, and applying it twice to the same
 * arrays gives the same result. It can be serialised; the deserialised plan gives the same result.
 */
public interface MixPlan extends Serializable {

    /**
     * Returns the number of images of the batch.
     *
     * @return M, at least 1
     */
    int size();

    /**
     * Returns whether images change at all: false for a batch that was not chosen for mixing, and for a batch of one image.
     *
     * @return true if applying the plan blends images
     */
    boolean isMixed();

    /**
     * Returns the number of images whose saliency was not finite (usually because of NaN or infinite pixels) and became
     * uniform.
     *
     * @return 0 to M
     */
    default int nonFiniteSaliencies() {
        return 0;
    }

    /**
     * Mixes an array of this batch: the images, or an array aligned with them pixel by pixel.
     *
     * @param array [M, C, H, W] (or [M, H, W, C] if the plan was drawn for NHWC) with any number of channels, or [M, H, W], or
     *     the images as rows [M, C H W]. Not modified.
     * @return the mixed array in the input's type (integers become FLOAT); the array itself if nothing changes
     * @throws IllegalArgumentException if the array does not fit the plan
     */
    INDArray mix(INDArray array);

    /**
     * Mixes labels of this batch with the weights of the images; dense labels are mixed pixel by pixel, like the images.
     *
     * @param labels [M, K], or dense labels [M, K, H, W] (or [M, H, W, K] if the plan was drawn for NHWC). Not modified.
     * @return the mixed labels in the input's type (integers become FLOAT); the array itself if nothing changes
     * @throws IllegalArgumentException if the array does not fit the plan, or it has dense labels and the method cannot mix
     *     them
     */
    INDArray mixLabels(INDArray labels);

    /**
     * Mixes the weights of images in the loss, like labels but without smoothing. Equal weights do not change. Overridden by
     * plans that smooth labels or whose label weights do not sum to 1.
     *
     * @param weights [M, 1], one number per image. Not modified.
     * @return the mixed weights in the input's type (integers become FLOAT); the array itself if nothing changes
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
