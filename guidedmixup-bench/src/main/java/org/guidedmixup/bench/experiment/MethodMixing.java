package org.guidedmixup.bench.experiment;

import org.guidedmixup.BatchMixer;
import org.guidedmixup.MixedBatch;
import org.guidedmixup.bench.mixing.MixerSettings;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.training.BatchTransform;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.SpectralResidual;
import org.nd4j.linalg.dataset.DataSet;

/** What a method does to the batches of a training. */
public final class MethodMixing implements BatchTransform {
    private final BatchMixer mixer;

    /**
     * The mixing of one training.
     *
     * @param method the method
     * @param model the model in training; built with its input gradient if the method uses it
     * @param probability the probability that a batch is mixed, 0 to 1
     * @param seed the seed of what the method draws
     * @param range which values of the batches mean black and white
     */
    public MethodMixing(MixingMethod method, ImageModel model, double probability, long seed, ValueRange range) {
        this(method, new ModelSaliency(model, false), probability, seed, range);
    }

    /**
     * The mixing of one training.
     *
     * @param method the method
     * @param ofModel the saliency of the model in training, for methods that use its gradient
     * @param probability the probability that a batch is mixed, 0 to 1
     * @param seed the seed of what the method draws
     * @param range which values of the batches mean black and white
     */
    MethodMixing(MixingMethod method, SaliencyDetector ofModel, double probability, long seed, ValueRange range) {
        SaliencyDetector saliency = method.usesGradient() ? ofModel : new SpectralResidual();
        mixer = method.mixer(MixerSettings.of(saliency, probability, seed).withRange(range));
    }

    /** What mixes. */
    public BatchMixer mixer() {
        return mixer;
    }

    @Override
    public DataSet apply(DataSet batch, int epoch, int step) {
        MixedBatch mixed = mixer.plan(batch.getFeatures(), batch.getLabels(), epoch, step)
                .apply(batch.getFeatures(), batch.getLabels());
        return new DataSet(mixed.images(), mixed.labels());
    }
}
