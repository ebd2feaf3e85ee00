package org.guidedmixup.saliency;

import java.io.Serializable;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finds what is salient in every image of a batch. */
public interface SaliencyDetector extends Serializable {

    /**
     * Computes saliency maps.
     *
     * @param images [M, C, H, W], or [M, H, W, C] with NHWC; any numeric type. Not modified.
     * @param labels [M, K], for detectors that need them. Not modified.
     * @param format where the channels of the images stand
     * @return [M, H, W], FLOAT, not negative, outside any workspace; a map may be not finite where its image is not
     */
    INDArray detect(INDArray images, INDArray labels, DataFormat format);

    /**
     * Whether saliency can be computed ahead of training on another thread. False where it asks the network that is
     * being trained.
     *
     * @return true if detection can run beside training
     */
    default boolean asyncSupported() {
        return true;
    }
}
