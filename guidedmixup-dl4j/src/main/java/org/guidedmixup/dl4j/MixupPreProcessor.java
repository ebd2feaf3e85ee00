package org.guidedmixup.dl4j;

import org.guidedmixup.BatchMixer;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;

/**
 * Mixes every batch it is given, for code that can set a preprocessor and nothing else. {@link MixupDataSetIterator} is the
 * better choice wherever the iterator can be wrapped:
 *
 * <ul>
 *   <li>ExistingDataSetIterator, and IteratorDataSetIterator where it need not re-batch, run a preprocessor once on each DataSet
 *       and keep the result: with them this mixes in the first epoch only, and later epochs repeat its batches.
 *   <li>A source that hands out the same DataSet objects every epoch and does not mark them so is mixed on top of what was
 *       mixed before.
 *   <li>A preprocessor is not told of epochs. Call n is batch n of epoch 0, and a mixer that starts later never mixes.
 * </ul>
 *
 * <p>It mixes as it should with sources that make a new DataSet for every batch, such as RecordReaderDataSetIterator,
 * ViewIterator and ListDataSetIterator. In a CompositeDataSetPreProcessor it goes last, after normalisers. New arrays are set
 * on the DataSet; those that came in are not modified.
 *
 * <p>Each call takes a batch number of its own, so one instance can serve several threads; which thread gets which number is
 * up to them. Serialized with the number it has reached.
 */
public final class MixupPreProcessor implements DataSetPreProcessor {
    private static final long serialVersionUID = 1L;

    /** What draws the plans, and for which batch it does so next. */
    private final MixerCursor mixing;

    /**
     * Makes a preprocessor.
     *
     * @param mixer how batches are mixed
     * @throws IllegalArgumentException if it is null, or if it asks the network that is being trained: iterators run
     *     preprocessors on a thread beside {@code fit}, which holds the network, and both would wait for ever
     */
    public MixupPreProcessor(BatchMixer mixer) {
        this.mixing = MixerCursor.forPreProcessor(mixer, "MixupDataSetIterator");
    }

    /**
     * Sets the mixed images and labels on a batch.
     *
     * @param data images and labels as {@link MixupDataSetIterator} takes them. Modified: gets new arrays.
     * @throws IllegalArgumentException if it has masks, or is not a batch that the mixer can mix
     */
    @Override
    public void preProcess(DataSet data) {
        ReadingThread.run(() -> mix(data));
    }

    private void mix(DataSet data) {
        ImageBatch mixed = mixing.mixNext(ImageBatch.of(data));
        data.setFeatures(mixed.images());
        data.setLabels(mixed.labels());
        data.setLabelsMaskArray(mixed.labelsMask());
    }
}
