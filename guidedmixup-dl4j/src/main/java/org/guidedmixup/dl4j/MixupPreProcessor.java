package org.guidedmixup.dl4j;

import org.guidedmixup.BatchMixer;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;

/**
 * Mixes every batch it is given, for code that can set a preprocessor and nothing else. {@link MixupDataSetIterator} is the
 * better choice wherever the iterator can be wrapped:
 *
 * <ul>
 *   <li>ExistingDataSetIterator, and IteratorDataSetIterator if it need not re-batch, run a preprocessor once on each DataSet
 *       and keep the result: with them this mixes in the first epoch only, and later epochs repeat its batches.
 *   <li>If a source hands out the same DataSet objects in every epoch and does not mark them as preprocessed, they are mixed
 *       again on top of the previous mixing.
 *   <li>A preprocessor does not learn of epochs: call n is batch n of epoch 0, and a mixer that starts in a later epoch never
 *       mixes.
 * </ul>
 *
 * <p>It works as expected with sources that make a new DataSet for every batch, such as RecordReaderDataSetIterator,
 * ViewIterator and ListDataSetIterator. In a CompositeDataSetPreProcessor it goes last, after normalisers. New arrays are set
 * on the DataSet; those that came in are not modified.
 *
 * <p>Each call takes its own batch number, so one instance can serve several threads; which thread gets which number depends on
 * their timing. It is serialized with the number it has reached.
 */
public final class MixupPreProcessor implements DataSetPreProcessor {
    private static final long serialVersionUID = 1L;

    /** The mixer, and the batch that it mixes next. */
    private final MixerCursor mixing;

    /**
     * Makes a preprocessor.
     *
     * @param mixer mixes the batches
     * @throws IllegalArgumentException if it is null, or if it uses the network in training: iterators run preprocessors on
     *     another thread while {@code fit} holds the network, and both would wait forever
     */
    public MixupPreProcessor(BatchMixer mixer) {
        this.mixing = MixerCursor.forPreProcessor(mixer, "MixupDataSetIterator");
    }

    /**
     * Replaces the images and labels of a batch with mixed ones.
     *
     * @param data images and labels as {@link MixupDataSetIterator} takes them. Modified: gets new arrays.
     * @throws IllegalArgumentException if it has masks, or the mixer cannot mix it
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
