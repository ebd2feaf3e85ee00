package org.guidedmixup.dl4j.samediff;

import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.saliency.GradientSaliency;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.pairing.PairingStrategy;
import org.nd4j.autodiff.listeners.ListenerVariables;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.DataFormat;

/**
 * Guided-AP for SameDiff: mixes every batch by the gradient saliency of the graph that is about to train on it.
 *
 * <pre>{@code
 * graph.addListeners(GradientSaliencyListener.builder("input", "label").mixProbability(0.8).seed(42).build());
 * graph.fit(trainData, epochs);
 * }</pre>
 *
 * <p>Add it before the first {@code fit} or {@code calculateGradients}: the gradient with respect to the images has to be
 * part of the graph's gradient function, which is created once. Otherwise {@code fit} throws.
 *
 * <p>As to batches, other listeners, evaluation and seeds it is as {@link MixupListener}; saliency is that of
 * {@link GradientSaliency}. One listener serves one graph.
 */
public final class GradientSaliencyListener extends MixingListener {
    private static final String GRADIENT_FUNCTION = "grad";

    /** Lacks its detector until the graph is known. */
    private final GuidedMixup.Builder settings;

    private SameDiff graph;
    private BatchMixer mixer;

    private GradientSaliencyListener(Builder builder) {
        super(builder.imagePlaceholder, builder.labelPlaceholder);
        settings = builder.settings;
    }

    /**
     * Starts with Guided-AP as published: Gaussian blur 7 x 7 with sigma 3, greedy pairing, eight of ten batches mixed.
     *
     * @param imagePlaceholder what the training configuration calls the feature array of images
     * @param labelPlaceholder what it calls the array of their labels, one-hot or soft
     * @return a builder
     */
    public static Builder builder(String imagePlaceholder, String labelPlaceholder) {
        return new Builder(imagePlaceholder, labelPlaceholder);
    }

    /**
     * Called by {@code fit} before it creates the gradient function; that is done here, with the gradient of the images.
     *
     * @param sameDiff the graph, or its gradient function where {@code calculateGradients} asks
     * @return none
     * @throws IllegalArgumentException as in {@link GradientSaliency#of(SameDiff, String, String)}
     * @throws IllegalStateException as there, or if the listener was used with another graph before
     */
    @Override
    public ListenerVariables requiredVariables(SameDiff sameDiff) {
        if (!sameDiff.hasVariable(GRADIENT_FUNCTION)) {
            mixer(sameDiff);
        }
        return ListenerVariables.empty();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same graph, not an equal one
    BatchMixer mixer(SameDiff sameDiff) {
        if (graph == null) {
            mixer = settings.saliency(GradientSaliency.of(sameDiff, images(), labels()))
                    .build();
            graph = sameDiff;
        }
        if (graph != sameDiff) {
            throw new IllegalStateException(
                    "this listener was used with another SameDiff graph before; build one for each graph");
        }
        return mixer;
    }

    /** The settings of {@link GradientSaliencyListener}: those of {@link GuidedMixup} without the detector. */
    public static final class Builder {
        private final String imagePlaceholder;
        private final String labelPlaceholder;
        private final GuidedMixup.Builder settings = GuidedMixup.builder().mixProbability(0.8);

        private Builder(String imagePlaceholder, String labelPlaceholder) {
            this.imagePlaceholder = required("imagePlaceholder", imagePlaceholder);
            this.labelPlaceholder = required("labelPlaceholder", labelPlaceholder);
        }

        /**
         * The probability that a batch is mixed, drawn once a batch; default 0.8.
         *
         * @param probability 0 to 1
         * @return this builder
         * @throws IllegalArgumentException if it is outside [0, 1]
         */
        public Builder mixProbability(double probability) {
            settings.mixProbability(probability);
            return this;
        }

        /**
         * The seed of everything that is drawn; default 0.
         *
         * @param value any number
         * @return this builder
         */
        public Builder seed(long value) {
            settings.seed(value);
            return this;
        }

        /**
         * The first epoch in which batches are mixed; default 0.
         *
         * @param epoch at least 0
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder startEpoch(int epoch) {
            settings.startEpoch(epoch);
            return this;
        }

        /**
         * The first epoch in which batches are no longer mixed; default: never.
         *
         * @param epoch at least 0
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder endEpoch(int epoch) {
            settings.endEpoch(epoch);
            return this;
        }

        /**
         * Label smoothing, as {@link GuidedMixup.Builder} describes it; default 0.
         *
         * @param smoothing 0 to 1
         * @return this builder
         * @throws IllegalArgumentException if it is outside [0, 1]
         */
        public Builder labelSmoothing(double smoothing) {
            settings.labelSmoothing(smoothing);
            return this;
        }

        /**
         * Where the channels of the images stand; default NCHW.
         *
         * @param format NCHW or NHWC
         * @return this builder
         */
        public Builder dataFormat(DataFormat format) {
            settings.dataFormat(format);
            return this;
        }

        /**
         * What smooths the saliency maps; default a Gaussian of 7 x 7 with sigma 3.
         *
         * @param filter a filter that keeps the size of maps and gives no negative values
         * @return this builder
         */
        public Builder blur(SeparableFilter filter) {
            settings.blur(filter);
            return this;
        }

        /**
         * Leaves the saliency maps as they are.
         *
         * @return this builder
         */
        public Builder noBlur() {
            settings.noBlur();
            return this;
        }

        /**
         * How images are paired; default greedy.
         *
         * @param strategy the strategy
         * @return this builder
         */
        public Builder pairing(PairingStrategy strategy) {
            settings.pairing(strategy);
            return this;
        }

        /**
         * Makes the listener.
         *
         * @return the listener
         */
        public GradientSaliencyListener build() {
            return new GradientSaliencyListener(this);
        }
    }
}
