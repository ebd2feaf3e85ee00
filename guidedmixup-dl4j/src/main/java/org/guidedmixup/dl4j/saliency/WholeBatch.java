package org.guidedmixup.dl4j.saliency;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The batch whose images are being mixed, with all the other arrays that a network with several inputs is fed.
 *
 * <p>A mixer sees only images and labels. Code that has the whole batch opens it around the call, on the same thread, and
 * {@link GradientSaliency} takes the other arrays from it. MixupMultiDataSetIterator and the SameDiff listeners do so
 * themselves; other code does it as follows:
 *
 * <pre>{@code
 * try (WholeBatch open = WholeBatch.open(batch)) {
 *     plan = mixer.plan(batch.getFeatures(0), batch.getLabels(0), epoch, number);
 * }
 * }</pre>
 */
public final class WholeBatch implements AutoCloseable {
    private static final ThreadLocal<WholeBatch> CURRENT = new ThreadLocal<>();

    private final MultiDataSet data;
    private final WholeBatch outer;

    private WholeBatch(MultiDataSet data, WholeBatch outer) {
        this.data = data;
        this.outer = outer;
    }

    /**
     * Sets the calling thread's batch until closed.
     *
     * @param data feature i is that of input i of a ComputationGraph, or of entry i of a SameDiff training configuration's
     *     feature mapping; labels likewise. Not modified.
     * @return to be closed by the caller
     */
    public static WholeBatch open(MultiDataSet data) {
        WholeBatch opened = new WholeBatch(data, CURRENT.get());
        CURRENT.set(opened);
        return opened;
    }

    /** Returns the batch that is open on this thread. */
    static MultiDataSet current(String needed) {
        WholeBatch open = CURRENT.get();
        if (open == null) {
            throw new IllegalStateException("the network needs more than images and labels (" + needed
                    + "); mix with a MixupMultiDataSetIterator or a SameDiff listener, or open a WholeBatch");
        }
        if (hasOthers(open.data.getFeaturesMaskArrays(), 0) || hasOthers(open.data.getLabelsMaskArrays(), 1)) {
            throw new IllegalArgumentException(
                    "masks: expected none in a batch for gradient saliency, except labels masks [batch, "
                            + "1] of image weights");
        }
        return open.data;
    }

    /** Returns whether there are masks other than matrices of a given width. */
    private static boolean hasOthers(INDArray[] masks, int width) {
        return masks != null
                && Arrays.stream(masks).anyMatch(mask -> mask != null && !(mask.rank() == 2 && mask.size(1) == width));
    }

    /** Restores the batch that was open before, if any. */
    @Override
    public void close() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
