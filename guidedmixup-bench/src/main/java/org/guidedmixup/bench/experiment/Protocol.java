package org.guidedmixup.bench.experiment;

import java.util.OptionalDouble;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.model.Architecture;

/**
 * How every method of an experiment is trained: the same for all, so that they compare.
 *
 * @param architecture the network
 * @param epochs the number of epochs, at least 1
 * @param batch images of a training batch, at least 2
 * @param learningRate the highest rate of the one-cycle schedule, above 0
 * @param weightDecay at least 0
 * @param mixProbability the probability that a batch is mixed; empty for each method's own
 * @param cleanLossWeight the weight of the loss of the batch before Guided-AP mixes it, at least 0
 * @param saliencyScale Guided-AP finds saliency on images reduced by this factor, at least 1
 * @param flip whether training images are mirrored at random
 * @param evaluateEvery epochs between evaluations on the test images, at least 1; the last epoch is always evaluated
 */
public record Protocol(
        Architecture architecture,
        int epochs,
        int batch,
        double learningRate,
        double weightDecay,
        OptionalDouble mixProbability,
        double cleanLossWeight,
        int saliencyScale,
        boolean flip,
        int evaluateEvery) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range; the message names the option
     */
    public Protocol {
        require(epochs >= 1, "--epochs", epochs, "at least 1");
        require(batch >= 2, "--batch", batch, "at least 2");
        require(learningRate > 0 && Double.isFinite(learningRate), "--lr", learningRate, "a number above 0");
        require(weightDecay >= 0 && Double.isFinite(weightDecay), "--weight-decay", weightDecay, "at least 0");
        double probability = mixProbability.orElse(0);
        require(probability >= 0 && probability <= 1, "--mix-probability", probability, "0 to 1");
        require(
                cleanLossWeight >= 0 && Double.isFinite(cleanLossWeight),
                "--clean-loss-weight",
                cleanLossWeight,
                "at least 0");
        require(saliencyScale >= 1, "--saliency-scale", saliencyScale, "at least 1");
        require(
                saliencyScale == 1 || cleanLossWeight == 0,
                "--saliency-scale",
                saliencyScale,
                "1 with --clean-loss-weight: the gradient of reduced images is not that of the batch");
        require(evaluateEvery >= 1, "--evaluate-every", evaluateEvery, "at least 1");
    }

    private static void require(boolean holds, String option, Object value, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException(option + " " + value + ": expected " + wanted);
        }
    }

    /** The probability that a batch is mixed by a method. */
    double mixProbability(MixingMethod method) {
        return mixProbability.orElse(method.mixProbability());
    }
}
