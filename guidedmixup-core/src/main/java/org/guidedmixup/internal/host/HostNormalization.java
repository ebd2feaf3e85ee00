package org.guidedmixup.internal.host;

import java.util.Arrays;

/** Normalises maps so that each sums to 1. */
public final class HostNormalization {
    private final HostMaps maps;
    private final float[] sums;
    /** The weight of a pixel in the sum of its map is that of its row times that of its column; empty for 1. */
    private final float[] rowWeights;

    private final float[] columnWeights;

    /**
     * Allocates room for maps that are added one by one.
     *
     * @param count M
     * @param height H
     * @param width W
     */
    public HostNormalization(int count, int height, int width) {
        this(new HostMaps(count, height, width), new float[0], new float[0]);
    }

    private HostNormalization(HostMaps maps, float[] rowWeights, float[] columnWeights) {
        this.maps = maps;
        this.rowWeights = rowWeights;
        this.columnWeights = columnWeights;
        sums = new float[maps.count()];
    }

    /**
     * Allocates room for maps that a last filter makes larger: their sum is 1 after the filter, which is applied when they are
     * read.
     *
     * @param count M
     * @param last the filter; preserves constants
     * @return the normalisation, which takes transposed maps
     */
    public static HostNormalization before(int count, HostFilter last) {
        return new HostNormalization(
                HostMaps.filtered(new float[count][], last),
                last.alongWidth().inputSums(),
                last.alongHeight().inputSums());
    }

    /**
     * Divides every map by its sum; a map whose sum is 0 or not finite becomes uniform.
     *
     * @param saliency [M, H, W]. Not modified.
     * @param shape M, H and W
     * @return the maps and their sums
     */
    public static HostNormalization of(HostArray saliency, long... shape) {
        int count = Math.toIntExact(shape[0]);
        int height = Math.toIntExact(shape[1]);
        int width = Math.toIntExact(shape[2]);
        HostNormalization normalized = new HostNormalization(count, height, width);
        Chunks.forEach(count, (from, to) -> {
            float[][] rows = new float[height][width];
            float[] spare = new float[height * width];
            for (int i = from; i < to; i++) {
                saliency.readRows((long) i * height * width, rows, width);
                normalized.put(i, rows, spare);
            }
        });
        return normalized;
    }

    /**
     * Returns the maps.
     *
     * @return each with a sum of 1
     */
    public HostMaps maps() {
        return maps;
    }

    /**
     * Returns the number of maps whose sum is not finite.
     *
     * @return 0 to M
     */
    public int nonFinite() {
        int count = 0;
        for (float sum : sums) {
            count += Float.isFinite(sum) ? 0 : 1;
        }
        return count;
    }

    /**
     * Adds a map.
     *
     * @param image its number
     * @param rows its pixels, or those before the last filter. Not modified.
     * @param spare a buffer with one element for each of them. Modified.
     */
    public void put(int image, float[][] rows, float[] spare) {
        int width = spare.length / rows.length;
        for (int y = 0; y < rows.length; y++) {
            System.arraycopy(rows[y], 0, spare, y * width, width);
        }
        float[] map = spare.clone(); // cloning does not zero the memory first
        float sum = rowWeights.length == 0 ? sum(rows, width) : weightedSum(rows);
        float scale = 1 / sum;
        if (Float.isFinite(sum) && Float.isFinite(scale)) {
            multiply(map, scale);
        } else {
            Arrays.fill(map, 1f / maps.pixels());
        }
        sums[image] = sum;
        maps.set(image, map);
    }

    private static float sum(float[][] rows, int width) {
        float[] columns = new float[width];
        for (float[] row : rows) {
            for (int x = 0; x < width; x++) {
                columns[x] += row[x];
            }
        }
        double sum = 0;
        for (float column : columns) {
            sum += column;
        }
        return (float) sum;
    }

    private float weightedSum(float[][] rows) {
        float[] columns = new float[columnWeights.length];
        for (int y = 0; y < rows.length; y++) {
            add(rows[y], rowWeights[y], columns);
        }
        double sum = 0;
        for (int x = 0; x < columns.length; x++) {
            sum += (double) columns[x] * columnWeights[x];
        }
        return (float) sum;
    }

    private static void add(float[] row, float weight, float[] sums) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += row[x] * weight;
        }
    }

    private static void multiply(float[] map, float scale) {
        for (int p = 0; p < map.length; p++) {
            map[p] *= scale;
        }
    }
}
