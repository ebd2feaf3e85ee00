package org.guidedmixup.dl4j.samediff;

import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.saliency.GradientSaliency;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.saliency.ReducedSaliency;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.ListenerVariables;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Guided-AP for SameDiff: mixes every batch according to the gradient saliency of the graph that is about to train on it.
 *
 * <pre>{@code
 * graph.addListeners(new GradientSaliencyListener("input", "label", GuidedMixup.builder().mixProbability(0.8).seed(42)));
 * graph.fit(trainData, epochs);
 * }</pre>
 *
 * <p>With a {@linkplain Builder#cleanLossWeight clean loss weight} w the pass that finds the saliency also computes the
 * gradient g of the parameters for the unmixed batch. The step then uses the gradient of the mixed batch plus w g, which is
 * that of the loss {@code mixed + w clean}. The sum is formed before anything else sees the gradient, so momentum, Adam and
 * regularisation act on it once. A batch that is not mixed has no clean pass and an ordinary step. The loss that SameDiff
 * reports remains that of the mixed batch.
 *
 * <p>Batches, other listeners, evaluation and seeds are treated as by {@link MixupListener}; saliency is that of
 * {@link GradientSaliency}. One listener serves one graph.
 */
public final class GradientSaliencyListener extends MixingListener {
    private static final String GRADIENT_FUNCTION = "grad";

    /** Has no detector until the graph is known. */
    private final GuidedMixup.Builder mixup;

    private final int saliencyScale;
    private final CleanLoss cleanLoss;

    private SameDiff graph;
    private BatchMixer mixer;

    private GradientSaliencyListener(Builder builder) {
        super(builder.imagePlaceholder, builder.labelPlaceholder);
        mixup = builder.mixup;
        saliencyScale = builder.saliencyScale;
        cleanLoss = builder.cleanLoss;
    }

    /**
     * Makes a listener that finds saliency on full-size images and trains only on mixed batches.
     *
     * @param imagePlaceholder what the training configuration calls the feature array of images
     * @param labelPlaceholder what it calls the array of their labels, one-hot or soft
     * @param mixup how batches are mixed; its detector is replaced by the gradient of the graph. Do not reuse it. Guided-AP as
     *     published mixes with a {@code mixProbability} of 0.8.
     * @throws IllegalArgumentException if an argument is null
     */
    public GradientSaliencyListener(String imagePlaceholder, String labelPlaceholder, GuidedMixup.Builder mixup) {
        this(builder(imagePlaceholder, labelPlaceholder, mixup));
    }

    /**
     * Starts with the settings of {@link #GradientSaliencyListener(String, String, GuidedMixup.Builder)}.
     *
     * @param imagePlaceholder what the training configuration calls the feature array of images
     * @param labelPlaceholder what it calls the array of their labels, one-hot or soft
     * @param mixup how batches are mixed, as there
     * @return a builder
     * @throws IllegalArgumentException if an argument is null
     */
    public static Builder builder(String imagePlaceholder, String labelPlaceholder, GuidedMixup.Builder mixup) {
        return new Builder(imagePlaceholder, labelPlaceholder, mixup);
    }

    /**
     * Creates the gradient function with the gradient of the images; {@code fit} calls this before it would create its own.
     *
     * @param sameDiff the graph, or its gradient function if {@code calculateGradients} calls
     * @return no variables
     * @throws IllegalArgumentException as in {@link GradientSaliency#of(SameDiff, String, String)}
     * @throws IllegalStateException as there, or if the listener was used with another graph before
     */
    @Override
    public ListenerVariables requiredVariables(SameDiff sameDiff) {
        if (!sameDiff.hasVariable(GRADIENT_FUNCTION)) {
            mixer(sameDiff);
            if (!sameDiff.hasGradientFunction()) {
                sameDiff.createGradFunction(images());
            }
        }
        return ListenerVariables.empty();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same graph, not an equal one
    BatchMixer mixer(SameDiff sameDiff) {
        if (graph == null) {
            mixer = mixup.saliency(ReducedSaliency.of(saliency(sameDiff), saliencyScale))
                    .build();
            graph = sameDiff;
        }
        if (graph != sameDiff) {
            throw new IllegalStateException(
                    "this listener was used with another SameDiff graph before; build one for each graph");
        }
        return mixer;
    }

    private GradientSaliency saliency(SameDiff sameDiff) {
        return cleanLoss.isUsed()
                ? GradientSaliency.of(sameDiff, images(), labels(), cleanLoss::keep)
                : GradientSaliency.of(sameDiff, images(), labels());
    }

    @Override
    void planned(MixPlan plan) {
        if (!plan.isMixed()) {
            cleanLoss.forget();
        }
    }

    @Override
    void ended() {
        cleanLoss.forget();
    }

    /**
     * Adds the clean batch's part to the gradient of a parameter; SameDiff calls this before it regularises the gradient and
     * passes it to the updater.
     *
     * @param sameDiff not used
     * @param at not used
     * @param batch not used
     * @param op not used
     * @param variable the name of the variable that was computed
     * @param activation its value. Modified if it is the gradient of a parameter and there is a clean loss weight.
     */
    @Override
    public void activationAvailable(
            SameDiff sameDiff, At at, MultiDataSet batch, SameDiffOp op, String variable, INDArray activation) {
        cleanLoss.addTo(variable, activation);
    }

    /** The settings of a {@link GradientSaliencyListener} other than those of mixing. */
    public static final class Builder {
        private final String imagePlaceholder;
        private final String labelPlaceholder;
        private final GuidedMixup.Builder mixup;

        private int saliencyScale = 1;
        private CleanLoss cleanLoss = new CleanLoss(0);

        private Builder(String imagePlaceholder, String labelPlaceholder, GuidedMixup.Builder mixup) {
            this.imagePlaceholder = required("imagePlaceholder", imagePlaceholder);
            this.labelPlaceholder = required("labelPlaceholder", labelPlaceholder);
            this.mixup = required("mixup", mixup);
        }

        /**
         * Sets the factor by which images are reduced along each axis to find saliency, for graphs whose image placeholder has
         * -1 for height and width; default 1. With 2 the extra pass costs about a quarter. See {@link ReducedSaliency}.
         *
         * @param scale at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder saliencyScale(int scale) {
            if (scale < 1) {
                throw new IllegalArgumentException("saliencyScale: expected at least 1, got " + scale);
            }
            saliencyScale = scale;
            return this;
        }

        /**
         * Sets the weight of the loss of the unmixed batch, added to that of the mixed batch; default 0. This is the released
         * code's {@code clean_lam}, which Kang and Kim 2023 set to 1 on Tiny-ImageNet. Above 0 the extra pass also computes the
         * gradients of all parameters, which takes about half as long again.
         *
         * @param weight at least 0
         * @return this builder
         * @throws IllegalArgumentException if it is negative or not finite
         */
        public Builder cleanLossWeight(double weight) {
            cleanLoss = new CleanLoss(weight);
            return this;
        }

        /**
         * Makes the listener.
         *
         * @return the listener
         * @throws IllegalArgumentException if there is a clean loss weight and a saliency scale above 1: the gradient of reduced
         *     images is not that of the batch
         */
        public GradientSaliencyListener build() {
            if (cleanLoss.isUsed() && saliencyScale > 1) {
                throw new IllegalArgumentException(
                        "cleanLossWeight above 0 with saliencyScale " + saliencyScale
                                + ": expected a saliencyScale of 1, because the gradient of reduced images is not that of the batch");
            }
            return new GradientSaliencyListener(this);
        }
    }
}
