package org.guidedmixup.internal.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A separable filter on maps of one size: along the height, then along the width.
 *
 * <p>Immutable; can be shared between threads. Keeps buffers and what was derived from it.
 */
public final class HostFilter {
    private final Bands alongHeight;
    private final Bands alongWidth;
    private final Pool<Filtering> filterings = new Pool<>(() -> new Filtering(this));
    private final Pool<Filtering[]> pairs = new Pool<>(this::pair);
    private final Prepared<Integer, List<HostFilter>> isometric = new Prepared<>();

    /**
     * Makes a filter from its two steps.
     *
     * @param alongHeight the bands along a column
     * @param alongWidth the bands along a row
     */
    public HostFilter(Bands alongHeight, Bands alongWidth) {
        this.alongHeight = alongHeight;
        this.alongWidth = alongWidth;
    }

    /**
     * Makes a filter from the matrices of its two steps.
     *
     * @param alongHeight [H][H'], the matrix along a column. Not modified.
     * @param alongWidth [W][W'], the matrix along a row. Not modified.
     * @return the filter
     */
    public static HostFilter of(float[][] alongHeight, float[][] alongWidth) {
        return new HostFilter(new Bands(alongHeight), new Bands(alongWidth));
    }

    /**
     * Returns the height of filtered maps.
     *
     * @return H'
     */
    public int outputHeight() {
        return alongHeight.outputs();
    }

    /**
     * Returns the width of filtered maps.
     *
     * @return W'
     */
    public int outputWidth() {
        return alongWidth.outputs();
    }

    /**
     * Returns the identity filter.
     *
     * @param height H
     * @param width W
     * @return the filter
     */
    public static HostFilter identity(int height, int width) {
        return new HostFilter(Bands.identity(height), Bands.identity(width));
    }

    /**
     * Returns this filter followed by another one, as one filter.
     *
     * @param next receives the output of this one
     * @return both in one
     */
    public HostFilter then(HostFilter next) {
        return new HostFilter(alongHeight.then(next.alongHeight), alongWidth.then(next.alongWidth));
    }

    /**
     * Combines consecutive filters into one.
     *
     * @param filters each receives the output of the one before it
     * @return all of them; empty if there are none
     */
    public static Optional<HostFilter> chain(List<HostFilter> filters) {
        return filters.stream().reduce(HostFilter::then);
    }

    /**
     * Returns this filter for transposed maps.
     *
     * @return the filter
     */
    public HostFilter transposed() {
        return new HostFilter(alongWidth, alongHeight);
    }

    /**
     * Returns the height of maps to be filtered.
     *
     * @return H
     */
    public int inputHeight() {
        return alongHeight.inputs();
    }

    /**
     * Returns the width of maps to be filtered.
     *
     * @return W
     */
    public int inputWidth() {
        return alongWidth.inputs();
    }

    /**
     * Returns the matrix along a column.
     *
     * @return [H][H']
     */
    public float[][] matrixAlongHeight() {
        return alongHeight.matrix();
    }

    /**
     * Returns the matrix along a row.
     *
     * @return [W][W']
     */
    public float[][] matrixAlongWidth() {
        return alongWidth.matrix();
    }

    /**
     * Returns whether a constant map stays what it is, within rounding errors.
     *
     * @return true if it does
     */
    public boolean preservesConstants() {
        return alongHeight.preservesConstants() && alongWidth.preservesConstants();
    }

    /**
     * Returns a filter that preserves the size of maps and whose results are as far apart as those of this one: ‖A (s − t) Bᵀ‖ =
     * ‖R (s − t) Sᵀ‖ with the triangular factors of A = Q R and B = P S.
     *
     * @param rows the most rows of its results that are computed at once
     * @return filters whose results together are those of that filter
     */
    public List<HostFilter> isometric(int rows) {
        return isometric.get(rows, longest -> {
            Bands height = alongHeight.triangle();
            Bands width = alongWidth.triangle();
            List<HostFilter> parts = new ArrayList<>();
            for (int from = 0; from < height.outputs(); from += longest) {
                int to = Math.min(height.outputs(), from + longest);
                parts.add(new HostFilter(height.part(from, to), width));
            }
            return List.copyOf(parts);
        });
    }

    /**
     * Returns the buffers for filtering one map at a time.
     *
     * @return those that no thread uses
     */
    public Pool<Filtering> filterings() {
        return filterings;
    }

    /**
     * Returns the buffers for filtering one map at a time while the result before it is kept: two filterings that share all
     * other buffers.
     *
     * @return those that no thread uses
     */
    Pool<Filtering[]> pairs() {
        return pairs;
    }

    private Filtering[] pair() {
        Filtering one = new Filtering(this);
        return new Filtering[] {one, one.sharing()};
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
     * @param output [M, H', W']; may be {@code maps} itself if the size stays the same. Modified.
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
