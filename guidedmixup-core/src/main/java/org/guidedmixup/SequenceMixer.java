package org.guidedmixup;

import java.util.Optional;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.plan.SequencePlan;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Two mixers, one after the other; its plans are {@link SequencePlan}s. */
final class SequenceMixer extends NumberedMixer {
    private static final long serialVersionUID = 1L;

    /** Mixes the original batch. */
    private final BatchMixer first;

    /** Mixes the result of the first one. */
    private final BatchMixer second;

    SequenceMixer(BatchMixer first, BatchMixer second) {
        if (second == null) {
            throw new IllegalArgumentException("next: expected a BatchMixer, got null");
        }
        requireSameFormat("next", first, second);
        this.first = first;
        this.second = second;
    }

    /** Refuses a mixer that expects another image layout than the one before it. */
    static void requireSameFormat(String name, BatchMixer other, BatchMixer mixer) {
        DataFormat wanted = other.dataFormat().orElse(null);
        DataFormat format = mixer.dataFormat().orElse(wanted);
        if (wanted != null && wanted != format) {
            throw new IllegalArgumentException(
                    name + ": expected a mixer for " + wanted + " images, like the mixer before it, got one for "
                            + format + "; set the same .dataFormat(...) on both builders");
        }
    }

    @Override
    public void check(INDArray images, INDArray labels) {
        first.check(images, labels);
        second.check(images, labels);
    }

    @Override
    public Optional<DataFormat> dataFormat() {
        return first.dataFormat().or(second::dataFormat);
    }

    @Override
    public MixPlan plan(INDArray images, INDArray labels, int epoch, long batch) {
        MixPlan before = first.plan(images, labels, epoch, batch);
        MixedBatch between;
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            between = before.apply(images, labels);
        }
        try {
            return new SequencePlan(before, second.plan(between.images(), between.labels(), epoch, batch));
        } finally {
            close(between.images(), images);
            close(between.labels(), labels);
        }
    }

    /** Frees an array made between the steps at once: the garbage collector does not see the size of its memory. */
    private static void close(INDArray between, INDArray original) {
        if (between != original && between.closeable()) {
            between.close();
        }
    }

    /** Returns the steps of the second mixer, on the batch as the first one leaves it. */
    @Override
    public MixSteps steps(INDArray images, INDArray labels, int epoch, long batch) {
        MixPlan before = first.plan(images, labels, epoch, batch);
        MixedBatch between = before.apply(images, labels);
        MixSteps after = second.steps(between.images(), between.labels(), epoch, batch);
        return new MixSteps(after.batch(), new SequencePlan(before, after.plan()));
    }

    @Override
    public boolean asyncSupported() {
        return first.asyncSupported() && second.asyncSupported();
    }

    @Override
    public boolean varies() {
        return first.varies() || second.varies();
    }
}
