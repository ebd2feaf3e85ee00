package org.guidedmixup.plan;

import java.io.Serializable;
import org.guidedmixup.internal.FloatingPoint;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Label smoothing: y becomes (1 − e) y + e / K for classes (Szegedy et al. 2016), and (1 − e) y + e / 2 for labels that are
 * independent of each other, each of which has two outcomes.
 *
 * @param amount e, 0 to 1
 * @param kind what label rows are
 * @serial exclude
 */
public record LabelSmoothing(double amount, LabelKind kind) implements Serializable {
    /** Leaves labels as they are. */
    public static final LabelSmoothing NONE = new LabelSmoothing(0, LabelKind.BY_SUMS);

    /**
     * Checks the amount.
     *
     * @param amount e
     * @param kind what label rows are
     * @throws IllegalArgumentException if the amount is outside [0, 1]
     */
    public LabelSmoothing {
        if (!(amount >= 0 && amount <= 1)) {
            throw new IllegalArgumentException("labelSmoothing: expected a number from 0 to 1, got " + amount);
        }
    }

    /**
     * Returns the smoothing of labels whose kind is inferred from their sums.
     *
     * @param amount e, 0 to 1
     * @return the smoothing
     * @throws IllegalArgumentException if it is outside [0, 1]
     */
    public static LabelSmoothing of(double amount) {
        return new LabelSmoothing(amount, LabelKind.BY_SUMS);
    }

    /**
     * Smooths labels.
     *
     * @param labels any numeric type. Not modified.
     * @param axis the axis of the classes
     * @return a new array, in the input's type or FLOAT for integers; the labels themselves if e is 0 and they have that type
     */
    INDArray apply(INDArray labels, int axis) {
        INDArray own = FloatingPoint.of(labels);
        if (amount == 0) {
            return own;
        }
        long outcomes = kind.of(own, axis) == LabelKind.CLASSES ? own.size(axis) : 2;
        return own.mul(1 - amount).addi(amount / outcomes);
    }

    /** Like {@link #apply}, for the first of two steps: a new array is created outside the caller's workspace. */
    INDArray applyBefore(INDArray labels, int axis) {
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return apply(labels, axis);
        }
    }
}
