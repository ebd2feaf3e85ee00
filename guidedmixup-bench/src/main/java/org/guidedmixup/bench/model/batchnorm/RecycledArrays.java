package org.guidedmixup.bench.model.batchnorm;

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
 * The arrays of a session, handed out anew to each computation and never twice within one.
 *
 * <p>SameDiff's own cache (1.0.0-M2.1) hands arrays out again while they are still read: the second computation of a
 * session differs from the first. Fresh arrays every time would be right but cost page faults and wait for the garbage
 * collector. The price here is memory: all activations and gradients of a batch live at once.
 */
final class RecycledArrays extends AbstractMemoryMgr {

    private record Kind(DataType type, List<Long> shape) {
        static Kind of(DataType type, long... shape) {
            return new Kind(type, Arrays.stream(shape).boxed().toList());
        }
    }

    private final Map<Kind, Deque<INDArray>> idle = new HashMap<>();
    private final List<INDArray> used = new ArrayList<>();

    @Override
    public INDArray allocate(boolean detached, DataType type, long... shape) {
        Deque<INDArray> candidates = idle.computeIfAbsent(Kind.of(type, shape), kind -> new ArrayDeque<>());
        INDArray array = candidates.isEmpty() ? Nd4j.createUninitializedDetached(type, shape) : candidates.removeLast();
        used.add(array);
        return array;
    }

    @Override
    public INDArray allocate(boolean detached, LongShapeDescriptor descriptor) {
        if (descriptor.isEmpty()) {
            return Nd4j.create(descriptor);
        }
        return allocate(detached, descriptor.dataType(), descriptor.getShape());
    }

    /** Nothing: arrays come back all together, when the computation is over. */
    @Override
    public void release(INDArray array) {}

    /**
     * Ends a computation: all of its arrays may be handed out again.
     *
     * @param kept the arrays that now belong to someone else
     */
    void recycle(Collection<INDArray> kept) {
        for (INDArray array : used) {
            boolean given = kept.stream().anyMatch(other -> other == array);
            if (!given) {
                Kind kind = Kind.of(array.dataType(), array.shape());
                idle.computeIfAbsent(kind, k -> new ArrayDeque<>()).add(array);
            }
        }
        used.clear();
    }

    @Override
    public void close() {
        idle.values().forEach(arrays -> arrays.forEach(INDArray::close));
        idle.clear();
    }
}
