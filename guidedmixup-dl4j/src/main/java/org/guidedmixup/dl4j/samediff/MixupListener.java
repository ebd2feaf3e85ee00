package org.guidedmixup.dl4j.samediff;

import org.guidedmixup.BatchMixer;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Mixes every batch that a SameDiff graph trains on, with any mixer:
 *
 * <pre>{@code
 * graph.addListeners(new MixupListener("input", "label", GuidedMixup.builder().seed(42).build()));
 * graph.fit(trainData, epochs);
 * }</pre>
 *
 * <p>Works with every {@code fit} of SameDiff, with several features and labels, and beside other listeners, which see the
 * mixed batch if they come after this one. Incoming arrays are not modified, and a MultiDataSet has its own arrays again when
 * the iteration is done. Evaluation and validation are not affected.
 *
 * <p>Mixing happens on the training thread. For mixers that can run ahead of training, MixupDataSetIterator does the same work
 * on another thread.
 *
 * <p>A mixer that mixes equal batches equally ({@link BatchMixer#varies}: Guided-SR as published) needs a source that is
 * reshuffled in every epoch; a warning is logged once if two epochs in a row had equal batches.
 *
 * <p>Equal seed, epoch and iteration, as the training configuration counts them, give equal draws: a run resumed from a
 * checkpoint mixes like the uninterrupted one.
 */
public final class MixupListener extends MixingListener {
    private final BatchMixer mixer;

    /**
     * Makes a listener.
     *
     * @param imagePlaceholder what the training configuration calls the feature array of images
     * @param labelPlaceholder what it calls the array of their labels, one-hot or soft
     * @param mixer how batches are mixed
     * @throws IllegalArgumentException if one of them is null
     */
    public MixupListener(String imagePlaceholder, String labelPlaceholder, BatchMixer mixer) {
        super(imagePlaceholder, labelPlaceholder);
        this.mixer = required("mixer", mixer);
    }

    @Override
    BatchMixer mixer(SameDiff graph) {
        return mixer;
    }
}
