package org.guidedmixup.pairing;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Draws a uniform permutation, as Input Mixup, CutMix and their successors do. An image may be its own partner.
 *
 * <p>O(M) time and memory (Fisher–Yates).
 */
public final class RandomPairing implements PairingStrategy {
    private static final long serialVersionUID = 1L;

    /** Makes the pairing. */
    public RandomPairing() {}

    @Override
    public Pairing pair(int size, Supplier<INDArray> distance, RandomGenerator random) {
        int[] partners = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            partners[i] = partners[j];
            partners[j] = i;
        }
        return Pairing.of(partners);
    }

    /** Returns false: partners are drawn without looking at the distances. */
    @Override
    public boolean usesDistance() {
        return false;
    }
}
