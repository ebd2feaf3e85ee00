package org.guidedmixup.dl4j.saliency;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ops.impl.layers.convolution.AvgPooling2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.DepthwiseConv2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.MaxPooling2D;
import org.nd4j.linalg.api.ops.impl.loss.SparseSoftmaxCrossEntropyLossWithLogits;
import org.nd4j.linalg.api.ops.impl.shape.Permute;
import org.nd4j.linalg.api.ops.impl.shape.Reshape;
import org.nd4j.linalg.api.ops.impl.shape.Transpose;
import org.nd4j.linalg.api.ops.impl.transforms.dtype.Cast;

/** What the operations of a SameDiff graph require of its inputs. */
final class SameDiffOperations {
    private SameDiffOperations() {}

    /**
     * An operation and where it expects channels.
     *
     * @param name the operation's name
     * @param format where it expects channels
     */
    record Stated(String name, DataFormat format) {}

    /** Returns the format of the first convolution or pooling that an image placeholder reaches. */
    static Optional<Stated> format(SameDiff graph, String images) {
        return first(
                        graph,
                        images,
                        operation -> channelsLast(operation).isPresent(),
                        operation -> !isOne(operation, Permute.class, Reshape.class, Transpose.class))
                .map(found -> new Stated(
                        found.getOwnName(), channelsLast(found).orElseThrow() ? DataFormat.NHWC : DataFormat.NCHW));
    }

    private static Optional<Boolean> channelsLast(DifferentialFunction operation) {
        if (operation instanceof Conv2D convolution) {
            return Optional.of(convolution.getConfig().isNHWC());
        }
        if (operation instanceof DepthwiseConv2D convolution) {
            return Optional.of(convolution.getConfig().isNHWC());
        }
        if (operation instanceof MaxPooling2D pooling) {
            return Optional.of(pooling.getConfig().isNHWC());
        }
        return operation instanceof AvgPooling2D pooling
                ? Optional.of(pooling.getConfig().isNHWC())
                : Optional.empty();
    }

    /** Returns whether a label placeholder, cast or not, feeds a loss over class indices. */
    static boolean takesClassIndices(SameDiff graph, String labels) {
        return first(
                        graph,
                        labels,
                        SparseSoftmaxCrossEntropyLossWithLogits.class::isInstance,
                        operation -> isOne(operation, Cast.class, Reshape.class))
                .isPresent();
    }

    /** Returns the first wanted operation that a variable reaches, through passed ones only. */
    private static Optional<DifferentialFunction> first(
            SameDiff graph,
            String variable,
            Predicate<DifferentialFunction> wanted,
            Predicate<DifferentialFunction> passed) {
        Deque<String> reached = new ArrayDeque<>(List.of(variable));
        Set<String> seen = new HashSet<>(reached);
        while (!reached.isEmpty()) {
            List<String> readers = graph.getVariables().get(reached.remove()).getInputsForOp();
            for (String reader : readers == null ? List.<String>of() : readers) {
                DifferentialFunction operation = graph.getOps().get(reader).getOp();
                if (wanted.test(operation)) {
                    return Optional.of(operation);
                }
                if (passed.test(operation)) {
                    graph.getOps().get(reader).getOutputsOfOp().stream()
                            .filter(seen::add)
                            .forEach(reached::add);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isOne(DifferentialFunction operation, Class<?>... kinds) {
        for (Class<?> kind : kinds) {
            if (kind.isInstance(operation)) {
                return true;
            }
        }
        return false;
    }
}
