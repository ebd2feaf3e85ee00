package org.guidedmixup.dl4j;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.plan.MixPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A warning, logged once, about saliency that is not finite: such images get uniform masks, and training continues without any
 * other sign of it. One instance serves one training run.
 */
public final class SaliencyWarning implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SaliencyWarning.class);

    /** Whether the warning has been given. */
    private final AtomicBoolean given = new AtomicBoolean();

    /** Makes a warning that has not been given. */
    public SaliencyWarning() {
        // Nothing to set.
    }

    /**
     * Warns if the plan counts images whose saliency is not finite.
     *
     * @param plan the plan of a batch
     * @param mixer the mixer that drew it
     * @param epoch the batch's epoch
     * @param batch the batch's number in the epoch
     */
    public void lookAt(MixPlan plan, BatchMixer mixer, int epoch, long batch) {
        if (plan.nonFiniteSaliencies() > 0 && given.compareAndSet(false, true)) {
            LOG.warn(
                    "Batch {} of epoch {}: the saliency of {} of {} images is not finite; uniform saliency is used instead. "
                            + "Look for NaN and infinite values in {}. This warning is given once.",
                    batch,
                    epoch,
                    plan.nonFiniteSaliencies(),
                    plan.size(),
                    mixer.asyncSupported()
                            ? "the images"
                            : "the weights of the network (its learning rate may be too high) and in the images");
        }
    }
}
