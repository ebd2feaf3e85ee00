package org.guidedmixup.method;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.guidedmixup.Batch;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.mask.Box;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.RandomPairing;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.BoxPlan;
import org.guidedmixup.plan.MixPlan;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * SaliencyMix: CutMix whose box is centred on the most salient pixel of the image that it is cut from, the partner. One λ ~
 * Beta(α, α) per batch, one box per image. The box is pasted at the place it was cut from, clipped at the borders, and labels
 * are weighted by the share of pixels that were actually replaced.
 *
 * <p>The detector's map is used as it is. Of several largest values the first in reading order counts; in a map that is not
 * finite, the first pixel. The released code uses OpenCV's fine-grained detector and one box per batch, found in the first
 * image's partner: see {@link Builder#onePerBatch}.
 *
 * <p>Uddin, Monira, Shin, Chung and Bae, "SaliencyMix: A Saliency Guided Data Augmentation Strategy for Better
 * Regularization", ICLR 2021.
 */
public final class SaliencyMix extends BetaMixer {
    private static final long serialVersionUID = 1L;

    /** Whether all images share the first image's box. */
    private final boolean onePerBatch;

    private SaliencyMix(Builder builder) {
        super(builder);
        onePerBatch = builder.onePerBatch;
    }

    /**
     * Starts a builder with α = 1, random partners, one box per image and half of the batches mixed.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    protected MixPlan draw(Batch batch, RandomGenerator random) {
        BatchShape shape = batch.shape();
        double lambda = drawLambda(random);
        Pairing pairing = pair(batch, random);
        int[] peaks = peaks(batch.foundSaliency());
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < shape.images(); i++) {
            int peak = Math.max(0, peaks[pairing.partner(onePerBatch ? 0 : i)]);
            boxes.add(
                    Box.around(1 - lambda, peak / shape.width(), peak % shape.width(), shape.height(), shape.width()));
        }
        int nonFinite = (int) Arrays.stream(peaks).filter(peak -> peak < 0).count();
        return new BoxPlan(shape, pairing, boxes, labelSmoothing(), nonFinite);
    }

    @Override
    protected boolean usesSaliency() {
        return true;
    }

    /** Returns the index of the most salient pixel of every map, −1 where a map is not finite. */
    private static int[] peaks(INDArray maps) {
        int[] peaks = new int[(int) maps.size(0)];
        float[] map = new float[(int) (maps.size(1) * maps.size(2))];
        HostArray all = HostArray.reading(maps);
        for (int i = 0; i < peaks.length; i++) {
            all.read((long) i * map.length, map, map.length);
            peaks[i] = peak(map);
        }
        return peaks;
    }

    /** Returns the index of the first of the largest values, −1 where the map is not finite. */
    private static int peak(float[] map) {
        int peak = 0;
        for (int p = 0; p < map.length; p++) {
            if (!Float.isFinite(map[p])) {
                return -1;
            }
            if (map[p] > map[peak]) {
                peak = p;
            }
        }
        return peak;
    }

    /** The settings of {@link SaliencyMix}. */
    public static final class Builder extends BetaMixer.Builder<Builder> {
        private boolean onePerBatch;

        private Builder() {
            super(0.5, new RandomPairing(), 1);
        }

        /**
         * Uses the first image's box, found in its partner, for all images, as the released code does.
         *
         * @return this builder
         */
        public Builder onePerBatch() {
            onePerBatch = true;
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
        public SaliencyMix build() {
            return new SaliencyMix(this);
        }
    }
}
