package org.guidedmixup.dl4j.saliency;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The batch whose images are being mixed, with everything else that a network of several inputs is fed.
 *
 * <p>A mixer sees images and labels only. Whoever has the whole batch opens this around the call, on the same thread;
 * {@link GradientSaliency} then takes the other arrays from it. MixupMultiDataSetIterator and the SameDiff listeners do so
 * themselves:
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
     * Names the calling thread's batch, until closed.
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

    /** The batch that is open on this thread. */
    static MultiDataSet current(String needed) {
        WholeBatch open = CURRENT.get();
        if (open == null) {
            throw new IllegalStateException("the network needs more than images and labels (" + needed
                    + "): mix with a MixupMultiDataSetIterator or a SameDiff listener, or open a WholeBatch");
        }
        if (hasOthers(open.data.getFeaturesMaskArrays(), 0) || hasOthers(open.data.getLabelsMaskArrays(), 1)) {
            throw new IllegalArgumentException(
                    "masks: expected none in a batch for gradient saliency, but labels masks [batch, "
                            + "1], the weights of images");
        }
        return open.data;
    }

    /** Whether there are masks but columns of a width. */
    private static boolean hasOthers(INDArray[] masks, int width) {
        return masks != null
                && Arrays.stream(masks).anyMatch(mask -> mask != null && !(mask.rank() == 2 && mask.size(1) == width));
    }

    /** Goes back to the batch that was open before, if any. */
    @Override
    public void close() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
