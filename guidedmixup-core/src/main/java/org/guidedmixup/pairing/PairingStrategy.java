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
     * @param distance gives the saliency distances [M, M], FLOAT, see {@link SaliencyDistance}; they are computed only if
     *     asked for
     * @param random the source of randomness
     * @return a permutation of the batch
     */
    Pairing pair(int size, Supplier<INDArray> distance, RandomGenerator random);

    /**
     * Whether equal distances can be paired differently.
     *
     * @return true unless overridden; false for pairings that draw nothing
     */
    default boolean varies() {
        return true;
    }

    /**
     * Whether partners are chosen by distance.
     *
     * @return true unless overridden
     */
    default boolean usesDistance() {
        return true;
    }
}
