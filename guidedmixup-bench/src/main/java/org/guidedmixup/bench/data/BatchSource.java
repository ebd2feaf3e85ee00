package org.guidedmixup.bench.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes batches of an {@link ImageSet}: features FLOAT [B, C, H, W], normalised, and one-hot labels FLOAT [B, K]. Each
 * batch has new arrays. A training epoch is the same every time it is requested. Any number of iterators may be in use
 * at once, each by one thread.
 */
public final class BatchSource {
    private final ImageSet images;
    private final Normalization normalization;
    private final Augmentation augmentation;
    private final int batchSize;
    private final boolean keepPartialBatch;
    private final long seed;

    private BatchSource(Builder builder) {
        this.images = builder.images;
        this.normalization = builder.normalization;
        this.augmentation = builder.augmentation;
        this.batchSize = builder.batchSize;
        this.keepPartialBatch = builder.keepPartialBatch;
        this.seed = builder.seed;
    }

    /**
     * {@return a builder for batches of 64 images with values in [0, 1], not augmented}
     *
     * @param images at least one
     */
    public static Builder builder(ImageSet images) {
        return new Builder(images);
    }

    /**
     * Returns the batches of a training epoch, shuffled and augmented by seed and epoch. A smaller last batch is left
     * out unless it was requested or is the only one.
     *
     * @param epoch any number; the same one gives the same batches
     * @return the batches, made one by one
     */
    public Iterator<DataSet> epoch(int epoch) {
        EpochPlan plan = EpochPlan.draw(images.size(), augmentation, RandomStreams.of(seed, epoch));
        return new Batches(plan, batchesPerEpoch());
    }

    /** {@return number of batches of {@link #epoch}} */
    public int batchesPerEpoch() {
        int full = images.size() / batchSize;
        return full == 0 || (keepPartialBatch && images.size() % batchSize != 0) ? full + 1 : full;
    }

    /**
     * Returns the batches of an evaluation.
     *
     * @return every image once, in order, not augmented; the last batch may have fewer
     */
    public Iterator<DataSet> inOrder() {
        return new Batches(EpochPlan.inOrder(images.size()), (images.size() + batchSize - 1) / batchSize);
    }

    /**
     * {@return one batch of the given images, not augmented: features [M, C, H, W], labels [M, K]}
     *
     * @param indices M images of the set, at least one. Not modified
     */
    public DataSet batch(int... indices) {
        return new Batches(EpochPlan.of(indices), 1).make(0, indices.length);
    }

    /** {@return the images the batches are made of} */
    public ImageSet images() {
        return images;
    }

    private final class Batches implements Iterator<DataSet> {
        private final EpochPlan plan;
        private final int count;
        private final BatchFiller filler = new BatchFiller(images, normalization, augmentation.border());
        private int next;

        Batches(EpochPlan plan, int count) {
            this.plan = plan;
            this.count = count;
        }

        @Override
        public boolean hasNext() {
            return next < count;
        }

        @Override
        public DataSet next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no batch left, all " + count + " were returned");
            }
            int from = next++ * batchSize;
            return make(from, Math.min(from + batchSize, plan.count()));
        }

        private DataSet make(int from, int to) {
            float[] features = filler.features(plan, from, to);
            float[] labels = filler.labels(plan, from, to);
            INDArray x = Nd4j.create(
                    features, new long[] {to - from, images.channels(), images.height(), images.width()}, 'c');
            return new DataSet(x, Nd4j.create(labels, new long[] {to - from, images.classes()}, 'c'));
        }
    }

    /** Builds a {@link BatchSource}. */
    public static final class Builder {
        private final ImageSet images;
        private Normalization normalization;
        private Augmentation augmentation = Augmentation.NONE;
        private int batchSize = 64;
        private boolean keepPartialBatch;
        private long seed;

        private Builder(ImageSet images) {
            if (images.size() == 0) {
                throw new IllegalArgumentException("images: expected at least one, got none");
            }
            this.images = images;
            this.normalization = Normalization.none(images.channels());
        }

        /**
         * {@return this}
         *
         * @param value how bytes become floats; use that of the training images for the test images too
         */
        public Builder normalization(Normalization value) {
            if (value.channels() != images.channels()) {
                throw new IllegalArgumentException("normalization: expected " + images.channels()
                        + " channels as in the images, got " + value.channels());
            }
            normalization = value;
            return this;
        }

        /**
         * {@return this}
         *
         * @param value what happens to the images of an {@link BatchSource#epoch}
         */
        public Builder augmentation(Augmentation value) {
            augmentation = value;
            return this;
        }

        /**
         * {@return this}
         *
         * @param value batch size B, at least 1
         */
        public Builder batchSize(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("batchSize: expected at least 1, got " + value);
            }
            batchSize = value;
            return this;
        }

        /** {@return this, with the last, smaller batch of an epoch kept} */
        public Builder keepPartialBatch() {
            keepPartialBatch = true;
            return this;
        }

        /**
         * {@return this}
         *
         * @param value seed of order and augmentation
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** {@return the source} */
        public BatchSource build() {
            return new BatchSource(this);
        }
    }
}
