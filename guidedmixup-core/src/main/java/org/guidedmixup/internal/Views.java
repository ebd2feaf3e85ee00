package org.guidedmixup.internal;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Arrays that are parts of larger ones. ND4J 1.0.0-M2.1 takes {@code get}, {@code slice} and {@code getRow} of such an array
 * from the wrong place or throws, so an array that came from outside is asked here before it is cut.
 */
public final class Views {
    private Views() {}

    /**
     * An array that can be cut into parts.
     *
     * @param array any array. Not modified.
     * @return itself where it has its memory to itself, a copy in 'c' order where it is a part of a larger array
     */
    public static INDArray toBeCut(INDArray array) {
        // isView() leaves out some types.
        boolean alone = !array.isView() && array.offset() == 0 && array.data().length() == array.length();
        return alone ? array : array.dup('c');
    }
}
