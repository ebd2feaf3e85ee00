package org.guidedmixup.plan;

import org.guidedmixup.pairing.Pairing;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A plan that mixes every image with one partner. */
public interface PairedPlan extends MixPlan {

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
