package org.guidedmixup;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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
    /** Applied to labels before they are mixed; knows what label rows are. */
    private final LabelSmoothing labelSmoothing;
    /** How images come. */
    private final ImageLayout layout;
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
        labelSmoothing = new LabelSmoothing(builder.labelSmoothing, builder.labelKind);
        layout = new ImageLayout(builder.dataFormat, builder.imageShape);
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

    @Override
    public final void check(INDArray images, INDArray labels) {
        batch(images, labels);
    }

    /** A batch as this mixer sees it, checked. */
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
     * Refuses batches that the method cannot mix, whether this one would be mixed or not. Images and labels have been checked to
     * be a batch.
     *
     * @param batch the batch
     * @throws IllegalArgumentException if the method cannot mix such a batch
     */
    protected void requireMixable(Batch batch) {}

    /**
     * Whether the method gives all pixels of an image one share, and so can mix arrays of any rank, rows for example.
     *
     * @return false unless overridden
     */
    protected boolean mixesAnyRank() {
        return false;
    }

    /**
     * What label rows are: as the builder was told, or else by their sums.
     *
     * @param labels [M, K]. Not modified.
     * @return the kind
     */
    protected final LabelKind labelKind(INDArray labels) {
        return labelSmoothing.kind().of(labels, 1);
    }

    /**
     * Where the channels of images stand, for whoever knows how the network takes them.
     *
     * @return the builder's setting
     */
    @Override
    public final Optional<DataFormat> dataFormat() {
        return Optional.of(layout.format());
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
     * @return how much, and what label rows are
     */
    protected final LabelSmoothing labelSmoothing() {
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
        private LabelKind labelKind = LabelKind.BY_SUMS;
        private DataFormat dataFormat;
        private int[] imageShape;
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
            mixProbability = Arguments.unitInterval("mixProbability", probability);
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
            startEpoch = Arguments.atLeast("startEpoch", 0, epoch);
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
            endEpoch = Arguments.atLeast("endEpoch", 0, epoch);
            return self();
        }

        /**
         * Label smoothing e: labels become (1 − e) y + e / K before they are mixed, in unmixed batches too; default 0. Multi-label
         * rows and one sigmoid output become (1 − e) y + e / 2, see {@link #labelKind}.
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
         * What label rows are: one class an image, or labels that are independent of each other. By default told by their sums
         * ({@link LabelKind#of}), which fails for multi-label batches in which every image happens to have exactly one label.
         * Class numbers 0 and 1 in one column cannot be told from one sigmoid output: make them one-hot.
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
         * Reads images that come as rows [M, C H W], as MnistDataSetIterator gives them, as images of this shape, channel by
         * channel with NCHW and pixel by pixel with NHWC; mixed images are rows again. Images that have their axes are taken, too.
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
         * Where the channels of the images stand; default NCHW, with which images that seem to be NHWC are refused unless NCHW is
         * named here.
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
         * The seed of everything the mixer draws; default 0.
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
