package org.guidedmixup.host;

/** Masks from normalised saliency. */
public final class HostMask {
    /** Pixels at a time: small enough for the first cache level. */
    private static final int RUN = 2048;

    private HostMask() {}

    /**
     * m = zᵢ / (zᵢ + z_p(i)) pixel by pixel, one half where both are 0.
     *
     * @param normalized [M, H, W]. Not modified.
     * @param targets the target of every image. Not modified.
     * @param weights [M, H, W]; another array. Modified.
     */
    public static void ofSaliency(HostArray normalized, int[] targets, HostArray weights) {
        int pixels = (int) (normalized.length() / targets.length);
        Chunks.forEach(targets.length, (from, to) -> {
            int run = Math.min(pixels, RUN);
            float[] own = new float[run];
            float[] partner = new float[run];
            for (int i = from; i < to; i++) {
                for (int start = 0; start < pixels; start += run) {
                    int length = Math.min(run, pixels - start);
                    normalized.read((long) i * pixels + start, own, length);
                    normalized.read((long) targets[i] * pixels + start, partner, length);
                    share(own, partner, length);
                    weights.write((long) i * pixels + start, own, length);
                }
            }
        });
    }

    private static void share(float[] own, float[] partner, int length) {
        for (int l = 0; l < length; l++) {
            float sum = own[l] + partner[l];
            own[l] = sum == 0 ? 0.5f : own[l] / sum;
        }
    }
}
