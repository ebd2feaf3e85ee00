package org.guidedmixup.method.snapmix;

import java.io.Serializable;
import java.util.List;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.mask.Box;
import org.guidedmixup.pairing.Pairing;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The label weights of {@link SnapMix}.
 *
 * @param own ρ_a of every image, the weight of its own label
 * @param partner ρ_b of every image, the weight of its partner's label
 * @param nonFinite the number of images whose map was not finite
 */
record SnapMixWeights(List<Float> own, List<Float> partner, int nonFinite) implements Serializable {

    /**
     * Computes label weights from the sums of maps over boxes.
     *
     * @param maps [M, H, W], FLOAT, not negative. Not modified.
     * @param classes the class of every image. Not modified.
     * @param pairs the partner of every image
     * @param pasted the box that every image loses, not empty
     * @param cut the box that every partner gives, not empty
     */
    static SnapMixWeights of(INDArray maps, long[] classes, Pairing pairs, Box pasted, Box cut) {
        int size = pairs.size();
        int width = (int) maps.size(2);
        double share = (double) pasted.area() / (maps.size(1) * maps.size(2));
        double[] lost = new double[size];
        double[] given = new double[size];
        int nonFinite = 0;
        float[] map = new float[(int) maps.size(1) * width];
        HostArray all = HostArray.reading(maps);
        for (int i = 0; i < size; i++) {
            all.read((long) i * map.length, map, map.length);
            double sum = sum(map, width, new Box(0, 0, (int) maps.size(1), width));
            lost[i] = sum(map, width, pasted) / sum;
            given[i] = sum(map, width, cut) / sum;
            nonFinite += Double.isFinite(sum) ? 0 : 1;
        }
        Float[] own = new Float[size];
        Float[] partner = new Float[size];
        for (int i = 0; i < size; i++) {
            int p = pairs.partner(i);
            double a = 1 - lost[i];
            double b = given[p];
            boolean sameClass = classes[i] == classes[p];
            own[i] = (float) orElse(sameClass ? a + b : a, 1 - share);
            partner[i] = (float) orElse(sameClass ? a + b : b, share);
        }
        return new SnapMixWeights(List.of(own), List.of(partner), nonFinite);
    }

    private static double orElse(double weight, double fallback) {
        return Double.isFinite(weight) ? weight : fallback;
    }

    private static double sum(float[] map, int width, Box box) {
        double sum = 0;
        for (int y = box.top(); y < box.top() + box.height(); y++) {
            for (int x = box.left(); x < box.left() + box.width(); x++) {
                sum += map[y * width + x];
            }
        }
        return sum;
    }
}
