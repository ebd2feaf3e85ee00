package org.guidedmixup.internal.host;

/**
 * A filter with the buffers between its steps. Both axes are filtered across rows, so that the compiler can use vector
 * instructions.
 *
 * <p>Not thread-safe: an instance holds its buffers.
 */
public final class Filtering {
    /** The input, [H][W]; filled by the caller before each call. */
    public final float[][] input;

    private final HostFilter filter;
    private final float[][] filtered;
    private final float[][] filteredColumns;
    private final float[][] columns;

    /**
     * Prepares for one filter.
     *
     * @param filter the filter
     */
    public Filtering(HostFilter filter) {
        this.filter = filter;
        input = new float[filter.inputHeight()][filter.inputWidth()];
        filtered = new float[filter.outputHeight()][filter.inputWidth()];
        filteredColumns = new float[filter.inputWidth()][filter.outputHeight()];
        columns = new float[filter.outputWidth()][filter.outputHeight()];
    }

    /**
     * Filters the input.
     *
     * @return the columns of the result, [W'][H']; overwritten by the next call
     */
    public float[][] columns() {
        filter.alongHeight().acrossRows(input, filtered, filter.inputWidth());
        Transposition.of(filtered, 0, filter.outputHeight(), filter.inputWidth(), filteredColumns, 0);
        filter.alongWidth().acrossRows(filteredColumns, columns, filter.outputHeight());
        return columns;
    }

    /**
     * Filters the input.
     *
     * @param rows the rows of the result, [H'][W']. Modified.
     */
    public void rows(float[][] rows) {
        Transposition.of(columns(), 0, filter.outputWidth(), filter.outputHeight(), rows, 0);
    }
}
