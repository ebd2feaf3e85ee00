package org.guidedmixup;

import java.util.concurrent.atomic.AtomicLong;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.plan.SequencePlan;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Two mixers, one after the other. */
final class MixerSequence implements BatchMixer {
    private static final long serialVersionUID = 1L;

    /** Mixes what comes in. */
    private final BatchMixer first;

    /** Mixes what the first one has mixed. */
    private final BatchMixer second;

    /** Numbers the calls that name no batch. */
    private final AtomicLong nextBatch = new AtomicLong();

    MixerSequence(BatchMixer first, BatchMixer second) {
        if (second == null) {
            throw new IllegalArgumentException("next: expected a BatchMixer, got null");
        }
        this.first = first;
        this.second = second;
    }

    @Override
    public MixPlan plan(INDArray images, INDArray labels, int epoch, long batch) {
        MixPlan before = first.plan(images, labels, epoch, batch);
        try (MemoryWorkspace scratch = Scratch.open(MixerSequence.class)) {
            MixedBatch mixed = before.apply(images, labels);
            return new SequencePlan(before, second.plan(mixed.images(), mixed.labels(), epoch, batch));
        }
    }

    @Override
    public MixPlan plan(INDArray images, INDArray labels) {
        return plan(images, labels, 0, nextBatch.getAndIncrement());
    }

    @Override
    public boolean asyncSupported() {
        return first.asyncSupported() && second.asyncSupported();
    }
}
