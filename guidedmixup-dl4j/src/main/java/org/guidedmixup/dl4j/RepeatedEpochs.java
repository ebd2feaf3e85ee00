package org.guidedmixup.dl4j;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.MixerChoice;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A check for sources that give the same batches in every epoch to a mixer that mixes equal batches equally. It warns once,
 * because the network would be trained on the same few mixed images.
 *
 * <p>It compares 64 pixels and 64 labels per batch, and nothing if the mixer varies by itself. For one thread at a time.
 */
public final class RepeatedEpochs implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedEpochs.class);
    private static final int SAMPLES = 64;

    /** The fractional parts of its multiples spread evenly, whatever the length of rows. */
    private static final double GOLDEN_RATIO = 0.6180339887498949;

    /** The epoch of the last batch. */
    private int epoch = -1;

    /** The fingerprint of the epoch's batches so far. */
    private long fingerprint;

    /** Whether {@link #before} is the fingerprint of an earlier epoch. */
    private boolean hasBefore;

    /** The fingerprint of the epoch before. */
    private long before;

    /** Whether the warning has been given. */
    private boolean warned;

    /** Makes a check that has seen no batch. */
    public RepeatedEpochs() {}

    /**
     * Records a batch before it is mixed. At the first batch of a third or later epoch, warns if the two epochs before it were
     * equal.
     *
     * @param mixer the mixer of the batch
     * @param number the epoch
     * @param batch images and labels. Not modified.
     */
    public void see(BatchMixer mixer, int number, ImageBatch batch) {
        if (warned || mixer.varies()) {
            return;
        }
        if (number != epoch) {
            if (epoch >= 0) {
                warned = hasBefore && before == fingerprint;
                if (warned) {
                    LOG.warn(
                            "Epoch {}: the source gave the same batches as in the epoch before, and equal batches are mixed equally"
                                    + " by {}. Reshuffle the source in every epoch, or let the pairing draw:"
                                    + " .pairing(GreedyPairing.builder().drawnStart().build()). This warning is given once.",
                            epoch,
                            names(mixer));
                    return;
                }
                hasBefore = true;
                before = fingerprint;
            }
            epoch = number;
            fingerprint = 0;
        }
        fold(batch.images());
        fold(batch.labels());
    }

    /** Names the mixer, or those of a choice that do not vary. */
    private static String names(BatchMixer mixer) {
        return mixer instanceof MixerChoice choice
                ? choice.mixers().stream()
                        .filter(chosen -> !chosen.varies())
                        .map(RepeatedEpochs::names)
                        .distinct()
                        .collect(Collectors.joining(" and "))
                : mixer.getClass().getSimpleName();
    }

    private void fold(INDArray array) {
        fold(Arrays.hashCode(array.shape()));
        for (int k = 1; k <= SAMPLES; k++) {
            double place = k * GOLDEN_RATIO;
            long index = (long) ((place - Math.floor(place)) * array.length());
            fold(Double.doubleToLongBits(array.getDouble(index)));
        }
    }

    private void fold(long value) {
        long mixed = (fingerprint ^ value) * 0x9E3779B97F4A7C15L;
        fingerprint = mixed ^ mixed >>> 29;
    }
}
