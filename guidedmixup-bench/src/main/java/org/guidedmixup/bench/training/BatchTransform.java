package org.guidedmixup.bench.training;

import org.nd4j.linalg.dataset.DataSet;

/**
 * What happens to a batch right before the step that trains on it, with the model as it is then: the place of mixing by
 * gradient saliency.
 */
@FunctionalInterface
public interface BatchTransform {

    /**
     * Gives the batch to train on.
     *
     * @param batch features [N, C, H, W] and labels [N, K]; its arrays are not modified
     * @param epoch from 0
     * @param step  from 0 within the epoch
     * @return the same or another batch
     */
    DataSet apply(DataSet batch, int epoch, int step);

    /**
     * Whether the model does not matter: the batch may then be made on another thread, before the steps ahead of it.
     *
     * @return false unless overridden
     */
    default boolean ahead() {
        return false;
    }
}
