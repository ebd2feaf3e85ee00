package org.guidedmixup.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.mask.Box;
import org.guidedmixup.plan.BoxPlan;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** CutMix: the positions of boxes, and the share of batches that are mixed. */
class CutMixTest {

    @Test
    void cutMixDrawsOneBoxABatchWithCentresAllOverTheImage() {
        INDArray images = RandomImages.nchw(1, 3, 1, 9, 14);
        INDArray labels = RandomImages.labels(3, 3);
        BatchMixer mixer = CutMix.builder().mixProbability(1).seed(1).build();
        int batches = 2000;
        double stay = 0;
        double[][] covered = new double[9][14];
        for (int b = 0; b < batches; b++) {
            BoxPlan plan = (BoxPlan) mixer.plan(images, labels, 0, b);
            assertEquals(1, new HashSet<>(plan.boxes()).size());
            Box box = plan.boxes().get(0);
            stay += 1 - box.area() / (9.0 * 14);
            for (int y = box.top(); y < box.top() + box.height(); y++) {
                for (int x = box.left(); x < box.left() + box.width(); x++) {
                    covered[y][x]++;
                }
            }
        }
        double[] expected = expectedCutMix(9, 14);
        assertEquals(expected[0], stay / batches, 0.025, "mean share that stays");
        assertEquals(expected[1], covered[0][0] / batches, 0.04, "a corner is covered");
        assertEquals(expected[2], covered[4][7] / batches, 0.045, "the middle is covered");
    }

    /** Computes the mean share that stays, and how often the first and a middle pixel are covered, over all λ and centres. */
    private static double[] expectedCutMix(int h, int w) {
        int steps = 500;
        double stay = 0;
        double corner = 0;
        double middle = 0;
        for (int s = 0; s < steps; s++) {
            double root = Math.sqrt((s + 0.5) / steps);
            int height = (int) Math.floor(root * h + 0.5);
            int width = (int) Math.floor(root * w + 0.5);
            for (int cy = 0; cy < h; cy++) {
                for (int cx = 0; cx < w; cx++) {
                    int inside = 0;
                    for (int y = cy - height / 2; y < cy - height / 2 + height; y++) {
                        for (int x = cx - width / 2; x < cx - width / 2 + width; x++) {
                            inside += y >= 0 && y < h && x >= 0 && x < w ? 1 : 0;
                            corner += y == 0 && x == 0 ? 1 : 0;
                            middle += y == 4 && x == 7 ? 1 : 0;
                        }
                    }
                    stay += 1 - (double) inside / (h * w);
                }
            }
        }
        double cases = (double) steps * h * w;
        return new double[] {stay / cases, corner / cases, middle / cases};
    }

    @Test
    void cutMixAsksForNoSaliency() {
        INDArray images = RandomImages.nchw(3, 4, 3, 8, 8);
        BatchMixer mixer = CutMix.builder()
                .mixProbability(1)
                .saliency((x, y, format) -> {
                    throw new AssertionError("asked");
                })
                .build();
        assertTrue(mixer.plan(images, RandomImages.labels(4, 4)).isMixed());
    }
}
