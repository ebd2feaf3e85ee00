package org.guidedmixup.internal.host;

/**
 * A filter with the buffers between its steps, for one map or for several side by side. Both axes are filtered across rows, so
 * that the compiler can use vector instructions.
 *
 * <p>Not thread-safe: an instance holds its buffers.
 */
public final class Filtering {
    /** The input, [H][maps · W]: row y of every map; filled by the caller before each call. */
    public final float[][] input;

    private final HostFilter filter;
    private final int maps;
    private final float[][] filtered;
    private final float[][] filteredColumns;
    private final float[][] columns;

    /**
     * Prepares for one filter.
     *
     * @param filter the filter
     */
    public Filtering(HostFilter filter) {
        this(filter, 1, new float[filter.inputHeight()][filter.inputWidth()]);
    }

    /**
     * Prepares for one filter and several maps at a time.
     *
     * @param filter the filter
     * @param maps the number of maps
     * @param input [H][maps · W]. Kept.
     */
    public Filtering(HostFilter filter, int maps, float[][] input) {
        this(
                filter,
                maps,
                input,
                new float[filter.outputHeight()][maps * filter.inputWidth()],
                new float[filter.inputWidth()][maps * filter.outputHeight()]);
    }

    private Filtering(HostFilter filter, int maps, float[][] input, float[][] filtered, float[][] filteredColumns) {
        this.filter = filter;
        this.maps = maps;
        this.input = input;
        this.filtered = filtered;
        this.filteredColumns = filteredColumns;
        columns = new float[filter.outputWidth()][maps * filter.outputHeight()];
    }

    /**
     * Returns another filtering by the same filter, which shares all buffers but that of the result.
     *
     * @return the filtering, for the same thread
     */
    Filtering sharing() {
        return new Filtering(filter, maps, input, filtered, filteredColumns);
    }

    /**
     * Filters the input.
     *
     * @return the columns of the results, [W'][maps · H']: column x of every map; overwritten by the next call
     */
    public float[][] columns() {
        int height = filter.outputHeight();
        int width = filter.inputWidth();
        filter.alongHeight().acrossRows(input, filtered, maps * width);
        for (int m = 0; m < maps; m++) {
            Transposition.of(filtered, m * width, height, width, filteredColumns, m * height);
        }
        filter.alongWidth().acrossRows(filteredColumns, columns, maps * height);
        return columns;
    }

    /**
     * Returns what {@link #columns} returned last.
     *
     * @return the columns of the results
     */
    float[][] lastColumns() {
        return columns;
    }

    /**
     * Filters an input of one map.
     *
     * @param rows the rows of the result, [H'][W']. Modified.
     */
    public void rows(float[][] rows) {
        Transposition.of(columns(), 0, filter.outputWidth(), filter.outputHeight(), rows, 0);
    }
}
