package org.guidedmixup.method.comixup;

import java.util.ArrayList;
import java.util.List;

/**
 * What a block shows: one input, or two half and half.
 *
 * @param first an input
 * @param second another one, or the same for the whole block
 */
record BlockLabel(int first, int second) {

    /** Every input for whole blocks, label k for input k; a list to add to. */
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

    /** The share of an input: 0, one half or 1. */
    double share(int input) {
        return (first == input ? 0.5 : 0) + (second == input ? 0.5 : 0);
    }

    /** Half the squared distance of the shares: for whole blocks 0 or 1 (Potts), 1/4 from a half to one of its inputs. */
    double distance(BlockLabel other) {
        // ½ |z − z'|² = ½ (|z|² + |z'|²) − z · z'
        double squares = (isWhole() ? 1 : 0.5) + (other.isWhole() ? 1 : 0.5);
        double product = 0.5 * (share(other.first) + share(other.second));
        return 0.5 * squares - product;
    }
}
