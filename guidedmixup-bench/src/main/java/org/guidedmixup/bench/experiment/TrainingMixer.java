package org.guidedmixup.bench.experiment;

import org.guidedmixup.BatchMixer;
import org.guidedmixup.bench.mixing.MixerSettings;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.training.BatchTransform;
import org.guidedmixup.dl4j.manifold.ManifoldPlan;
import org.guidedmixup.dl4j.manifold.MixPoints;
import org.guidedmixup.dl4j.saliency.ClassActivationMap;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.plan.SequencePlan;
import org.guidedmixup.saliency.ReducedSaliency;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.nd4j.linalg.dataset.DataSet;

/** What a method does to the batches of a training, and to the step that follows where it mixes inside of the network. */
public final class MethodMixing implements BatchTransform {
    private final MixPoints mixPoints;
    private final BatchMixer mixer;
    private final boolean ahead;

    /**
     * The mixing of one training.
     *
     * @param method the method
     * @param model the model in training; built with its input gradient or its mix points if the method uses them
     * @param probability the probability that a batch is mixed, 0 to 1
     * @param seed the seed of what the method draws
     * @param range which values of the batches mean black and white
     */
    public MethodMixing(MixingMethod method, ImageModel model, double probability, long seed, ValueRange range) {
        this(method, model, 1, probability, seed, range);
    }

    /**
     * The mixing of one training, with saliency of smaller images where it is the gradient of the model.
     *
     * @param method the method
     * @param model the model in training; built with its input gradient or its mix points if the method uses them
     * @param saliencyScale pixels of an image along each axis for one that the gradient is asked of, at least 1
     * @param probability the probability that a batch is mixed, 0 to 1
     * @param seed the seed of what the method draws
     * @param range which values of the batches mean black and white
     * @throws IllegalArgumentException if the scale is below 1
     */
    public MethodMixing(
            MixingMethod method, ImageModel model, int saliencyScale, double probability, long seed, ValueRange range) {
        this(
                method,
                model,
                ReducedSaliency.of(new ModelSaliency(model, false), saliencyScale),
                probability,
                seed,
                range);
    }

    /**
     * The mixing of one training.
     *
     * @param method the method
     * @param model the model in training, with mix points if the method uses them
     * @param gradient the saliency of the model in training, for methods that use its gradient
     * @param probability the probability that a batch is mixed, 0 to 1
     * @param seed the seed of what the method draws
     * @param range which values of the batches mean black and white
     */
    MethodMixing(
            MixingMethod method,
            ImageModel model,
            SaliencyDetector gradient,
            double probability,
            long seed,
            ValueRange range) {
        mixPoints = model.mixPoints();
        mixer = method.mixer(MixerSettings.of(saliency(method, model, gradient), probability, seed)
                .withRange(range)
                .withMixPoints(mixPoints.count()));
        ahead = mixer.asyncSupported() && !method.usesMixPoints();
    }

    private static SaliencyDetector saliency(MixingMethod method, ImageModel model, SaliencyDetector gradient) {
        if (method.usesClassMaps()) {
            return classMaps(model);
        }
        return method.usesGradient() ? gradient : new SpectralResidual();
    }

    /** Where a model sees the class of an image. */
    static SaliencyDetector classMaps(ImageModel model) {
        return ClassActivationMap.of(
                model.trainingGraph(), ImageModel.INPUT, model.lastFeatures(), ImageModel.LOGIT_WEIGHTS);
    }

    /** What mixes. */
    public BatchMixer mixer() {
        return mixer;
    }

    /** Unless the mixer asks the model in training, or tells it where to mix in the step that follows. */
    @Override
    public boolean ahead() {
        return ahead;
    }

    @Override
    public DataSet apply(DataSet batch, int epoch, int step) {
        MixPlan plan = mixer.plan(batch.getFeatures(), batch.getLabels(), epoch, step);
        if (last(plan) instanceof ManifoldPlan inside) {
            mixPoints.mixBy(inside);
        }
        MixedBatch mixed = plan.apply(batch.getFeatures(), batch.getLabels());
        return new DataSet(mixed.images(), mixed.labels());
    }

    private static MixPlan last(MixPlan plan) {
        return plan instanceof SequencePlan sequence ? sequence.second() : plan;
    }
}
