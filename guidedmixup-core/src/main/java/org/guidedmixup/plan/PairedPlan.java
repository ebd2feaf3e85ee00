package org.guidedmixup.plan;

import org.guidedmixup.pairing.Pairing;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A plan that mixes every image with one partner. */
public interface PairedPlan extends MixPlan {

    /** The number of images that are paired. */
    @Override
    default int size() {
        return pairing().size();
    }

    /** Returns true: a batch that stays unmixed has no pairs. */
    @Override
    default boolean isMixed() {
        return true;
    }

    /**
     * Returns the partner of every image.
     *
     * @return the pairing
     */
    Pairing pairing();

    /**
     * Returns the share of its own label that every image keeps.
     *
     * @return [M], FLOAT; do not modify
     */
    INDArray ratio();
}
