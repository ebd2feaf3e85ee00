package org.guidedmixup.dl4j;

import java.io.Serializable;
import java.util.Arrays;
import org.guidedmixup.BatchMixer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a source that gives the same batches in every epoch to a mixer that mixes equal batches equally, and warns once: the
 * network would be trained on the same few mixed images.
 *
 * <p>Looks at 64 pixels and 64 labels of every batch, and at nothing where the mixer varies by itself. For one thread at a
 * time.
 */
public final class RepeatedEpochs implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedEpochs.class);
    private static final int SAMPLES = 64;

    /** Its multiples spread evenly whatever the length of rows is. */
    private static final double GOLDEN_RATIO = 0.6180339887498949;

    private int epoch = -1;

    /** Of the batches of the epoch so far. */
    private long fingerprint;

    /** Whether there was an epoch before it, and its fingerprint. */
    private boolean hasBefore;

    private long before;
    private boolean warned;

    /** Has seen nothing yet. */
    public RepeatedEpochs() {}

    /**
     * Takes note of a batch before it is mixed; with the first one of a third or later epoch, warns if the two epochs before
     * were equal.
     *
     * @param mixer mixes it
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
                            "Epoch {}: the source gave the same batches as in the epoch before, and {} mixes equal batches"
                                    + " equally. Reshuffle the source in every epoch, or let the pairing draw:"
                                    + " .pairing(GreedyPairing.builder().drawnStart().build()). This is said once.",
                            epoch,
                            mixer.getClass().getSimpleName());
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
