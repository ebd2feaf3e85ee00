package org.guidedmixup;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.PairingStrategy;
import org.guidedmixup.pairing.SaliencyDistance;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.SaliencyNormalization;
import org.guidedmixup.saliency.SpectralResidual;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * GuidedMixup: saliency, blur, normalise, distance, pairing, mask, mix.
 *
 * <p>Images are paired so that their salient regions do not collide, and blended pixel by pixel in proportion to their
 * saliency, so that both objects survive. With {@link SpectralResidual} this is Guided-SR, the default.
 *
 * <p>Kang and Kim, "GuidedMixup: An Efficient Mixup Strategy Guided by Saliency Maps", AAAI 2023.
 */
public final class GuidedMixup extends SeededMixer {
    private static final long serialVersionUID = 1L;

    /** Finds salient regions. */
    private final SaliencyDetector saliency;

    /** Smooths saliency maps; null where switched off. */
    private final SeparableFilter blur;

    /** Chooses partners. */
    private final PairingStrategy pairing;

    private GuidedMixup(Builder builder) {
        super(builder);
        saliency = builder.saliency;
        blur = builder.blur;
        pairing = builder.pairing;
    }

    /**
     * Starts with Guided-SR as published: spectral residual, Gaussian blur 7 x 7 with sigma 3, greedy pairing, half of the
     * batches mixed.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public boolean asyncSupported() {
        return saliency.asyncSupported();
    }

    @Override
    protected MixPlan draw(INDArray images, INDArray labels, BatchShape shape, RandomGenerator random) {
        INDArray found = detect(images, labels, shape);
        try (MemoryWorkspace scratch = Scratch.open(GuidedMixup.class)) {
            return pair(normalize(found), shape, random);
        }
    }

    private INDArray detect(INDArray images, INDArray labels, BatchShape shape) {
        INDArray found = saliency.detect(images, labels, shape.format());
        long[] wanted = {shape.images(), shape.height(), shape.width()};
        if (!Arrays.equals(found.shape(), wanted) || found.dataType() != DataType.FLOAT) {
            throw new IllegalArgumentException("saliency " + found.dataType() + " " + Arrays.toString(found.shape())
                    + " from " + saliency.getClass().getName() + ": expected FLOAT " + Arrays.toString(wanted));
        }
        return found;
    }

    private SaliencyNormalization normalize(INDArray found) {
        return SaliencyNormalization.of(blur == null ? found : blur.apply(found));
    }

    private MaskPlan pair(SaliencyNormalization normalized, BatchShape shape, RandomGenerator random) {
        Supplier<INDArray> distance = () -> SaliencyDistance.between(normalized.maps());
        Pairing pairs = pairing.pair(shape.images(), distance, random);
        MixMask mask = MixMask.ofSaliency(normalized.maps(), pairs);
        return new MaskPlan(shape, pairs, mask, labelSmoothing(), normalized.nonFinite());
    }

    /** The settings of {@link GuidedMixup}. */
    public static final class Builder extends SeededMixer.Builder<Builder> {
        private SaliencyDetector saliency = new SpectralResidual();
        private SeparableFilter blur = new GaussianBlur(7, 3);
        private PairingStrategy pairing = new GreedyPairing();

        private Builder() {
            super(0.5);
        }

        /**
         * What finds the salient regions; default {@link SpectralResidual}.
         *
         * @param detector the detector
         * @return this builder
         */
        public Builder saliency(SaliencyDetector detector) {
            saliency = required("saliency", detector);
            return this;
        }

        /**
         * What smooths the saliency maps before they are normalised; default a Gaussian of 7 x 7 with sigma 3.
         *
         * @param filter a filter that keeps the size of maps and gives no negative values
         * @return this builder
         */
        public Builder blur(SeparableFilter filter) {
            blur = required("blur", filter);
            return this;
        }

        /**
         * Leaves the saliency maps as the detector gave them.
         *
         * @return this builder
         */
        public Builder noBlur() {
            blur = null;
            return this;
        }

        /**
         * How images are paired; default {@link GreedyPairing}.
         *
         * @param strategy the strategy
         * @return this builder
         */
        public Builder pairing(PairingStrategy strategy) {
            pairing = required("pairing", strategy);
            return this;
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Makes the mixer.
         *
         * @return the mixer
         */
        public GuidedMixup build() {
            return new GuidedMixup(this);
        }

        private static <T> T required(String name, T value) {
            if (value == null) {
                throw new IllegalArgumentException(name + ": expected a value, got null");
            }
            return value;
        }
    }
}
