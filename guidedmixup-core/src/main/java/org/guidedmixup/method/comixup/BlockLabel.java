package org.guidedmixup.method.comixup;

import java.util.ArrayList;
import java.util.List;

/**
 * The content of a block: one input, or two inputs half and half.
 *
 * @param first an input
 * @param second another input, or the same one for a whole block
 */
record BlockLabel(int first, int second) {

    /** Returns every input for whole blocks, label k for input k, in a modifiable list. */
    static List<BlockLabel> whole(int inputs) {
        List<BlockLabel> labels = new ArrayList<>();
        for (int k = 0; k < inputs; k++) {
            labels.add(new BlockLabel(k, k));
        }
        return labels;
    }

    boolean isWhole() {
        return first == second;
    }

    /** Returns the share of an input: 0, one half or 1. */
    double share(int input) {
        return (first == input ? 0.5 : 0) + (second == input ? 0.5 : 0);
    }

    /**
     * Returns half the squared distance of the shares: 0 or 1 for whole blocks (Potts), 1/4 between a half-and-half block and
     * one of its inputs.
     */
    double distance(BlockLabel other) {
        // ½ |z − z'|² = ½ (|z|² + |z'|²) − z · z'
        double squares = (isWhole() ? 1 : 0.5) + (other.isWhole() ? 1 : 0.5);
        double product = 0.5 * (share(other.first) + share(other.second));
        return 0.5 * squares - product;
    }
}
