package org.guidedmixup.dl4j.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.internal.memory.AbstractMemoryMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays of a SameDiff session, handed out again to each computation, but never twice within one.
 *
 * <p>SameDiff's own cache (1.0.0-M2.1) hands arrays out again while they are still being read, so the second computation of a
 * session differs from the first; without a cache, every computation waits for page faults and garbage collection. The price is
 * memory: all activations and gradients of a batch live at once.
 */
final class SessionArrays extends AbstractMemoryMgr {

    private record Kind(DataType type, List<Long> shape) {
        static Kind of(DataType type, long... shape) {
            return new Kind(type, Arrays.stream(shape).boxed().toList());
        }
    }

    /** An array and the kind it was handed out as, because operations may change an array's shape. */
    private record Used(Kind kind, INDArray array) {}

    private final Map<Kind, Deque<INDArray>> idle = new HashMap<>();
    private final List<Used> used = new ArrayList<>();

    /** The arrays that the last computation left to others. */
    private final List<Used> given = new ArrayList<>();

    @Override
    public INDArray allocate(boolean detached, DataType type, long... shape) {
        Kind kind = Kind.of(type, shape);
        Deque<INDArray> candidates = idle.computeIfAbsent(kind, k -> new ArrayDeque<>());
        INDArray array = candidates.isEmpty() ? Nd4j.createUninitializedDetached(type, shape) : candidates.removeLast();
        used.add(new Used(kind, array));
        return array;
    }

    @Override
    public INDArray allocate(boolean detached, LongShapeDescriptor descriptor) {
        if (descriptor.isEmpty()) {
            return Nd4j.create(descriptor);
        }
        return allocate(detached, descriptor.dataType(), descriptor.getShape());
    }

    /** Does nothing: all arrays come back together when the computation is over. */
    @Override
    public void release(INDArray array) {}

    /**
     * Ends a computation: all of its arrays may be handed out again.
     *
     * @param kept the arrays that now belong to someone else
     */
    void recycle(Collection<INDArray> kept) {
        given.clear();
        for (Used one : used) {
            boolean isKept = kept.stream().anyMatch(other -> other == one.array);
            if (isKept) {
                given.add(one);
            } else {
                recycle(one);
            }
        }
        used.clear();
    }

    /** Takes back what the last {@link #recycle(Collection)} left to others. */
    void takeBack() {
        given.forEach(this::recycle);
        given.clear();
    }

    private void recycle(Used one) {
        boolean isWhole = !one.array.wasClosed()
                && Kind.of(one.array.dataType(), one.array.shape()).equals(one.kind);
        if (isWhole) {
            idle.get(one.kind).add(one.array);
        }
    }

    @Override
    public void close() {
        idle.values().forEach(arrays -> arrays.forEach(INDArray::close));
        idle.clear();
        given.clear();
    }
}
