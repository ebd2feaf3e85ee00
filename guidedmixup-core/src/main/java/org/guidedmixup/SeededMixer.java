package org.guidedmixup;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.UnmixedPlan;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What every mixup method shares: one seed, the probability that a batch is mixed, the epochs in which mixing is on, label
 * smoothing and the layout of the images. A method adds {@link #draw}.
 *
 * <p>All randomness of a batch comes from a generator made from (seed, epoch, batch), so results do not depend on threads,
 * backends or earlier batches.
 */
public abstract class SeededMixer implements BatchMixer {
    private static final long serialVersionUID = 1L;

    /** The probability that a batch is mixed. */
    private final double mixProbability;

    /** The first epoch in which batches are mixed. */
    private final int startEpoch;

    /** The first epoch in which batches are no longer mixed. */
    private final int endEpoch;

    /** Applied to labels before they are mixed. */
    private final double labelSmoothing;

    /** Where the channels of images stand. */
    private final DataFormat dataFormat;

    /** Of everything that is drawn. */
    private final long seed;

    /** Numbers the calls that name no batch. */
    private final AtomicLong nextBatch = new AtomicLong();

    /**
     * Takes over the shared settings.
     *
     * @param builder the settings
     */
    protected SeededMixer(Builder<?> builder) {
        mixProbability = builder.mixProbability;
        startEpoch = builder.startEpoch;
        endEpoch = builder.endEpoch;
        labelSmoothing = builder.labelSmoothing;
        dataFormat = builder.dataFormat;
        seed = builder.seed;
    }

    @Override
    public final MixPlan plan(INDArray images, INDArray labels) {
        return plan(images, labels, 0, nextBatch.getAndIncrement());
    }

    @Override
    public final MixPlan plan(INDArray images, INDArray labels, int epoch, long batch) {
        Batch seen = batch(images, labels);
        try {
            return plan(seen, epoch, batch);
        } finally {
            seen.release();
        }
    }

    @Override
    public final MixSteps steps(INDArray images, INDArray labels, int epoch, long batch) {
        Batch seen = batch(images, labels);
        lookAt(seen);
        return new MixSteps(Optional.of(seen), plan(seen, epoch, batch));
    }

    private MixPlan plan(Batch batch, int epoch, long number) {
        RandomGenerator random = BatchRandom.of(seed, epoch, number);
        boolean chosen = random.nextDouble() < mixProbability;
        boolean inSchedule = epoch >= startEpoch && epoch < endEpoch;
        if (!chosen || !inSchedule || batch.shape().images() < smallestBatch()) {
            return unmixed(batch.shape());
        }
        prepare(batch);
        try (MemoryWorkspace scratch = Scratch.open(SeededMixer.class)) {
            return draw(batch, random);
        }
    }

    /** A batch as this mixer sees it, checked. */
    Batch batch(INDArray images, INDArray labels) {
        return Batch.of(images, labels, BatchShape.of(images, labels, dataFormat));
    }

    /** Asks what must not be asked while a workspace is open. */
    void prepare(Batch batch) {}

    /** Takes the steps to be shown one by one that the method otherwise takes at once. */
    void lookAt(Batch batch) {}

    /**
     * Draws the plan of a batch that is to be mixed. A workspace for temporary arrays is open.
     *
     * @param batch checked; M is at least {@link #smallestBatch}
     * @param random the only source of randomness to use
     * @return the plan, which keeps nothing of the workspace
     */
    protected abstract MixPlan draw(Batch batch, RandomGenerator random);

    /**
     * The number of images that the method needs; smaller batches stay as they are.
     *
     * @return 2, or 1 for methods without partners
     */
    protected int smallestBatch() {
        return 2;
    }

    /**
     * The plan of a batch that stays as it is; labels are still smoothed.
     *
     * @param shape the sizes of the batch
     * @return the plan
     */
    protected final MixPlan unmixed(BatchShape shape) {
        return new UnmixedPlan(shape, labelSmoothing);
    }

    /**
     * The label smoothing that plans apply before mixing.
     *
     * @return 0 to 1
     */
    protected final double labelSmoothing() {
        return labelSmoothing;
    }

    /**
     * The settings every mixup method has.
     *
     * @param <B> the builder of the method
     */
    public abstract static class Builder<B extends Builder<B>> {
        private double mixProbability;
        private int startEpoch;
        private int endEpoch = Integer.MAX_VALUE;
        private double labelSmoothing;
        private DataFormat dataFormat = DataFormat.NCHW;
        private long seed;

        /**
         * Starts from the method's own probability.
         *
         * @param mixProbability the default probability that a batch is mixed
         */
        protected Builder(double mixProbability) {
            this.mixProbability = mixProbability;
        }

        /**
         * This builder, in its own type.
         *
         * @return this
         */
        protected abstract B self();

        /**
         * The probability that a batch is mixed, drawn once a batch.
         *
         * @param probability 0 to 1
         * @return this builder
         * @throws IllegalArgumentException if it is outside [0, 1]
         */
        public B mixProbability(double probability) {
            mixProbability = inUnitInterval("mixProbability", probability);
            return self();
        }

        /**
         * The first epoch in which batches are mixed; default 0.
         *
         * @param epoch at least 0
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public B startEpoch(int epoch) {
            startEpoch = notNegative("startEpoch", epoch);
            return self();
        }

        /**
         * The first epoch in which batches are no longer mixed; default: never.
         *
         * @param epoch at least 0
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public B endEpoch(int epoch) {
            endEpoch = notNegative("endEpoch", epoch);
            return self();
        }

        /**
         * Label smoothing e: labels become (1 − e) y + e / K before they are mixed, in unmixed batches too; default 0.
         *
         * @param smoothing 0 to 1
         * @return this builder
         * @throws IllegalArgumentException if it is outside [0, 1]
         */
        public B labelSmoothing(double smoothing) {
            labelSmoothing = inUnitInterval("labelSmoothing", smoothing);
            return self();
        }

        /**
         * Where the channels of the images stand; default NCHW.
         *
         * @param format NCHW or NHWC
         * @return this builder
         */
        public B dataFormat(DataFormat format) {
            if (format == null) {
                throw new IllegalArgumentException("dataFormat: expected NCHW or NHWC, got null");
            }
            dataFormat = format;
            return self();
        }

        /**
         * The seed of everything the mixer draws; default 0.
         *
         * @param value any number
         * @return this builder
         */
        public B seed(long value) {
            seed = value;
            return self();
        }

        private static double inUnitInterval(String name, double value) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException(name + ": expected a number from 0 to 1, got " + value);
            }
            return value;
        }

        private static int notNegative(String name, int value) {
            if (value < 0) {
                throw new IllegalArgumentException(name + ": expected at least 0, got " + value);
            }
            return value;
        }
    }
}
