package org.guidedmixup.pairing;

import java.io.Serializable;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.Gather;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The partners of a batch: a permutation of the batch. Image {@code i} is mixed with image {@code partner(i)}. Immutable.
 */
public final class Pairing implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The partner of image i at position i. */
    private final int[] partners;

    private Pairing(int[] partners) {
        this.partners = partners;
    }

    /**
     * Makes a pairing from the partner of every image.
     *
     * @param partners the partner of image i at position i. Not modified, not kept.
     * @return the pairing
     * @throws IllegalArgumentException if this is not a permutation
     */
    public static Pairing of(int... partners) {
        boolean[] seen = new boolean[partners.length];
        for (int partner : partners) {
            if (partner < 0 || partner >= partners.length || seen[partner]) {
                throw new IllegalArgumentException("partners " + Arrays.toString(partners)
                        + ": expected a permutation of 0 to " + (partners.length - 1));
            }
            seen[partner] = true;
        }
        return new Pairing(partners.clone());
    }

    /**
     * Returns the number of images.
     *
     * @return M
     */
    public int size() {
        return partners.length;
    }

    /**
     * Returns the partner of an image.
     *
     * @param image 0 to M − 1
     * @return the image that it is mixed with
     */
    public int partner(int image) {
        return partners[image];
    }

    /**
     * Returns the partner of every image.
     *
     * @return a new array of length M
     */
    public int[] partners() {
        return partners.clone();
    }

    /**
     * Gathers the partners of all images from an array of this batch.
     *
     * @param array [M, …]. Not modified.
     * @return a new array of the same shape and type whose entry i is entry partner(i) of the input
     */
    public INDArray partners(INDArray array) {
        // Gather drops the axis of a batch of one.
        return Nd4j.exec(new Gather(array, partners, 0))[0].reshape(array.shape());
    }

    /**
     * Returns whether following the partners from any image visits the whole batch.
     *
     * @return true for a single cycle of length M
     */
    public boolean isSingleCycle() {
        int length = 1;
        for (int i = partners[0]; i != 0; i = partners[i]) {
            length++;
        }
        return length == partners.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pairing pairing && Arrays.equals(partners, pairing.partners);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(partners);
    }

    @Override
    public String toString() {
        return "Pairing" + Arrays.toString(partners);
    }
}
