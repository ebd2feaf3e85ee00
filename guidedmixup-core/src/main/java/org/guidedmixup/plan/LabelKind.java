package org.guidedmixup.plan;

import org.guidedmixup.internal.Scratch;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The meaning of the numbers of a label row. */
public enum LabelKind {
    /** Inferred from the row sums, see {@link #of}. */
    BY_SUMS,

    /** A distribution over classes, one-hot or soft: the row sums to 1, as softmax outputs do. */
    CLASSES,

    /** Independent labels, each from 0 to 1, as sigmoid outputs are; a single column is one such label. */
    MULTI_LABEL;

    /** How far from 1 the sum of a distribution may be: half precision rounds. */
    private static final double TOLERANCE = 0.01;

    /**
     * Returns the kind of a batch. BY_SUMS gives one kind for the whole batch, not one per row: a single row whose sum is not 1
     * makes all of them multi-label, because a multi-label row may have exactly one label. A multi-label batch in which every
     * row happens to sum to 1 is taken for classes; if that can occur, set the kind.
     *
     * @param labels [M, K], or dense labels [M, K, H, W] or [M, H, W, K]; numbers. Not modified.
     * @param axis the axis of the classes
     * @return this kind; for BY_SUMS, MULTI_LABEL if there is only one column or a row does not sum to 1, otherwise CLASSES
     */
    public LabelKind of(INDArray labels, int axis) {
        return this == BY_SUMS ? bySums(labels, axis) : this;
    }

    private static LabelKind bySums(INDArray labels, int axis) {
        if (labels.size(axis) == 1) {
            return MULTI_LABEL;
        }
        try (MemoryWorkspace scratch = Scratch.open(LabelKind.class)) {
            INDArray sums = labels.castTo(DataType.FLOAT).sum(axis);
            INDArray distances = Transforms.abs(sums.subi(1), false);
            return distances.maxNumber().doubleValue() > TOLERANCE ? MULTI_LABEL : CLASSES;
        }
    }
}
