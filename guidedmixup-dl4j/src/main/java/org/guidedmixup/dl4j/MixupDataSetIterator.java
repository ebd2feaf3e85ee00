package org.guidedmixup.dl4j;

import java.util.List;
import java.util.NoSuchElementException;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.dl4j.saliency.WholeBatch;
import org.guidedmixup.internal.Scratch;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Mixes every batch of another iterator, with new draws in every epoch:
 *
 * <pre>{@code
 * network.fit(new MixupDataSetIterator(trainData, mixer), epochs);
 * }</pre>
 *
 * <p>Works with {@code fit} of MultiLayerNetwork, ComputationGraph and SameDiff. Evaluate on the source, not on this iterator.
 *
 * <p><b>Batches.</b> Each is a new DataSet with arrays of its own; the source's DataSets and arrays are never modified, so
 * sources may hand out the same ones in every epoch. Label names and example metadata are carried over; metadata row i is that
 * of image i before mixing. Batches that the mixer leaves alone (by its probability or its epochs, or because the last batch
 * has one image) pass through unmixed.
 *
 * <p><b>Equal batches.</b> All methods but one draw ratios, boxes, blocks or partners, and mix equal batches differently in
 * every epoch, even if the source hands out the same DataSets again. Guided-SR as published draws only whether to mix
 * ({@link BatchMixer#varies}): reshuffle its source in every epoch (ListDataSetIterator, ExistingDataSetIterator, ViewIterator
 * and a FileSplit without a Random do not), or give it a pairing that draws,
 * {@code GreedyPairing.builder().drawnStart().build()}. A warning is logged once if two epochs in a row had equal batches. Make
 * one MixupDataSetIterator for all epochs: a new one in every epoch always draws epoch 0, unless {@link #setEpoch} sets
 * another.
 *
 * <p><b>Epochs.</b> The first is 0. {@link #reset()} begins the next one if at least one batch was read since the last, and
 * otherwise changes nothing; so it does not matter how often {@code fit} resets before and between epochs. A second {@code fit}
 * continues the count, and so does reading batches for any other purpose. An AsyncDataSetIterator starts reading at once, so
 * one that is reset before its first batch is taken, as early stopping does, has used up epoch 0. {@link #setEpoch} sets the
 * epoch. Equal seed, epoch, batch number and data give equal results, bit for bit, whether or not batches are read ahead.
 *
 * <p><b>Preprocessors</b> are set on the source and run before mixing: a normaliser sees unmixed images. Sources that
 * preprocess their DataSets once and keep them (ExistingDataSetIterator, and IteratorDataSetIterator if it need not re-batch)
 * are still mixed in every epoch.
 *
 * <p><b>Other iterators</b> go inside, around the source: a CachingDataSetIterator around this one would repeat its first
 * epoch, a DataSetIteratorSplitter would give mixed images to evaluate on, and a normaliser fitted to this one would measure
 * mixed images.
 *
 * <p><b>Errors.</b> If batches are read ahead on another thread and that thread throws, Deeplearning4j waits forever. An
 * exception there, from the source or from mixing, is therefore delivered in place of the batch, past any other iterators
 * wrapped around this one, and {@code fit} throws it when it reaches that batch; call {@link #reset()} before training again.
 * Batches that a wrapper had begun to assemble are lost with it. A mixer that uses the network in training is not read ahead;
 * if the iterator is nevertheless wrapped in an AsyncDataSetIterator by hand, {@code fit} throws an IllegalStateException.
 *
 * <p>Serializable if the source is. For one thread at a time, like all iterators.
 */
public final class MixupDataSetIterator implements DataSetIterator {
    private static final long serialVersionUID = 1L;

    /** Supplies the batches. */
    private final DataSetIterator source;

    /** The mixer, and the batch that it mixes next. */
    private final MixerCursor mixing;

    /** Carries exceptions to the thread that trains. */
    private final ReadAhead readAhead;

    /**
     * Wraps an iterator.
     *
     * @param source gives batches of images [M, C, H, W] (NHWC or rows if the mixer was built for them) with labels [M, K],
     *     one-hot, soft or multi-label, or dense labels [M, K, H, W]; without masks, except a labels mask [M, 1] of image
     *     weights, which are mixed as the labels are
     * @param mixer mixes the batches
     * @throws IllegalArgumentException if one of them is null
     */
    public MixupDataSetIterator(DataSetIterator source, BatchMixer mixer) {
        if (source == null) {
            throw new IllegalArgumentException("source: expected a DataSetIterator, got null");
        }
        this.source = source;
        this.mixing = new MixerCursor(mixer);
        this.readAhead = new ReadAhead();
    }

    @Override
    public boolean hasNext() {
        boolean more = readAhead.hasNext(source::hasNext);
        if (!more && asyncSupported()) {
            Scratch.releaseThread();
        }
        return more;
    }

    /**
     * Returns the next batch, mixed.
     *
     * @return a new DataSet
     * @throws IllegalArgumentException if the batch has masks, or the mixer cannot mix it
     * @throws NoSuchElementException if the source has no more batches
     */
    @Override
    public DataSet next() {
        return readAhead.next(() -> mix(source.next()), FailedDataSet::new);
    }

    /**
     * Returns the next examples, mixed with each other.
     *
     * @param examples how many
     * @return a new DataSet
     * @throws UnsupportedOperationException if the source cannot do this
     */
    @Override
    public DataSet next(int examples) {
        return readAhead.next(() -> mix(source.next(examples)), FailedDataSet::new);
    }

    private DataSet mix(DataSet data) {
        if (data == null) {
            throw new NoSuchElementException("the source has no more batches");
        }
        if (!mixing.asyncSupported()) {
            ReadingThread.refuse();
        }
        ImageBatch mixed;
        try (WholeBatch whole = WholeBatch.open(data.toMultiDataSet())) {
            mixed = mixing.mixNext(ImageBatch.of(data));
        }
        DataSet result = new DataSet(mixed.images(), mixed.labels(), null, mixed.labelsMask());
        result.setExampleMetaData(data.getExampleMetaData());
        result.setLabelNames(data.getLabelNamesList());
        return result;
    }

    /** Resets the source and begins the next epoch if this one has had a batch. */
    @Override
    public void reset() {
        readAhead.reset(source::reset);
        mixing.endEpoch();
    }

    /**
     * Returns the epoch that the next batch belongs to.
     *
     * @return from 0
     */
    public int epoch() {
        return mixing.epoch();
    }

    /**
     * Sets the epoch whose first batch comes next, for example {@code network.getEpochCount()} after loading a checkpoint. Does
     * not reset the source.
     *
     * @param epoch from 0
     * @throws IllegalArgumentException if it is negative
     */
    public void setEpoch(int epoch) {
        mixing.startEpoch(epoch);
    }

    /**
     * Returns whether batches may be read ahead on another thread.
     *
     * @return true if both the source and the mixer allow it
     */
    @Override
    public boolean asyncSupported() {
        return source.asyncSupported() && mixing.asyncSupported();
    }

    @Override
    public boolean resetSupported() {
        return source.resetSupported();
    }

    @Override
    public int inputColumns() {
        return source.inputColumns();
    }

    @Override
    public int totalOutcomes() {
        return source.totalOutcomes();
    }

    @Override
    public int batch() {
        return source.batch();
    }

    /**
     * Sets the source's preprocessor, which runs before mixing.
     *
     * @param preProcessor for the source
     */
    @Override
    public void setPreProcessor(DataSetPreProcessor preProcessor) {
        source.setPreProcessor(preProcessor);
    }

    /**
     * Returns the source's preprocessor.
     *
     * @return what the source returns
     */
    @Override
    public DataSetPreProcessor getPreProcessor() {
        return source.getPreProcessor();
    }

    @Override
    public List<String> getLabels() {
        return source.getLabels();
    }
}
