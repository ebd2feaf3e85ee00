package org.guidedmixup.bench.model;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All gradients of a batch from one pass: for a step that also counts the batch before it is mixed. Closing it frees the
 * arrays' off-heap memory.
 *
 * @param inputGradient gradient of the mean loss by the images, [N, C, H, W]
 * @param lossGradient loss, gradients by the parameters and batch moments
 */
public record CleanPass(INDArray inputGradient, LossGradient lossGradient) implements AutoCloseable {

    @Override
    public void close() {
        inputGradient.close();
        lossGradient.close();
    }
}
