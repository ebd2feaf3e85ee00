package org.guidedmixup.bench.experiment;

import org.guidedmixup.BatchMixer;
import org.guidedmixup.MixedBatch;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.training.BatchTransform;
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
     * @param model the model in training; built with its input gradient if the method {@link #needsInputGradient}
     * @param probability the probability that a batch is mixed, 0 to 1
     * @param seed the seed of what the method draws
     */
    public MethodMixing(MixingMethod method, ImageModel model, double probability, long seed) {
        this(method, new ModelSaliency(model, false), probability, seed);
    }

    /**
     * The mixing of one training.
     *
     * @param method the method
     * @param ofModel the saliency of the model in training, for methods that {@link #needsInputGradient}
     * @param probability the probability that a batch is mixed, 0 to 1
     * @param seed the seed of what the method draws
     */
    MethodMixing(MixingMethod method, SaliencyDetector ofModel, double probability, long seed) {
        SaliencyDetector saliency = needsInputGradient(method) ? ofModel : new SpectralResidual();
        mixer = method.mixer(saliency, probability, seed);
    }

    /**
     * Whether a method asks the model for its input gradient.
     *
     * @param method the method
     * @return true for Guided-AP
     */
    public static boolean needsInputGradient(MixingMethod method) {
        return method == MixingMethod.GUIDED_AP;
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
