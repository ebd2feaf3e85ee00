package org.guidedmixup.mask;

import org.guidedmixup.internal.host.Chunks;
import org.guidedmixup.internal.host.HostBlend;
import org.guidedmixup.internal.host.HostMaps;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Masks from normalised saliency, m = zᵢ / (zᵢ + z_p(i)) pixel by pixel, one half where both are 0. They are recomputed on
 * every read, which is faster than storing them.
 */
final class HostMask implements HostBlend.Shares {
    /** Added to both maps: makes 0 / 0 one half without a branch, and is lost in the rounding of anything else. */
    private static final float TINY = Float.MIN_NORMAL;

    private final NormalizedSaliency normalized;
    private final int[] partners;

    /**
     * Makes the masks of a batch.
     *
     * @param normalized saliency maps that each sum to 1
     * @param partners the partner of every image. Not modified.
     */
    HostMask(NormalizedSaliency normalized, int[] partners) {
        this.normalized = normalized;
        this.partners = partners.clone();
    }

    @Override
    public HostBlend.Shares ofThread() {
        NormalizedSaliency.Reader maps = normalized.reader();
        return new HostBlend.Shares() {
            @Override
            public void read(int image, int start, float[] target, float[] spare, int count) {
                // The compiler vectorises only loops that use the same index everywhere.
                maps.read(image, start, target, count);
                maps.read(partners[image], start, spare, count);
                share(target, spare, count);
            }

            @Override
            public void close() {
                maps.close();
            }
        };
    }

    @Override
    public void read(int image, int start, float[] target, float[] spare, int count) {
        try (HostBlend.Shares shares = ofThread()) {
            shares.read(image, start, target, spare, count);
        }
    }

    private static void share(float[] own, float[] partner, int count) {
        for (int l = 0; l < count; l++) {
            float mine = own[l] + TINY;
            own[l] = mine / (mine + (partner[l] + TINY));
        }
    }

    /**
     * Returns the mean of every mask.
     *
     * @return one ratio per image
     */
    float[] ratio() {
        return HostBlend.means(partners, pixels(), this);
    }

    private int pixels() {
        return normalized.height() * normalized.width();
    }

    /**
     * Returns the masks as an array.
     *
     * @return a new array [M, H, W], FLOAT
     */
    INDArray toArray() {
        HostMaps masks = new HostMaps(partners.length, normalized.height(), normalized.width());
        Chunks.forEach(partners.length, (from, to) -> {
            float[] spare = new float[pixels()];
            try (HostBlend.Shares shares = ofThread()) {
                for (int i = from; i < to; i++) {
                    float[] mask = new float[spare.length];
                    shares.read(i, 0, mask, spare, mask.length);
                    masks.set(i, mask);
                }
            }
        });
        return masks.toArray();
    }
}
