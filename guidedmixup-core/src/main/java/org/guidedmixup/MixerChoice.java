package org.guidedmixup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.guidedmixup.plan.MixPlan;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Chooses one of several mixers for every batch, at random by weight, like "mixup or CutMix" in timm and torchvision.
 *
 * <pre>{@code
 * BatchMixer mixer = MixerChoice.builder()
 *         .add(InputMixup.builder().seed(1).build(), 1)
 *         .add(CutMix.builder().mixProbability(1).seed(2).build(), 1)
 *         .seed(3)
 *         .build();
 * }</pre>
 *
 * <p>The choice is drawn from the seed, the epoch and the batch, independently of what the chosen mixer draws, even if both
 * have the same seed. The chosen mixer then decides by its own settings whether and how it mixes; a mixer with mixProbability 0
 * leaves its share of the batches unmixed.
 */
public final class MixerChoice extends NumberedMixer {
    private static final long serialVersionUID = 1L;

    /** The mixers to choose from. */
    private final ArrayList<BatchMixer> mixers;

    /** One weight per mixer; each at least 0, their sum above 0. */
    private final double[] weights;

    /** The seed of the choices. */
    private final long seed;

    private MixerChoice(Builder builder) {
        mixers = new ArrayList<>(builder.mixers);
        weights = builder.weights.stream().mapToDouble(Double::doubleValue).toArray();
        seed = builder.seed;
    }

    /**
     * Starts a builder without mixers.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the mixer that is chosen for a batch.
     *
     * @param epoch the epoch, from 0
     * @param batch the batch within the epoch, from 0
     * @return one of the mixers that were added
     */
    public BatchMixer chosen(int epoch, long batch) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        // Split, because a mixer with the same seed draws from the unsplit generator.
        double left = BatchRandom.of(seed, epoch, batch).split().nextDouble() * sum;
        int last = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                last = i;
                left -= weights[i];
                if (left < 0) {
                    break;
                }
            }
        }
        return mixers.get(last);
    }

    @Override
    public MixPlan plan(INDArray images, INDArray labels, int epoch, long batch) {
        return checked(images, labels, epoch, batch).plan(images, labels, epoch, batch);
    }

    @Override
    public PlannedBatch mix(INDArray images, INDArray labels, int epoch, long batch) {
        return checked(images, labels, epoch, batch).mix(images, labels, epoch, batch);
    }

    @Override
    public MixSteps steps(INDArray images, INDArray labels, int epoch, long batch) {
        return checked(images, labels, epoch, batch).steps(images, labels, epoch, batch);
    }

    /** Returns the chosen mixer if no other refuses the batch: chance must not decide when a wrong batch is noticed. */
    @SuppressWarnings("ReferenceEquality") // the chosen mixer checks by itself, an equal one may not be it
    private BatchMixer checked(INDArray images, INDArray labels, int epoch, long batch) {
        BatchMixer chosen = chosen(epoch, batch);
        mixers().stream().filter(mixer -> mixer != chosen).forEach(mixer -> mixer.check(images, labels));
        return chosen;
    }

    /**
     * Returns the mixers that can be chosen.
     *
     * @return those with a weight above 0, in the order in which they were added; not modifiable
     */
    public List<BatchMixer> mixers() {
        return IntStream.range(0, weights.length)
                .filter(i -> weights[i] > 0)
                .mapToObj(mixers::get)
                .toList();
    }

    @Override
    public void check(INDArray images, INDArray labels) {
        mixers().forEach(mixer -> mixer.check(images, labels));
    }

    /** Returns the layout of the first mixer that names one; the others that name one expect the same. */
    @Override
    public Optional<DataFormat> dataFormat() {
        return mixers.stream().flatMap(mixer -> mixer.dataFormat().stream()).findFirst();
    }

    /** Returns true if it is true of all mixers. */
    @Override
    public boolean asyncSupported() {
        return mixers.stream().allMatch(BatchMixer::asyncSupported);
    }

    /** Returns true if it is true of all mixers. */
    @Override
    public boolean varies() {
        return mixers().stream().allMatch(BatchMixer::varies);
    }

    /** The settings of {@link MixerChoice}. */
    public static final class Builder {
        private final List<BatchMixer> mixers = new ArrayList<>();
        private final List<Double> weights = new ArrayList<>();
        private long seed;

        private Builder() {}

        /**
         * Adds a mixer.
         *
         * @param mixer mixes the batches that it is chosen for
         * @param weight how often it is chosen, in proportion to the sum of all weights
         * @return this builder
         * @throws IllegalArgumentException if the mixer is null or expects another image layout than those before it, or the
         *     weight is not a finite number of at least 0
         */
        public Builder add(BatchMixer mixer, double weight) {
            if (mixer == null) {
                throw new IllegalArgumentException("mixer: expected a BatchMixer, got null");
            }
            if (!(weight >= 0 && Double.isFinite(weight))) {
                throw new IllegalArgumentException("weight: expected a finite number of at least 0, got " + weight);
            }
            mixers.forEach(before -> SequenceMixer.requireSameFormat("mixer", before, mixer));
            mixers.add(mixer);
            weights.add(weight);
            return this;
        }

        /**
         * Sets the seed of the choices; default 0.
         *
         * @param value any number
         * @return this builder
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Makes the mixer.
         *
         * @return the mixer
         * @throws IllegalArgumentException if no mixer was added with a weight above 0
         */
        public MixerChoice build() {
            double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
            if (!(sum > 0 && Double.isFinite(sum))) {
                throw new IllegalArgumentException(
                        "weights " + weights + ": expected at least one mixer with a weight above 0, and a finite sum");
            }
            return new MixerChoice(this);
        }
    }
}
