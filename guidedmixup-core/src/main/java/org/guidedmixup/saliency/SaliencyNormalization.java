package org.guidedmixup.saliency;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Saliency maps that each sum to 1: z = s / Σ s.
 *
 * @param maps [M, H, W], FLOAT; each map sums to 1
 * @param nonFinite the number of maps that were not finite and became uniform
 */
public record SaliencyNormalization(INDArray maps, int nonFinite) {

    /**
     * Normalises maps. A map that sums to 0, or is not finite, becomes the uniform map 1 / (H W).
     *
     * @param saliency [M, H, W], FLOAT, not negative. Not modified.
     * @return the normalised maps
     */
    public static SaliencyNormalization of(INDArray saliency) {
        long pixels = saliency.size(1) * saliency.size(2);
        float[] sums = saliency.sum(1, 2).data().asFloat();
        float[] scales = new float[sums.length];
        int nonFinite = 0;
        for (int i = 0; i < sums.length; i++) {
            scales[i] = 1 / sums[i];
            nonFinite += Float.isFinite(sums[i]) ? 0 : 1;
        }
        INDArray maps = saliency.mul(Nd4j.createFromArray(scales).reshape(sums.length, 1, 1));
        for (int i = 0; i < sums.length; i++) {
            if (!Float.isFinite(sums[i]) || !Float.isFinite(scales[i])) {
                maps.slice(i).assign(1.0 / pixels);
            }
        }
        return new SaliencyNormalization(maps, nonFinite);
    }
}
