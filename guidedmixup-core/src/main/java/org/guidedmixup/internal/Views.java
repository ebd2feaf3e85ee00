package org.guidedmixup.internal;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Arrays that are parts of larger ones. In ND4J 1.0.0-M2.1, {@code get}, {@code slice} and {@code getRow} of such an array read
 * the wrong place or throw, so arrays passed by users go through this class before they are cut.
 */
public final class Views {
    private Views() {}

    /**
     * Returns an array that can be cut into parts.
     *
     * @param array any array. Not modified.
     * @return the array itself if it owns its memory, a copy in 'c' order if it is part of a larger array
     */
    public static INDArray toBeCut(INDArray array) {
        // isView() misses some kinds of views.
        boolean alone = !array.isView() && array.offset() == 0 && array.data().length() == array.length();
        return alone ? array : array.dup('c');
    }
}
