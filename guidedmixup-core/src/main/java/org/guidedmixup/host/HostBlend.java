package org.guidedmixup.host;

/** Blends images with their targets, mask and mix in one pass over the pixels. */
public final class HostBlend {
    private HostBlend() {}

    /**
     * x̂ᵢ = m ⊙ xᵢ + (1 − m) ⊙ x_p(i), every channel with the same mask.
     *
     * @param images [M, C, H, W] as runs of pixels. Not modified.
     * @param targets the target of every image. Not modified.
     * @param channels C
     * @param mask [M, H, W], the share of the source. Not modified.
     * @param output as {@code images}; another array. Modified.
     */
    public static void apply(HostArray images, int[] targets, int channels, HostArray mask, HostArray output) {
        int count = targets.length;
        int pixels = (int) (mask.length() / count);
        Chunks.forEach(count, (from, to) -> {
            int run = Math.min(pixels, RUN);
            float[] own = new float[run];
            float[] partner = new float[run];
            float[] share = new float[run];
            for (int i = from; i < to; i++) {
                for (int start = 0; start < pixels; start += run) {
                    int length = Math.min(run, pixels - start);
                    mask.read((long) i * pixels + start, share, length);
                    for (int c = 0; c < channels; c++) {
                        images.read(((long) i * channels + c) * pixels + start, own, length);
                        images.read(((long) targets[i] * channels + c) * pixels + start, partner, length);
                        blend(own, partner, share, length);
                        output.write(((long) i * channels + c) * pixels + start, own, length);
                    }
                }
            }
        });
    }

    /** Pixels at a time: small enough for the first cache level. */
    private static final int RUN = 2048;

    private static void blend(float[] own, float[] partner, float[] share, int length) {
        for (int l = 0; l < length; l++) {
            own[l] = share[l] * own[l] + (1 - share[l]) * partner[l];
        }
    }
}
