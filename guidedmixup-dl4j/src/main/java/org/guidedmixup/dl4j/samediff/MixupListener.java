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
 * mixed batch if they come after this one. Arrays that come in are not modified, and a MultiDataSet has its own again when
 * the iteration is done. Evaluation and validation are not touched.
 *
 * <p>Mixing happens on the training thread. For mixers that can run ahead of training, MixupDataSetIterator does the same
 * work on another one.
 *
 * <p>A mixer that mixes equal batches equally ({@link BatchMixer#varies}: Guided-SR as published) wants a source that is
 * reshuffled in every epoch; a warning says so once if the batches of two epochs in a row were equal.
 *
 * <p>Equal seed, epoch and iteration, as the training configuration counts them, draw equally: a run that goes on from a
 * checkpoint mixes as the uninterrupted one.
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
