package org.guidedmixup.dl4j;

import java.util.NoSuchElementException;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.dl4j.saliency.WholeBatch;
import org.guidedmixup.internal.Scratch;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * {@link MixupDataSetIterator} for MultiDataSets: mixes one feature array and, by the same plan, one or several label arrays of
 * every batch; equal batches, epochs, preprocessors, errors and threads are as described there. The plan is drawn from the
 * images and the first label array named.
 *
 * <p>The other feature and label arrays and their masks are passed on unmixed, as the same objects. Whether they still fit
 * mixed images is for the caller to decide.
 */
public final class MixupMultiDataSetIterator implements MultiDataSetIterator {
    private static final long serialVersionUID = 1L;

    /** Supplies the batches. */
    private final MultiDataSetIterator source;

    /** The mixer, and the batch that it mixes next. */
    private final MixerCursor mixing;

    /** Which arrays hold the images and their labels. */
    private final MultiDataSetIndex index;

    /** Carries exceptions to the thread that trains. */
    private final ReadAhead readAhead;

    /**
     * Wraps an iterator whose first feature array holds the images and whose first label array holds their labels.
     *
     * @param source gives batches of images and labels as {@link MixupDataSetIterator} takes them
     * @param mixer mixes the batches
     * @throws IllegalArgumentException if one of them is null
     */
    public MixupMultiDataSetIterator(MultiDataSetIterator source, BatchMixer mixer) {
        this(source, mixer, 0, 0);
    }

    /**
     * Wraps an iterator.
     *
     * @param source gives MultiDataSets
     * @param mixer mixes the batches
     * @param featureIndex which feature array holds the images, from 0
     * @param labelIndices which label arrays hold their labels, from 0; several if the network has several tasks
     * @throws IllegalArgumentException if source or mixer is null, an index is negative or named twice, or there is no label
     *     array
     */
    public MixupMultiDataSetIterator(
            MultiDataSetIterator source, BatchMixer mixer, int featureIndex, int... labelIndices) {
        if (source == null) {
            throw new IllegalArgumentException("source: expected a MultiDataSetIterator, got null");
        }
        this.source = source;
        this.mixing = new MixerCursor(mixer);
        this.index = new MultiDataSetIndex(featureIndex, labelIndices);
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
     * @return a new MultiDataSet
     * @throws IllegalArgumentException if there is no array at one of the indices, if an array there has a mask, or if the
     *     mixer cannot mix them
     * @throws NoSuchElementException if the source has no more batches
     */
    @Override
    public MultiDataSet next() {
        return readAhead.next(() -> mix(source.next()), FailedMultiDataSet::new);
    }

    /**
     * Returns the next examples, mixed with each other.
     *
     * @param examples how many
     * @return a new MultiDataSet
     * @throws UnsupportedOperationException if the source cannot do this
     */
    @Override
    public MultiDataSet next(int examples) {
        return readAhead.next(() -> mix(source.next(examples)), FailedMultiDataSet::new);
    }

    private MultiDataSet mix(MultiDataSet data) {
        if (data == null) {
            throw new NoSuchElementException("the source has no more batches");
        }
        if (!mixing.asyncSupported()) {
            ReadingThread.refuse();
        }
        try (WholeBatch whole = WholeBatch.open(data)) {
            return mixing.mixNext(index, data);
        }
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

    /**
     * Sets the source's preprocessor, which runs before mixing.
     *
     * @param preProcessor for the source
     */
    @Override
    public void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
        source.setPreProcessor(preProcessor);
    }

    /**
     * Returns the source's preprocessor.
     *
     * @return what the source returns
     */
    @Override
    public MultiDataSetPreProcessor getPreProcessor() {
        return source.getPreProcessor();
    }
}
