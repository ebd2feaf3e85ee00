package org.guidedmixup.saliency;

import org.guidedmixup.internal.host.HostFilter;

/**
 * A separable filter that makes saliency maps larger, for {@link NormalizedSaliency#ofSmaller}. Prepared once for many batches;
 * keeps buffers between them. Thread-safe.
 */
public final class Enlargement {
    /** From transposed maps to transposed maps. */
    private final HostFilter transposed;

    /**
     * Prepares a filter.
     *
     * @param alongHeight [h][H], the filter along a column: column o holds the weights of output o. Not modified.
     * @param alongWidth [w][W], the filter along a row. Not modified.
     */
    public Enlargement(float[][] alongHeight, float[][] alongWidth) {
        transposed = HostFilter.of(alongHeight, alongWidth).transposed();
    }

    /** Returns the filter for transposed maps. */
    HostFilter transposed() {
        return transposed;
    }
}
