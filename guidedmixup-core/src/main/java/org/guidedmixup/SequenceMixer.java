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
        PlannedBatch before = between(images, labels, epoch, batch);
        INDArray betweenImages = before.mixed().images();
        INDArray betweenLabels = before.mixed().labels();
        try {
            return new SequencePlan(before.plan(), second.plan(betweenImages, betweenLabels, epoch, batch));
        } finally {
            close(betweenImages, images);
            close(betweenLabels, labels);
        }
    }

    /** The second mixer mixes the images that its plan was drawn for, so the first one mixes once. */
    @Override
    public PlannedBatch mix(INDArray images, INDArray labels, int epoch, long batch) {
        PlannedBatch before = between(images, labels, epoch, batch);
        INDArray betweenImages = before.mixed().images();
        INDArray betweenLabels = before.mixed().labels();
        PlannedBatch after;
        try {
            after = second.mix(betweenImages, betweenLabels, epoch, batch);
        } catch (RuntimeException | Error failure) {
            close(betweenImages, images);
            close(betweenLabels, labels);
            throw failure;
        }
        MixedBatch mixed = new MixedBatch(
                inCallersMemory(after.mixed().images(), betweenImages, images),
                inCallersMemory(after.mixed().labels(), betweenLabels, labels));
        return new PlannedBatch(new SequencePlan(before.plan(), after.plan()), mixed);
    }

    /** Mixes by the first mixer. What lies between the steps takes no room in the caller's workspace. */
    private PlannedBatch between(INDArray images, INDArray labels, int epoch, long batch) {
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return first.mix(images, labels, epoch, batch);
        }
    }

    /** Returns the result, copied to the caller's workspace if the second step handed on what the first one made. */
    private static INDArray inCallersMemory(INDArray result, INDArray between, INDArray original) {
        if (result != between) {
            close(between, original);
            return result;
        }
        if (between == original || Nd4j.getMemoryManager().getCurrentWorkspace() == null) {
            return result;
        }
        INDArray copy = result.dup();
        close(between, original);
        return copy;
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
