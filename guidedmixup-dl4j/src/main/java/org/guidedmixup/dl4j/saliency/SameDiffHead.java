package org.guidedmixup.dl4j.saliency;

import java.util.Arrays;
import java.util.Optional;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ops.impl.broadcast.BiasAdd;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.api.ops.impl.reduce.floating.Mean;
import org.nd4j.linalg.api.ops.impl.shape.Reshape;
import org.nd4j.linalg.api.ops.impl.shape.Squeeze;
import org.nd4j.linalg.api.ops.impl.transforms.custom.LogSoftMax;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.api.ops.impl.transforms.custom.XwPlusB;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.api.ops.impl.transforms.same.Identity;
import org.nd4j.linalg.api.ops.random.impl.DropOut;
import org.nd4j.linalg.api.ops.random.impl.DropOutInverted;

/**
 * Where a SameDiff graph pools its feature maps and scores the means.
 *
 * @param features the variable of the last feature maps
 * @param weights the variable [C, K] that their means are multiplied with
 * @param format where the channels of the feature maps are; empty if as in the images
 */
record SameDiffHead(String features, String weights, Optional<DataFormat> format) {

    /**
     * Traces the class scores back to the feature maps.
     *
     * @param graph the graph
     * @param logits the variable of the class scores, or of their softmax
     * @throws IllegalArgumentException if they are not a linear layer over means of feature maps
     */
    static SameDiffHead of(SameDiff graph, String logits) {
        if (logits == null || !graph.hasVariable(logits)) {
            throw new IllegalArgumentException(
                    "logits \"" + logits + "\": expected a variable of the graph, found none");
        }
        DifferentialFunction linear = creator(graph, logits, SoftMax.class, LogSoftMax.class, Identity.class);
        if (linear instanceof AddOp || linear instanceof BiasAdd) {
            // The bias is a variable that no operation computes.
            DifferentialFunction first = creator(graph, linear.arg(0).name());
            linear = first == null ? creator(graph, linear.arg(1).name()) : first;
        }
        if (!(linear instanceof XwPlusB || linear instanceof Mmul) || isTransposed(linear)) {
            throw noHead(logits, linear);
        }
        DifferentialFunction pooling = creator(
                graph,
                linear.arg(0).name(),
                Identity.class,
                Reshape.class,
                Squeeze.class,
                DropOut.class,
                DropOutInverted.class);
        if (!(pooling instanceof Mean mean)) {
            throw noHead(logits, pooling);
        }
        return new SameDiffHead(
                pooling.arg(0).name(),
                linear.arg(1).name(),
                Optional.of(format(logits, pooling, mean.getDimensions())));
    }

    private static DataFormat format(String logits, DifferentialFunction pooling, int... dimensions) {
        int[] axes = Arrays.stream(dimensions == null ? new int[0] : dimensions)
                .map(axis -> axis < 0 ? axis + 4 : axis)
                .sorted()
                .toArray();
        if (Arrays.equals(axes, new int[] {2, 3})) {
            return DataFormat.NCHW;
        }
        if (Arrays.equals(axes, new int[] {1, 2})) {
            return DataFormat.NHWC;
        }
        throw noHead(logits, pooling);
    }

    /** Returns the operation that computes a variable, before any operations of the kinds to skip; null if there is none. */
    private static DifferentialFunction creator(SameDiff graph, String variable, Class<?>... skipped) {
        DifferentialFunction operation = graph.getVariableOutputOp(variable);
        while (operation != null && isOne(operation, skipped)) {
            operation = graph.getVariableOutputOp(operation.arg(0).name());
        }
        return operation;
    }

    private static boolean isOne(DifferentialFunction operation, Class<?>... kinds) {
        return Arrays.stream(kinds).anyMatch(kind -> kind.isInstance(operation));
    }

    private static boolean isTransposed(DifferentialFunction linear) {
        return linear instanceof Mmul product
                && Arrays.stream(product.iArgs()).limit(2).anyMatch(transposed -> transposed != 0);
    }

    private static IllegalArgumentException noHead(String logits, DifferentialFunction found) {
        String operation = found == null ? "a variable that nothing computes" : "the operation " + found.opName();
        return new IllegalArgumentException(
                "logits \"" + logits + "\": expected "
                        + "mean(2, 3) of the last feature maps [M, C, h, w] (or mean(1, 2) of [M, h, w, C]) "
                        + "and one linear layer after it, found " + operation
                        + "; if the graph expresses the same in another way, name feature maps and weights instead of the logits");
    }
}
