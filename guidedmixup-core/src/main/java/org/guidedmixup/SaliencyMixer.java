package org.guidedmixup;

import java.util.List;
import java.util.random.RandomGenerator;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What methods share that ask where an image is salient: the detector, and one look at every batch. */
public abstract class SaliencyMixer extends SeededMixer {
    private static final long serialVersionUID = 1L;

    /** Finds salient regions. */
    private final SaliencyDetector saliency;

    /** Smooths saliency maps before they are normalised: one filter, or none. */
    private final List<SeparableFilter> smoothing;

    /**
     * Takes over the shared settings.
     *
     * @param builder the settings
     */
    protected SaliencyMixer(Builder<?> builder) {
        super(builder);
        saliency = builder.saliency;
        smoothing = builder.blur == null ? List.of() : List.of(builder.blur);
    }

    @Override
    public boolean asyncSupported() {
        return saliency.asyncSupported();
    }

    @Override
    protected final MixPlan draw(INDArray images, INDArray labels, BatchShape shape, RandomGenerator random) {
        BatchSaliency found = new BatchSaliency(saliency, smoothing, images, labels, shape);
        return draw(images, labels, shape, found, random);
    }

    /**
     * Draws the plan of a batch that is to be mixed.
     *
     * @param images as they came in, checked. Not modified.
     * @param labels [M, K], checked. Not modified.
     * @param shape the sizes of the batch; M is at least 2
     * @param found the saliency of the batch, computed as far as it is asked for
     * @param random the only source of randomness to use
     * @return the plan
     */
    protected abstract MixPlan draw(
            INDArray images, INDArray labels, BatchShape shape, BatchSaliency found, RandomGenerator random);

    /**
     * The settings of methods that use saliency.
     *
     * @param <B> the builder of the method
     */
    public abstract static class Builder<B extends Builder<B>> extends SeededMixer.Builder<B> {
        private SaliencyDetector saliency = new SpectralResidual();
        private SeparableFilter blur;

        /**
         * Starts from the method's own probability.
         *
         * @param mixProbability the default probability that a batch is mixed
         */
        protected Builder(double mixProbability) {
            super(mixProbability);
        }

        /**
         * What finds the salient regions, where the method or its pairing asks; default {@link SpectralResidual}.
         *
         * @param detector the detector
         * @return this builder
         */
        public B saliency(SaliencyDetector detector) {
            saliency = required("saliency", detector);
            return self();
        }

        /** Sets what smooths the maps before they are normalised; null for nothing. */
        final void smoothing(SeparableFilter filter) {
            blur = filter;
        }

        /**
         * Refuses null.
         *
         * @param name of the argument
         * @param value its value
         * @return the value
         * @param <T> its type
         * @throws IllegalArgumentException if it is null
         */
        protected static <T> T required(String name, T value) {
            if (value == null) {
                throw new IllegalArgumentException(name + ": expected a value, got null");
            }
            return value;
        }
    }
}
