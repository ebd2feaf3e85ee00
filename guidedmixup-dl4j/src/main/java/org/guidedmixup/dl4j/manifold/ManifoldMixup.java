package org.guidedmixup.dl4j.manifold;

import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.Batch;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.method.BetaMixer;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.RandomPairing;
import org.guidedmixup.plan.MixPlan;

/**
 * Manifold Mixup: Input Mixup at a layer that is drawn for each batch, uniformly from the input and the network's mix points.
 * Activations become h = λ h + (1 − λ) h_p, with one λ ~ Beta(α, α) per batch; labels are mixed with the same λ and partners.
 *
 * <pre>{@code
 * // MultiLayerNetwork or ComputationGraph: a ManifoldMixupLayer behind the first and behind the second block
 * network.fit(new MixupDataSetIterator(trainData, ManifoldMixup.builder().seed(42).build(network)), epochs);
 *
 * // SameDiff: block = MixPoints.after(block) behind the first and behind the second block
 * graph.addListeners(new ManifoldMixupListener("input", "label", ManifoldMixup.builder().seed(42)));
 * }</pre>
 *
 * <p>A mixer built without a network or a number of {@linkplain Builder#points points} always mixes at the input, which is
 * Input Mixup with α = 2.
 *
 * <p>Verma, Lamb, Beckham, Najafi, Mitliagkas, Lopez-Paz and Bengio, "Manifold Mixup: Better Representations by Interpolating
 * Hidden States", ICML 2019; α = 2 and two blocks are its settings for PreActResNet.
 */
public final class ManifoldMixup extends BetaMixer {
    private static final long serialVersionUID = 1L;

    /** The number of mix points after the input. */
    private final int points;

    private ManifoldMixup(Builder builder) {
        super(builder);
        points = builder.points;
    }

    /**
     * Starts a builder with α = 2, random partners and every batch mixed.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the number of mix points that are drawn from, in addition to the input.
     *
     * @return at least 0
     */
    public int points() {
        return points;
    }

    @Override
    protected MixPlan draw(Batch batch, RandomGenerator random) {
        int point = random.nextInt(points + 1);
        float kept = (float) drawLambda(random);
        Pairing pairing = pair(batch, random);
        return ManifoldPlan.of(batch.shape(), pairing, kept, point, labelSmoothing(), batch.nonFinite());
    }

    @Override
    protected boolean mixesAnyRank() {
        return !usesSaliency();
    }

    /** The settings of {@link ManifoldMixup}. */
    public static final class Builder extends BetaMixer.Builder<Builder> {
        private int points;

        private Builder() {
            super(1, new RandomPairing(), 2);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Sets the number of mix points after the input, for training loops that call {@link ManifoldPlan#mixHidden}
         * themselves; default 0. A mixer built for a network takes the network's number instead.
         *
         * @param number at least 0
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder points(int number) {
            if (number < 0) {
                throw new IllegalArgumentException("points: expected at least 0, got " + number);
            }
            points = number;
            return this;
        }

        /**
         * Makes the mixer, for any network or none.
         *
         * @return the mixer
         */
        public ManifoldMixup build() {
            return new ManifoldMixup(this);
        }

        /**
         * Makes the mixer of a network in training. Each plan reaches the network's {@link ManifoldMixupLayer}s when it is
         * drawn, and applies to the next training step: give the mixer to the MixupDataSetIterator that the network is fitted
         * on.
         *
         * @param network initialised, with mix points
         * @return the mixer, which is not serializable and runs on the training thread
         * @throws IllegalArgumentException if the network is null, not initialised, has no ManifoldMixupLayer, expects the
         *     channels elsewhere than the mixer, has a loss over class indices, or is optimised by an algorithm other than
         *     stochastic gradient descent, which passes a batch more than once
         */
        public BatchMixer build(MultiLayerNetwork network) {
            return NetworkMixer.of(network, this);
        }

        /**
         * Makes the mixer of a graph in training, as {@link #build(MultiLayerNetwork)} does. With several inputs, use a
         * MixupMultiDataSetIterator; every mix point must belong to the images that are mixed.
         *
         * @param graph initialised, with mix points
         * @return the mixer, which is not serializable and runs on the training thread
         * @throws IllegalArgumentException as there
         */
        public BatchMixer build(ComputationGraph graph) {
            return NetworkMixer.of(graph, this);
        }
    }
}
