package org.guidedmixup.host;

/**
 * A separable filter on maps of one size: along the height, then along the width.
 *
 * <p>Immutable; can be shared between threads.
 */
public final class HostFilter {
    private final Bands alongHeight;
    private final Bands alongWidth;

    /**
     * Makes a filter.
     *
     * @param alongHeight what happens along a column
     * @param alongWidth what happens along a row
     */
    public HostFilter(Bands alongHeight, Bands alongWidth) {
        this.alongHeight = alongHeight;
        this.alongWidth = alongWidth;
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

    /** Rows for the step between the two. */
    float[][] work() {
        return new float[alongHeight.outputs()][alongWidth.inputs()];
    }

    /**
     * Filters one map.
     *
     * @param map [H][W]. Not modified.
     * @param work from {@link #work}. Modified.
     * @param output [H'][W']; may be {@code map} itself where the size stays. Modified.
     */
    void apply(float[][] map, float[][] work, float[][] output) {
        alongHeight.acrossRows(map, work, alongWidth.inputs());
        for (int y = 0; y < work.length; y++) {
            alongWidth.alongRow(work[y], output[y]);
        }
    }

    /**
     * Filters all maps of an array.
     *
     * @param maps [M, H, W]. Not modified.
     * @param count M
     * @param output [M, H', W']; may be {@code maps} itself where the size stays. Modified.
     */
    public void apply(HostArray maps, int count, HostArray output) {
        int height = alongHeight.inputs();
        int width = alongWidth.inputs();
        Chunks.forEach(count, (from, to) -> {
            float[][] map = new float[height][width];
            float[][] work = work();
            float[][] result = new float[outputHeight()][outputWidth()];
            for (int m = from; m < to; m++) {
                maps.readRows((long) m * height * width, map, width);
                apply(map, work, result);
                output.writeRows((long) m * outputHeight() * outputWidth(), result, outputWidth());
            }
        });
    }
}
