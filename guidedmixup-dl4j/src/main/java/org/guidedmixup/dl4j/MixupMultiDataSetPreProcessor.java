package org.guidedmixup.dl4j;

import java.io.Serializable;
import org.guidedmixup.BatchMixer;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;

/**
 * {@link MixupPreProcessor} for MultiDataSets: mixes one feature array and, by the same plan, one or several label arrays of
 * every batch it is given, and leaves the others alone. What that class says about sources, epochs and threads applies here
 * too; {@link MixupMultiDataSetIterator} is the better choice wherever the iterator can be wrapped.
 */
public final class MixupMultiDataSetPreProcessor implements MultiDataSetPreProcessor, Serializable {
    private static final long serialVersionUID = 1L;

    /** The mixer, and the batch that it mixes next. */
    private final MixerCursor mixing;

    /** Which arrays hold the images and their labels. */
    private final MultiDataSetIndex index;

    /**
     * Makes a preprocessor for batches whose first feature array holds the images and whose first label array holds their
     * labels.
     *
     * @param mixer mixes the batches
     * @throws IllegalArgumentException as in {@link MixupPreProcessor#MixupPreProcessor}
     */
    public MixupMultiDataSetPreProcessor(BatchMixer mixer) {
        this(mixer, 0, 0);
    }

    /**
     * Makes a preprocessor.
     *
     * @param mixer mixes the batches
     * @param featureIndex which feature array holds the images, from 0
     * @param labelIndices which label arrays hold their labels, from 0
     * @throws IllegalArgumentException as in {@link MixupPreProcessor#MixupPreProcessor}, or if an index is negative or named
     *     twice, or there is no label array
     */
    public MixupMultiDataSetPreProcessor(BatchMixer mixer, int featureIndex, int... labelIndices) {
        this.mixing = MixerCursor.forPreProcessor(mixer, "MixupMultiDataSetIterator");
        this.index = new MultiDataSetIndex(featureIndex, labelIndices);
    }

    /**
     * Replaces the images and labels of a batch with mixed ones.
     *
     * @param data modified: gets new arrays at the named indices
     * @throws IllegalArgumentException if there is no array at one of the indices, if an array there has a mask, or if the
     *     mixer cannot mix them
     */
    @Override
    public void preProcess(MultiDataSet data) {
        ReadingThread.run(() -> mix(data));
    }

    private void mix(MultiDataSet data) {
        MultiDataSet mixed = mixing.mixNext(index, data);
        data.setFeatures(mixed.getFeatures());
        data.setLabels(mixed.getLabels());
        data.setLabelsMaskArray(mixed.getLabelsMaskArrays());
    }
}
