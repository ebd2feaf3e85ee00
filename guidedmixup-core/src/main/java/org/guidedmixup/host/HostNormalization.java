package org.guidedmixup.host;

/** Maps that each sum to 1. */
public final class HostNormalization {
    private HostNormalization() {}

    /**
     * Divides every map by its sum; a map whose sum is 0 or not finite becomes uniform.
     *
     * @param maps [M, H, W]. Not modified.
     * @param count M
     * @param output as {@code maps}, may be the same. Modified.
     * @return the sum of every map
     */
    public static float[] sumToOne(HostArray maps, int count, HostArray output) {
        int pixels = (int) (maps.length() / count);
        float[] sums = new float[count];
        Chunks.forEach(count, (from, to) -> {
            float[] map = new float[pixels];
            for (int i = from; i < to; i++) {
                maps.read((long) i * pixels, map, pixels);
                sums[i] = sum(map);
                normalize(map, sums[i]);
                output.write((long) i * pixels, map, pixels);
            }
        });
        return sums;
    }

    private static float sum(float[] map) {
        double sum = 0;
        for (float value : map) {
            sum += value;
        }
        return (float) sum;
    }

    private static void normalize(float[] map, float sum) {
        float scale = 1 / sum;
        boolean usable = Float.isFinite(sum) && Float.isFinite(scale);
        for (int k = 0; k < map.length; k++) {
            map[k] = usable ? map[k] * scale : 1f / map.length;
        }
    }
}
