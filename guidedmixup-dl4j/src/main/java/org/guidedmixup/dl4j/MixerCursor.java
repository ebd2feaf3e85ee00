package org.guidedmixup.dl4j;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicLong;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.plan.MixPlan;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * A mixer and how far it has come: which batch of which epoch is mixed next.
 *
 * <p>Batch numbers are handed out once each, also to several threads; the epoch changes between batches only.
 */
final class MixerCursor implements Serializable {
    private static final long serialVersionUID = 1L;

    private final BatchMixer mixer;
    private final AtomicLong nextBatch = new AtomicLong();
    private final SaliencyWarning warning = new SaliencyWarning();
    private final boolean countsEpochs;
    private final RepeatedEpochs repeatedEpochs = new RepeatedEpochs();
    private volatile int epoch;

    /** A cursor whose owner tells it of epochs. */
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

    /** A cursor that can mix on any thread, which is what preprocessors run on. */
    static MixerCursor forPreProcessor(BatchMixer mixer, String instead) {
        MixerCursor cursor = new MixerCursor(mixer, false);
        if (!cursor.asyncSupported()) {
            throw new IllegalArgumentException(mixer.getClass().getSimpleName()
                    + " uses the network in training and cannot run in a preprocessor, which fit() calls on another thread"
                    + " while it holds the network; wrap the data in a " + instead + " instead");
        }
        return cursor;
    }

    boolean asyncSupported() {
        return mixer.asyncSupported();
    }

    int epoch() {
        return epoch;
    }

    /** Goes to the first batch of an epoch. */
    void startEpoch(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("epoch: expected at least 0, got " + number);
        }
        epoch = number;
        nextBatch.set(0);
    }

    /** Goes to the first batch of the next epoch, or stays where it is if this epoch has had no batch. */
    void endEpoch() {
        if (nextBatch.get() > 0) {
            startEpoch(epoch + 1);
        }
    }

    /** Mixes the next batch, see {@link ImageBatch#mix}. */
    ImageBatch mixNext(ImageBatch batch) {
        return batch.mix(planned(batch, (ofEpoch, number) -> batch.plan(mixer, ofEpoch, number)));
    }

    /** Mixes the next batch, see {@link MultiDataSetIndex#mix}. */
    MultiDataSet mixNext(MultiDataSetIndex index, MultiDataSet data) {
        return index.mix(data, planned(index.of(data), (ofEpoch, number) -> index.plan(data, mixer, ofEpoch, number)));
    }

    /** Draws a plan for a batch of a number. */
    private interface Drawing {
        MixPlan plan(int ofEpoch, long number);
    }

    private MixPlan planned(ImageBatch batch, Drawing drawing) {
        int ofEpoch = epoch;
        long number = nextBatch.getAndIncrement();
        MixPlan plan = drawing.plan(ofEpoch, number);
        warning.lookAt(plan, mixer, ofEpoch, number);
        if (countsEpochs) {
            repeatedEpochs.see(mixer, ofEpoch, batch);
        }
        return plan;
    }
}
