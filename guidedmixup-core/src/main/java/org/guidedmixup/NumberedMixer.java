package org.guidedmixup;

import java.util.concurrent.atomic.AtomicLong;
import org.guidedmixup.plan.MixPlan;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A mixer that numbers the calls that name no batch. */
abstract class NumberedMixer implements BatchMixer {
    private static final long serialVersionUID = 1L;

    /** The number of the next such call. */
    private final AtomicLong nextBatch = new AtomicLong();

    @Override
    public final MixPlan plan(INDArray images, INDArray labels) {
        return plan(images, labels, 0, nextBatch.getAndIncrement());
    }
}
