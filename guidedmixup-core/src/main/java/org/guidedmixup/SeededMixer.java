package org.guidedmixup;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.guidedmixup.internal.Arguments;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.LabelKind;
import org.guidedmixup.plan.LabelSmoothing;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.UnmixedPlan;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The settings shared by all mixup methods: the seed, the probability that a batch is mixed, the epochs in which mixing is on,
 * label smoothing and the layout of the images. A method implements {@link #draw}.
 *
 * <p>All randomness of a batch comes from a generator made from (seed, epoch, batch), so what is drawn does not depend on
 * threads, backends or earlier batches.
 */
public abstract class SeededMixer extends NumberedMixer {
    private static final long serialVersionUID = 1L;

    /** The probability that a batch is mixed. */
    private final double mixProbability;
    /** The first epoch in which batches are mixed. */
    private final int startEpoch;
    /** The first epoch in which batches are no longer mixed. */
    private final int endEpoch;
    /** Applied to labels before they are mixed; knows what label rows are. */
    private final LabelSmoothing labelSmoothing;
    /** The layout of the images. */
    private final ImageLayout layout;
    /** The seed of everything that is drawn. */
    private final long seed;

    /**
     * Copies the shared settings.
     *
     * @param builder the settings
     */
    protected SeededMixer(Builder<?> builder) {
        mixProbability = builder.mixProbability;
        startEpoch = builder.startEpoch;
        endEpoch = builder.endEpoch;
        labelSmoothing = new LabelSmoothing(builder.labelSmoothing, builder.labelKind);
        layout = new ImageLayout(builder.dataFormat, builder.imageShape);
        seed = builder.seed;
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

    @Override
    public final void check(INDArray images, INDArray labels) {
        batch(images, labels);
    }

    /** Checks a batch and returns it as this mixer sees it. */
    Batch batch(INDArray images, INDArray labels) {
        INDArray seen = layout.images(images, mixesAnyRank());
        BatchShape shape = BatchShape.of(seen, labels, layout.format());
        Batch batch =
                Batch.of(seen, labels.dataType() == DataType.BOOL ? labels.castTo(DataType.FLOAT) : labels, shape);
        batch.requireClasses(labelSmoothing.kind());
        requireMixable(batch);
        return batch;
    }

    /**
     * Refuses a batch that the method cannot mix, even if this batch would stay unmixed. The shapes and values of images and
     * labels have already been checked.
     *
     * @param batch the batch
     * @throws IllegalArgumentException if the method cannot mix such a batch
     */
    protected void requireMixable(Batch batch) {}

    /**
     * Returns whether the method gives all pixels of an image the same share, and so can mix arrays of any rank, for example
     * rows.
     *
     * @return false unless overridden
     */
    protected boolean mixesAnyRank() {
        return false;
    }

    /**
     * Returns what label rows are: the builder's setting, or the kind that the row sums suggest.
     *
     * @param labels [M, K]. Not modified.
     * @return the kind
     */
    protected final LabelKind labelKind(INDArray labels) {
        return labelSmoothing.kind().of(labels, 1);
    }

    /**
     * Returns the image layout that the mixer expects, so that callers can compare it with the network's.
     *
     * @return the builder's setting
     */
    @Override
    public final Optional<DataFormat> dataFormat() {
        return Optional.of(layout.format());
    }

    /** Runs everything that must not run while a workspace is open. */
    void prepare(Batch batch) {}

    /** Computes the steps to be shown separately if the method otherwise fuses them. */
    void lookAt(Batch batch) {}

    /**
     * Draws the plan of a batch that will be mixed. A workspace for temporary arrays is open.
     *
     * @param batch the checked batch; M is at least {@link #smallestBatch}
     * @param random the only source of randomness to use
     * @return the plan; none of its arrays may live in the workspace
     */
    protected abstract MixPlan draw(Batch batch, RandomGenerator random);

    /**
     * Returns the smallest batch that the method can mix; smaller batches stay unmixed.
     *
     * @return 2, or 1 for methods without partners
     */
    protected int smallestBatch() {
        return 2;
    }

    /**
     * Returns the plan of a batch that stays unmixed; labels are still smoothed.
     *
     * @param shape the sizes of the batch
     * @return the plan
     */
    protected final MixPlan unmixed(BatchShape shape) {
        return new UnmixedPlan(shape, labelSmoothing);
    }

    /**
     * Returns the label smoothing that plans apply before mixing.
     *
     * @return the amount, and what label rows are
     */
    protected final LabelSmoothing labelSmoothing() {
        return labelSmoothing;
    }

    /**
     * The builder of all mixup methods.
     *
     * @param <B> the builder of the method
     */
    public abstract static class Builder<B extends Builder<B>> {
        private double mixProbability;
        private int startEpoch;
        private int endEpoch = Integer.MAX_VALUE;
        private double labelSmoothing;
        private LabelKind labelKind = LabelKind.BY_SUMS;
        private DataFormat dataFormat;
        private int[] imageShape;
        private long seed;

        /**
         * Starts with the method's own default.
         *
         * @param mixProbability the default probability that a batch is mixed
         */
        protected Builder(double mixProbability) {
            this.mixProbability = mixProbability;
        }

        /**
         * Returns this builder as its own type.
         *
         * @return this
         */
        protected abstract B self();

        /**
         * Sets the probability that a batch is mixed, drawn once per batch.
         *
         * @param probability 0 to 1
         * @return this builder
         * @throws IllegalArgumentException if it is outside [0, 1]
         */
        public B mixProbability(double probability) {
            mixProbability = Arguments.unitInterval("mixProbability", probability);
            return self();
        }

        /**
         * Sets the first epoch in which batches are mixed; default 0.
         *
         * @param epoch at least 0
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public B startEpoch(int epoch) {
            startEpoch = Arguments.atLeast("startEpoch", 0, epoch);
            return self();
        }

        /**
         * Sets the first epoch in which batches are no longer mixed; default: never.
         *
         * @param epoch at least 0
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public B endEpoch(int epoch) {
            endEpoch = Arguments.atLeast("endEpoch", 0, epoch);
            return self();
        }

        /**
         * Sets label smoothing e: labels become (1 − e) y + e / K before they are mixed, in unmixed batches too; default 0.
         * Multi-label rows and one sigmoid output become (1 − e) y + e / 2, see {@link #labelKind}.
         *
         * @param smoothing 0 to 1
         * @return this builder
         * @throws IllegalArgumentException if it is outside [0, 1]
         */
        public B labelSmoothing(double smoothing) {
            labelSmoothing = Arguments.unitInterval("labelSmoothing", smoothing);
            return self();
        }

        /**
         * Sets what label rows are: one class per image, or labels that are independent of each other. By default the row sums
         * decide ({@link LabelKind#of}), which fails for multi-label batches in which every image happens to have exactly one
         * label. Class numbers 0 and 1 in one column look like one sigmoid output: convert them to one-hot rows.
         *
         * @param kind CLASSES or MULTI_LABEL, or the default BY_SUMS
         * @return this builder
         * @throws IllegalArgumentException if it is null
         */
        public B labelKind(LabelKind kind) {
            if (kind == null) {
                throw new IllegalArgumentException("labelKind: expected BY_SUMS, CLASSES or MULTI_LABEL, got null");
            }
            labelKind = kind;
            return self();
        }

        /**
         * Sets the shape of images that are passed as rows [M, C H W], as MnistDataSetIterator returns them: channel by channel
         * for NCHW, pixel by pixel for NHWC. Mixed images are rows again. Images with all four axes are accepted too.
         *
         * @param channels C, at least 1
         * @param height H, at least 1
         * @param width W, at least 1
         * @return this builder
         * @throws IllegalArgumentException if one is below 1
         */
        public B imageShape(int channels, int height, int width) {
            imageShape = ImageLayout.rowShape(channels, height, width);
            return self();
        }

        /**
         * Sets the image layout; default NCHW. Images that seem to be NHWC are refused unless NCHW is set explicitly.
         *
         * @param format NCHW or NHWC
         * @return this builder
         * @throws IllegalArgumentException if it is null
         */
        public B dataFormat(DataFormat format) {
            if (format == null) {
                throw new IllegalArgumentException("dataFormat: expected NCHW or NHWC, got null");
            }
            dataFormat = format;
            return self();
        }

        /**
         * Sets the seed of everything the mixer draws; default 0.
         *
         * @param value any number
         * @return this builder
         */
        public B seed(long value) {
            seed = value;
            return self();
        }
    }
}
