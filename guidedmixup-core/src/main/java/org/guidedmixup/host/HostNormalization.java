package org.guidedmixup.host;

import java.util.Arrays;

/** Maps that each sum to 1. */
public final class HostNormalization {
    private final HostMaps maps;
    private final float[] sums;

    HostNormalization(int count, int height, int width) {
        maps = new HostMaps(count, height, width);
        sums = new float[count];
    }

    /**
     * Divides every map by its sum; a map whose sum is 0 or not finite becomes uniform.
     *
     * @param saliency [M, H, W]. Not modified.
     * @param count M
     * @param smoothing what is done with every map first
     * @return the maps and their sums
     */
    public static HostNormalization of(HostArray saliency, int count, HostFilter smoothing) {
        HostNormalization normalized = new HostNormalization(count, smoothing.outputHeight(), smoothing.outputWidth());
        int height = smoothing.inputHeight();
        int width = smoothing.inputWidth();
        Chunks.forEach(count, (from, to) -> {
            float[][] map = new float[height][width];
            float[][] work = smoothing.work();
            float[][] smoothed = new float[smoothing.outputHeight()][smoothing.outputWidth()];
            Target target = normalized.new Target();
            for (int i = from; i < to; i++) {
                saliency.readRows((long) i * height * width, map, width);
                smoothing.apply(map, work, smoothed);
                target.put(i, smoothed);
            }
        });
        return normalized;
    }

    /**
     * The maps.
     *
     * @return each with a sum of 1
     */
    public HostMaps maps() {
        return maps;
    }

    /**
     * What every map was divided by.
     *
     * @return one sum a map; do not modify
     */
    public float[] sums() {
        return sums;
    }

    /** Takes maps from one thread. */
    final class Target {
        private final float[] flat = new float[maps.pixels()];

        /** Takes the map of an image, as rows. */
        void put(int image, float[][] rows) {
            int width = maps.pixels() / rows.length;
            float sum = sum(rows, width);
            float scale = 1 / sum;
            if (Float.isFinite(sum) && Float.isFinite(scale)) {
                for (int y = 0; y < rows.length; y++) {
                    scale(rows[y], scale, width, flat, y * width);
                }
            } else {
                Arrays.fill(flat, 1f / flat.length);
            }
            sums[image] = sum;
            maps.set(image, flat.clone()); // a clone's memory is not cleared first
        }
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

    private static void scale(float[] row, float scale, int width, float[] map, int start) {
        for (int x = 0; x < width; x++) {
            map[start + x] = row[x] * scale;
        }
    }
}
