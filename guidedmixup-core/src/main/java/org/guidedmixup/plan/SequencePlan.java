package org.guidedmixup.plan;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The plan of one mixer, followed by the plan that another one drew for the result of the first.
 *
 * @param first applied first
 * @param second applied to the result
 * @serial exclude
 */
public record SequencePlan(MixPlan first, MixPlan second) implements MixPlan {

    /**
     * Checks that both plans are for batches of the same size.
     *
     * @param first applied first
     * @param second applied to the result
     * @throws IllegalArgumentException if they differ in size
     */
    public SequencePlan {
        if (first.size() != second.size()) {
            throw new IllegalArgumentException("plans of " + first.size() + " and " + second.size()
                    + " images: expected plans for the same batch");
        }
    }

    @Override
    public int size() {
        return first.size();
    }

    @Override
    public boolean isMixed() {
        return first.isMixed() || second.isMixed();
    }

    @Override
    public int nonFiniteSaliencies() {
        return Math.max(first.nonFiniteSaliencies(), second.nonFiniteSaliencies());
    }

    @Override
    public INDArray mix(INDArray array) {
        return oneAfterTheOther(array, first::mix, second::mix);
    }

    @Override
    public INDArray mixLabels(INDArray labels) {
        return oneAfterTheOther(labels, first::mixLabels, second::mixLabels);
    }

    @Override
    public INDArray mixWeights(INDArray weights) {
        return oneAfterTheOther(weights, first::mixWeights, second::mixWeights);
    }

    /**
     * Applies both steps. The array between them takes no room in the caller's workspace and is freed at once: it is as large
     * as the result, and the garbage collector does not see the size of its memory.
     */
    private INDArray oneAfterTheOther(
            INDArray array, UnaryOperator<INDArray> firstStep, UnaryOperator<INDArray> secondStep) {
        if (!first.isMixed() || !second.isMixed()) {
            return secondStep.apply(firstStep.apply(array));
        }
        INDArray between;
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            between = firstStep.apply(array);
        }
        INDArray result = secondStep.apply(between);
        if (between != array && between != result) { // a step that changes nothing returns its argument
            between.close();
        }
        return result;
    }
}
