package org.guidedmixup.bench.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.guidedmixup.bench.data.CropBorder;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.model.Architecture;
import org.guidedmixup.bench.model.Initialization;
import org.guidedmixup.bench.model.TrainingLoss;

/**
 * How every method of an experiment is trained: the same for all, so that they are comparable.
 *
 * @param architecture the network
 * @param epochs the number of epochs, at least 1
 * @param batch training batch size, at least 2
 * @param learningRate the highest rate, above 0
 * @param rateFalls the epochs at which the rate falls to a tenth, ascending; empty for the one-cycle schedule
 * @param weightDecay at least 0
 * @param mixProbability the probability that a batch is mixed; empty for each method's own
 * @param cleanLossWeight the weight of the loss of the batch before Guided-AP mixes it, at least 0
 * @param saliencyScale Guided-AP finds saliency on images reduced by this factor, at least 1
 * @param flip whether training images are mirrored at random
 * @param cropBorder what the random shift of training images brings in
 * @param loss what training minimises, and whose gradient is the saliency of Guided-AP
 * @param initialization how the weights of convolutions are drawn
 * @param initial the checkpoint whose weights the training starts from; empty for random weights
 * @param evaluateEvery epochs between evaluations on the test images, at least 1; the last epoch is always evaluated
 */
public record Protocol(
        Architecture architecture,
        int epochs,
        int batch,
        double learningRate,
        List<Integer> rateFalls,
        double weightDecay,
        OptionalDouble mixProbability,
        double cleanLossWeight,
        int saliencyScale,
        boolean flip,
        CropBorder cropBorder,
        TrainingLoss loss,
        Initialization initialization,
        Optional<Path> initial,
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
        rateFalls = List.copyOf(rateFalls);
        int before = 0;
        for (int fall : rateFalls) {
            require(
                    fall > before && fall < epochs,
                    "--lr-steps",
                    rateFalls,
                    "ascending epochs below --epochs " + epochs);
            before = fall;
        }
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

    /**
     * Describes the protocol in one line.
     *
     * @return such as {@code preactresnet18, 1200 epochs of batches of 100, learning rate 0.1 (falling to a tenth at
     *     each of epochs [400, 800]), …}
     */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%s, %d epochs of batches of %d, learning rate %s %s, weight decay %s, crop border %s, loss %s, init %s%s",
                architecture.name(),
                epochs,
                batch,
                learningRate,
                rateFalls.isEmpty() ? "(one-cycle)" : "(falling to a tenth at each of epochs " + rateFalls + ")",
                weightDecay,
                cropBorder,
                loss,
                initialization,
                initial.map(file -> ", fine-tuned from " + file).orElse(""));
    }

    /** Returns the probability that a batch is mixed by a method. */
    double mixProbability(MixingMethod method) {
        return mixProbability.orElse(method.mixProbability());
    }
}
