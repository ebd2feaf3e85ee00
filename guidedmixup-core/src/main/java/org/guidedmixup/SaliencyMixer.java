package org.guidedmixup;

import java.util.List;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The settings shared by methods that use saliency: the detector, and the filter that smooths its maps. */
public abstract class SaliencyMixer extends SeededMixer {
    private static final long serialVersionUID = 1L;

    /** Finds salient regions. */
    private final SaliencyDetector saliency;

    /** Smooths saliency maps before they are normalised: one filter, or none. */
    private final List<SeparableFilter> smoothing;

    /**
     * Copies the shared settings.
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
    final Batch batch(INDArray images, INDArray labels) {
        return super.batch(images, labels).with(saliency, smoothing);
    }

    /** Detects saliency before a workspace is opened: some networks refuse to run in one. */
    @Override
    final void prepare(Batch batch) {
        if (usesSaliency() && !saliency.asyncSupported()) {
            batch.foundSaliency();
        }
    }

    @Override
    final void lookAt(Batch batch) {
        if (usesSaliency()) {
            batch.foundSaliency();
        }
    }

    /**
     * Returns whether the method uses the saliency of every batch that it mixes.
     *
     * @return true unless overridden
     */
    protected boolean usesSaliency() {
        return true;
    }

    /**
     * The builder of methods that use saliency.
     *
     * @param <B> the builder of the method
     */
    public abstract static class Builder<B extends Builder<B>> extends SeededMixer.Builder<B> {
        private SaliencyDetector saliency = new SpectralResidual();
        private SeparableFilter blur;

        /**
         * Starts with the method's own default.
         *
         * @param mixProbability the default probability that a batch is mixed
         */
        protected Builder(double mixProbability) {
            super(mixProbability);
        }

        /**
         * Sets the detector of salient regions, which runs if the method or its pairing needs saliency; default {@link
         * SpectralResidual}.
         *
         * @param detector the detector
         * @return this builder
         */
        public B saliency(SaliencyDetector detector) {
            saliency = required("saliency", detector);
            return self();
        }

        /** Sets the filter that smooths the maps before they are normalised; null for none. */
        final void smoothing(SeparableFilter filter) {
            blur = filter;
        }

        /**
         * Refuses null.
         *
         * @param name of the argument
         * @param value its value
         * @param <T> its type
         * @return the value
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
