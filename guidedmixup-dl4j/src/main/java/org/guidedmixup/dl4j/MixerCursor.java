package org.guidedmixup.dl4j;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicLong;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.PlannedBatch;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * A mixer and its position: the epoch and the batch that it mixes next.
 *
 * <p>Each batch number is handed out once, even to several threads; the epoch changes only between batches.
 */
final class MixerCursor implements Serializable {
    private static final long serialVersionUID = 1L;

    private final BatchMixer mixer;
    private final AtomicLong nextBatch = new AtomicLong();
    private final SaliencyWarning warning = new SaliencyWarning();
    private final boolean countsEpochs;
    private final RepeatedEpochs repeatedEpochs = new RepeatedEpochs();
    private volatile int epoch;

    /** Makes a cursor whose owner starts its epochs. */
    MixerCursor(BatchMixer mixer) {
        this(mixer, true);
    }

    private MixerCursor(BatchMixer mixer, boolean countsEpochs) {
        if (mixer == null) {
            throw new IllegalArgumentException("mixer: expected a BatchMixer, got null");
        }
        this.mixer = mixer;
        this.countsEpochs = countsEpochs;
    }

    /** Makes a cursor that can mix on any thread, as preprocessors must. */
    static MixerCursor forPreProcessor(BatchMixer mixer, String instead) {
        MixerCursor cursor = new MixerCursor(mixer, false);
        if (!cursor.asyncSupported()) {
            throw new IllegalArgumentException("mixer: expected one that does not use the network in training, got "
                    + mixer.getClass().getSimpleName()
                    + "; fit() calls preprocessors on another thread while it holds the network, so wrap the data in a "
                    + instead);
        }
        return cursor;
    }

    boolean asyncSupported() {
        return mixer.asyncSupported();
    }

    int epoch() {
        return epoch;
    }

    /** Moves to the first batch of an epoch. */
    void startEpoch(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("epoch: expected at least 0, got " + number);
        }
        epoch = number;
        nextBatch.set(0);
    }

    /** Moves to the first batch of the next epoch, or stays put if this epoch has had no batch. */
    void endEpoch() {
        if (nextBatch.get() > 0) {
            startEpoch(epoch + 1);
        }
    }

    /** Mixes the next batch, see {@link ImageBatch#mix}. */
    ImageBatch mixNext(ImageBatch batch) {
        return batch.mix(planned(batch, (ofEpoch, number) -> batch.planned(mixer, ofEpoch, number)));
    }

    /** Mixes the next batch, see {@link MultiDataSetIndex#mix}. */
    MultiDataSet mixNext(MultiDataSetIndex index, MultiDataSet data) {
        return index.mix(
                data, planned(index.of(data), (ofEpoch, number) -> index.planned(data, mixer, ofEpoch, number)));
    }

    /** How the batch with a given epoch and number is planned and mixed. */
    private interface Drawing {
        PlannedBatch mix(int ofEpoch, long number);
    }

    private PlannedBatch planned(ImageBatch batch, Drawing drawing) {
        UnmixedReading.refuseMixing();
        int ofEpoch = epoch;
        long number = nextBatch.getAndIncrement();
        PlannedBatch mixed = drawing.mix(ofEpoch, number);
        warning.lookAt(mixed.plan(), mixer, ofEpoch, number);
        if (countsEpochs) {
            repeatedEpochs.see(mixer, ofEpoch, batch);
        }
        return mixed;
    }
}
