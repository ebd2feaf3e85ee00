package org.guidedmixup.dl4j;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.plan.MixPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log, once, that saliency is not finite: such images get uniform masks, and training goes on as if all were well.
 * For whoever mixes the batches of one training.
 */
public final class SaliencyWarning implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SaliencyWarning.class);

    private final AtomicBoolean given = new AtomicBoolean();

    /** A warning that has not been given. */
    public SaliencyWarning() {
        // Nothing to set.
    }

    /**
     * Looks at the plan of a batch.
     *
     * @param plan what was drawn
     * @param mixer what drew it
     * @param epoch of the batch
     * @param batch its number in the epoch
     */
    public void lookAt(MixPlan plan, BatchMixer mixer, int epoch, long batch) {
        if (plan.nonFiniteSaliencies() > 0 && given.compareAndSet(false, true)) {
            LOG.warn(
                    "Batch {} of epoch {}: the saliency of {} of {} images is not finite, and they are mixed by a uniform one. "
                            + "Look for NaN and infinite values in {}. This is said once.",
                    batch,
                    epoch,
                    plan.nonFiniteSaliencies(),
                    plan.size(),
                    mixer.asyncSupported()
                            ? "the images"
                            : "the weights of the network, as after a learning rate too high for it, and in the images");
        }
    }
}
