package org.guidedmixup.pairing;

import java.io.Serializable;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Chooses which images of a batch are mixed with each other. Implementations keep no state. */
@FunctionalInterface
public interface PairingStrategy extends Serializable {

    /**
     * Pairs a batch.
     *
     * @param size M, at least 1
     * @param distance supplies the saliency distances [M, M], FLOAT, see {@link SaliencyDistance}; they are computed on the
     *     first call only
     * @param random the source of randomness
     * @return a permutation of the batch
     */
    Pairing pair(int size, Supplier<INDArray> distance, RandomGenerator random);

    /**
     * Returns whether equal distances can give different pairings.
     *
     * @return true unless overridden; false for deterministic pairings
     */
    default boolean varies() {
        return true;
    }

    /**
     * Returns whether partners are chosen by distance.
     *
     * @return true unless overridden
     */
    default boolean usesDistance() {
        return true;
    }
}
