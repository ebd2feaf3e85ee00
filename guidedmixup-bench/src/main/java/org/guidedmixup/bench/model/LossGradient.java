package org.guidedmixup.bench.model;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The loss of a batch and its gradient. Closing it frees the arrays' off-heap memory.
 *
 * @param loss      the training loss, mean over the batch
 * @param gradients gradient by parameter name, shaped as the parameter
 * @param moments   what each batch norm layer measured, by layer name
 */
public record LossGradient(double loss, Map<String, INDArray> gradients, Map<String, BatchMoments> moments)
        implements AutoCloseable {

    @Override
    public void close() {
        gradients.values().forEach(INDArray::close);
        for (BatchMoments batch : moments.values()) {
            batch.mean().close();
            batch.variance().close();
        }
    }
}
