package org.guidedmixup.bench.experiment;

import org.guidedmixup.BatchMixer;
import org.guidedmixup.bench.mixing.MixerSettings;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.training.CleanLoss;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.saliency.ReducedSaliency;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.spectral.SpectralResidual;

/**
 * Creates the mixer of a method for a model in training. Some methods take saliency from the model, some mix inside it.
 */
public final class TrainingMixer {
    private TrainingMixer() {}

    /**
     * Creates a mixer.
     *
     * @param method the method
     * @param model the model in training; built with its input gradient or its mix points if the method uses them
     * @param saliency what finds salient regions, see {@link #saliency}
     * @param probability the probability that a batch is mixed, 0 to 1
     * @param seed the seed of what the method draws
     * @param range the values of black and white in the batches
     * @return the mixer; not {@link BatchMixer#asyncSupported()} if it runs the model or sets how it mixes
     */
    public static BatchMixer of(
            MixingMethod method,
            ImageModel model,
            SaliencyDetector saliency,
            double probability,
            long seed,
            ValueRange range) {
        BatchMixer mixer = method.mixer(MixerSettings.of(saliency, probability, seed)
                .withRange(range)
                .withMixPoints(model.mixPoints().count()));
        return method.usesMixPoints() ? new MixPointMixer(mixer, model.mixPoints()) : mixer;
    }

    /**
     * Returns the saliency of a method: class activation maps of the model, the gradient of its loss, or the spectral
     * residual.
     *
     * @param method the method
     * @param model the model in training
     * @param scale the factor by which images are reduced along each axis before the gradient is computed, at least 1
     * @return the detector
     * @throws IllegalArgumentException if the scale is below 1
     */
    public static SaliencyDetector saliency(MixingMethod method, ImageModel model, int scale) {
        return method.usesGradient()
                ? ReducedSaliency.of(model.gradientSaliency(), scale)
                : saliencyWithoutGradient(method, model);
    }

    /**
     * Returns the same, with the loss of the batches before they are mixed.
     *
     * @param method the method
     * @param model the model in training
     * @param cleanLoss receives the parameter gradient of every batch whose saliency is the gradient of the model
     * @return the detector
     */
    static SaliencyDetector saliency(MixingMethod method, ImageModel model, CleanLoss cleanLoss) {
        return method.usesGradient() ? model.gradientSaliency(cleanLoss::keep) : saliencyWithoutGradient(method, model);
    }

    private static SaliencyDetector saliencyWithoutGradient(MixingMethod method, ImageModel model) {
        return method.usesClassMaps() ? model.classActivationMap() : new SpectralResidual();
    }
}
