package org.guidedmixup.pairing;

import java.io.Serializable;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.Gather;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Who is mixed with whom: a permutation of the batch. Image {@code i}, the source, is mixed with image
 * {@code target(i)}. Immutable.
 */
public final class Pairing implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The target of image i at position i. */
    private final int[] targets;

    private Pairing(int[] targets) {
        this.targets = targets;
    }

    /**
     * Makes a pairing from the target of every image.
     *
     * @param targets the target of image i at position i. Not modified, not kept.
     * @return the pairing
     * @throws IllegalArgumentException if this is not a permutation
     */
    public static Pairing of(int... targets) {
        boolean[] seen = new boolean[targets.length];
        for (int target : targets) {
            if (target < 0 || target >= targets.length || seen[target]) {
                throw new IllegalArgumentException("targets " + Arrays.toString(targets)
                        + ": expected a permutation of 0 to " + (targets.length - 1));
            }
            seen[target] = true;
        }
        return new Pairing(targets.clone());
    }

    /**
     * The number of images.
     *
     * @return M
     */
    public int size() {
        return targets.length;
    }

    /**
     * The image that an image is mixed with.
     *
     * @param source an image, 0 to M − 1
     * @return its target
     */
    public int target(int source) {
        return targets[source];
    }

    /**
     * All targets in the order of their sources.
     *
     * @return a new array of length M
     */
    public int[] targets() {
        return targets.clone();
    }

    /**
     * The target of every image, taken from an array of this batch.
     *
     * @param array [M, …]. Not modified.
     * @return a new array of the same shape and type whose entry i is entry target(i) of the input
     */
    public INDArray partners(INDArray array) {
        // Gather drops the axis of a batch of one.
        return Nd4j.exec(new Gather(array, targets, 0))[0].reshape(array.shape());
    }

    /**
     * Whether following the targets from any image visits the whole batch before it returns.
     *
     * @return true for a single cycle of length M
     */
    public boolean isSingleCycle() {
        int length = 1;
        for (int i = targets[0]; i != 0; i = targets[i]) {
            length++;
        }
        return length == targets.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pairing pairing && Arrays.equals(targets, pairing.targets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(targets);
    }

    @Override
    public String toString() {
        return "Pairing" + Arrays.toString(targets);
    }
}
