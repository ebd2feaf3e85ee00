package org.guidedmixup.internal.host;

import java.util.List;
import java.util.Optional;

/**
 * A separable filter on maps of one size: along the height, then along the width.
 *
 * <p>Immutable; can be shared between threads.
 */
public final class HostFilter {
    private final Bands alongHeight;
    private final Bands alongWidth;

    /**
     * Makes a filter of its two steps.
     *
     * @param alongHeight what happens along a column
     * @param alongWidth what happens along a row
     */
    public HostFilter(Bands alongHeight, Bands alongWidth) {
        this.alongHeight = alongHeight;
        this.alongWidth = alongWidth;
    }

    /**
     * Makes a filter of the matrices of its two steps.
     *
     * @param alongHeight [H][H'], what happens along a column. Not modified.
     * @param alongWidth [W][W'], what happens along a row. Not modified.
     * @return the filter
     */
    public static HostFilter of(float[][] alongHeight, float[][] alongWidth) {
        return new HostFilter(new Bands(alongHeight), new Bands(alongWidth));
    }

    /**
     * The height of filtered maps.
     *
     * @return H'
     */
    public int outputHeight() {
        return alongHeight.outputs();
    }

    /**
     * The width of filtered maps.
     *
     * @return W'
     */
    public int outputWidth() {
        return alongWidth.outputs();
    }

    /**
     * The filter that leaves maps as they are.
     *
     * @param height H
     * @param width W
     * @return the filter
     */
    public static HostFilter identity(int height, int width) {
        return new HostFilter(Bands.identity(height), Bands.identity(width));
    }

    /**
     * This filter followed by another one, as one.
     *
     * @param next takes what this one gives
     * @return both
     */
    public HostFilter then(HostFilter next) {
        return new HostFilter(alongHeight.then(next.alongHeight), alongWidth.then(next.alongWidth));
    }

    /**
     * Filters one after the other, as one.
     *
     * @param filters each takes what the one before it gives
     * @return all of them; empty if there are none
     */
    public static Optional<HostFilter> chain(List<HostFilter> filters) {
        return filters.stream().reduce(HostFilter::then);
    }

    /**
     * This filter for maps whose rows are columns.
     *
     * @return the filter
     */
    public HostFilter transposed() {
        return new HostFilter(alongWidth, alongHeight);
    }

    /**
     * The height of maps to be filtered.
     *
     * @return H
     */
    public int inputHeight() {
        return alongHeight.inputs();
    }

    /**
     * The width of maps to be filtered.
     *
     * @return W
     */
    public int inputWidth() {
        return alongWidth.inputs();
    }

    Bands alongHeight() {
        return alongHeight;
    }

    Bands alongWidth() {
        return alongWidth;
    }

    /**
     * Filters all maps of an array.
     *
     * @param maps [M, H, W]. Not modified.
     * @param count M
     * @param output [M, H', W']; may be {@code maps} itself where the size stays. Modified.
     */
    public void apply(HostArray maps, int count, HostArray output) {
        long inputs = (long) inputHeight() * inputWidth();
        long outputs = (long) outputHeight() * outputWidth();
        Chunks.forEach(count, (from, to) -> {
            Filtering filtering = new Filtering(this);
            float[][] result = new float[outputHeight()][outputWidth()];
            for (int m = from; m < to; m++) {
                maps.readRows(m * inputs, filtering.input, inputWidth());
                filtering.rows(result);
                output.writeRows(m * outputs, result, outputWidth());
            }
        });
    }
}
