package org.guidedmixup;

import java.util.random.RandomGenerator;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.PairingStrategy;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.SpectralResidual;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What methods share that blend every image with one partner: how partners are chosen, and the saliency that partners (and
 * masks, where a method wants them) are chosen by.
 *
 * <p>GuidedMixup's greedy pairing can so be lent to any of them (Kang and Kim 2023, section 5.6).
 */
public abstract class PairingMixer extends SeededMixer {
    private static final long serialVersionUID = 1L;

    /** Finds salient regions. */
    private final SaliencyDetector saliency;

    /** Smooths saliency maps; null where switched off. */
    private final SeparableFilter blur;

    /** Chooses partners. */
    private final PairingStrategy pairing;

    /**
     * Takes over the shared settings.
     *
     * @param builder the settings
     */
    protected PairingMixer(Builder<?> builder) {
        super(builder);
        saliency = builder.saliency;
        blur = builder.blur;
        pairing = builder.pairing;
    }

    @Override
    public boolean asyncSupported() {
        return saliency.asyncSupported();
    }

    @Override
    protected final MixPlan draw(INDArray images, INDArray labels, BatchShape shape, RandomGenerator random) {
        BatchSaliency found = new BatchSaliency(saliency, blur, images, labels, shape);
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
     * Chooses the partners.
     *
     * @param shape the sizes of the batch
     * @param found its saliency, used if the strategy wants distances
     * @param random the source of randomness
     * @return the partner of every image
     */
    protected final Pairing pair(BatchShape shape, BatchSaliency found, RandomGenerator random) {
        return pairing.pair(shape.images(), found::distance, random);
    }

    /**
     * The settings of methods with partners.
     *
     * @param <B> the builder of the method
     */
    public abstract static class Builder<B extends Builder<B>> extends SeededMixer.Builder<B> {
        private SaliencyDetector saliency = new SpectralResidual();
        private SeparableFilter blur = new GaussianBlur(7, 3);
        private PairingStrategy pairing;

        /**
         * Starts from the method's own probability and pairing.
         *
         * @param mixProbability the default probability that a batch is mixed
         * @param pairing the default pairing
         */
        protected Builder(double mixProbability, PairingStrategy pairing) {
            super(mixProbability);
            this.pairing = pairing;
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

        /**
         * What smooths the saliency maps before they are normalised; default a Gaussian of 7 x 7 with sigma 3.
         *
         * @param filter a filter that keeps the size of maps and gives no negative values
         * @return this builder
         */
        public B blur(SeparableFilter filter) {
            blur = required("blur", filter);
            return self();
        }

        /**
         * Leaves the saliency maps as the detector gave them.
         *
         * @return this builder
         */
        public B noBlur() {
            blur = null;
            return self();
        }

        /**
         * How partners are chosen; the default is the method's own.
         *
         * @param strategy the strategy
         * @return this builder
         */
        public B pairing(PairingStrategy strategy) {
            pairing = required("pairing", strategy);
            return self();
        }

        private static <T> T required(String name, T value) {
            if (value == null) {
                throw new IllegalArgumentException(name + ": expected a value, got null");
            }
            return value;
        }
    }
}
