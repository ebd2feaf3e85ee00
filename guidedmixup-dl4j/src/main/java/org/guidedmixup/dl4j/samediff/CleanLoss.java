package org.guidedmixup.dl4j.samediff;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The weighted gradient of the batch before mixing, kept from the pass that finds its saliency until the training step that it
 * belongs to.
 */
final class CleanLoss {
    private final double weight;
    private final Map<String, INDArray> gradients = new HashMap<>();

    CleanLoss(double weight) {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "cleanLossWeight: expected a finite number of at least 0, got " + weight);
        }
        this.weight = weight;
    }

    boolean isUsed() {
        return weight > 0;
    }

    /** Copies gradients, by the name of the gradient variable. */
    void keep(Map<String, INDArray> found) {
        forget();
        try (MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            found.forEach((name, gradient) -> gradients.put(name, gradient.mul(weight)));
        }
    }

    /** Adds to a gradient in place, if there is something to add. */
    void addTo(String name, INDArray gradient) {
        INDArray clean = gradients.get(name);
        if (clean != null) {
            gradient.addi(clean);
        }
    }

    void forget() {
        gradients.values().forEach(INDArray::close);
        gradients.clear();
    }
}
