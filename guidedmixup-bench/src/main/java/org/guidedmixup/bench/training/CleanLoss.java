package org.guidedmixup.bench.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A second loss to train on, that of the batch before it is mixed: holds its gradient from the pass that computes the
 * saliency of the batch until the step on the mixed batch. For the training thread.
 */
public final class CleanLoss implements AutoCloseable {
    private final double weight;
    private final Map<String, INDArray> gradients = new LinkedHashMap<>();

    /**
     * Starts without a gradient.
     *
     * @param weight of the loss of the batch before mixing beside that of the mixed batch, at least 0
     */
    public CleanLoss(double weight) {
        this.weight = weight;
    }

    /**
     * Returns whether there is a second loss at all.
     *
     * @return false if its weight is 0
     */
    public boolean isUsed() {
        return weight > 0;
    }

    /**
     * Copies the gradient of a batch for the step that follows.
     *
     * @param found gradient by parameter name. Not modified.
     */
    public void keep(Map<String, INDArray> found) {
        close();
        found.forEach((name, gradient) -> gradients.put(name, gradient.mul(weight)));
    }

    /** Adds the kept gradient, if any, to the gradient of a step, and forgets it. */
    void addTo(Map<String, INDArray> sum) {
        gradients.forEach((name, gradient) -> sum.get(name).addi(gradient));
        close();
    }

    /** Forgets the kept gradient. */
    @Override
    public void close() {
        gradients.values().forEach(INDArray::close);
        gradients.clear();
    }
}
