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
     * @param last the filter for transposed maps; preserves constants
     * @return the normalisation, which takes transposed maps
     */
    public static HostNormalization before(int count, HostFilter last) {
        return new HostNormalization(
                HostMaps.filtered(new float[count][], last),
                last.alongHeight().inputSums(),
                last.alongWidth().inputSums());
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
            for (int i = from; i < to; i++) {
                saliency.readRows((long) i * height * width, rows, width);
                normalized.put(i, 1, rows);
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
     * Adds maps.
     *
     * @param first the number of the first one
     * @param count the number of maps
     * @param rows row y of all of them, one after the other, or those before the last filter. Not modified.
     */
    public void put(int first, int count, float[][] rows) {
        float[] columns = columnSums(rows);
        int width = columns.length / count;
        for (int m = 0; m < count; m++) {
            float sum = sum(columns, m * width, width);
            float scale = 1 / sum;
            boolean usable = Float.isFinite(sum) && Float.isFinite(scale);
            float[] map = new float[rows.length * width];
            if (usable) {
                for (int y = 0; y < rows.length; y++) {
                    System.arraycopy(rows[y], m * width, map, y * width, width);
                }
                multiply(map, scale);
            } else {
                Arrays.fill(map, 1f / maps.pixels());
            }
            sums[first + m] = sum;
            maps.set(first + m, map);
        }
    }

    private float[] columnSums(float[][] rows) {
        float[] columns = new float[rows[0].length];
        for (int y = 0; y < rows.length; y++) {
            if (rowWeights.length == 0) {
                add(rows[y], columns);
            } else {
                add(rows[y], rowWeights[y], columns);
            }
        }
        return columns;
    }

    private float sum(float[] columns, int from, int width) {
        double sum = 0;
        for (int x = 0; x < width; x++) {
            sum += columns[from + x] * (columnWeights.length == 0 ? 1.0 : columnWeights[x]);
        }
        return (float) sum;
    }

    private static void add(float[] row, float[] sums) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += row[x];
        }
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
