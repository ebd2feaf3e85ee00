package org.guidedmixup.dl4j;

import org.guidedmixup.BatchMixer;
import org.guidedmixup.plan.MixPlan;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A stand-in for a mixer that uses the network in training, which must not run ahead. */
public record UsesNetwork(BatchMixer mixer) implements BatchMixer {
    @Override
    public MixPlan plan(INDArray images, INDArray labels, int epoch, long batch) {
        return mixer.plan(images, labels, epoch, batch);
    }

    @Override
    public MixPlan plan(INDArray images, INDArray labels) {
        return mixer.plan(images, labels);
    }

    @Override
    public boolean asyncSupported() {
        return false;
    }
}
