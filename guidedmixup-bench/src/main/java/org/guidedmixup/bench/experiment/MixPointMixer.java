package org.guidedmixup.bench.experiment;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Optional;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.PlannedBatch;
import org.guidedmixup.dl4j.manifold.ManifoldPlan;
import org.guidedmixup.dl4j.manifold.MixPoints;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.SequencePlan;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Manifold Mixup for a model in training: makes the mix points of the model mix the next step as drawn. */
final class MixPointMixer implements BatchMixer {
    private static final long serialVersionUID = 1L;

    private final BatchMixer mixer;
    private final transient MixPoints points;

    MixPointMixer(BatchMixer mixer, MixPoints points) {
        this.mixer = mixer;
        this.points = points;
    }

    @Override
    public MixPlan plan(INDArray images, INDArray labels, int epoch, long batch) {
        return handedOn(mixer.plan(images, labels, epoch, batch));
    }

    @Override
    public MixPlan plan(INDArray images, INDArray labels) {
        return handedOn(mixer.plan(images, labels));
    }

    @Override
    public PlannedBatch mix(INDArray images, INDArray labels, int epoch, long batch) {
        PlannedBatch mixed = mixer.mix(images, labels, epoch, batch);
        handedOn(mixed.plan());
        return mixed;
    }

    private MixPlan handedOn(MixPlan plan) {
        MixPlan last = plan instanceof SequencePlan sequence ? sequence.second() : plan;
        if (last instanceof ManifoldPlan inside) {
            points.mixBy(inside);
        }
        return plan;
    }

    @Override
    public void check(INDArray images, INDArray labels) {
        mixer.check(images, labels);
    }

    @Override
    public Optional<DataFormat> dataFormat() {
        return mixer.dataFormat();
    }

    /** Returns false: a plan applies to the next step. */
    @Override
    public boolean asyncSupported() {
        return false;
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("the mix points of a model in training cannot be stored without the model");
    }
}
