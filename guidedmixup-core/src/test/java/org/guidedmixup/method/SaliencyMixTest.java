package org.guidedmixup.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.guidedmixup.mask.Box;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.plan.BoxPlan;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** SaliencyMix: boxes around the most salient pixel. */
class SaliencyMixTest {

    /** Returns a detector with the peak of image i at row i + 1, column 2 i. */
    private static SaliencyDetector peaks(int m, int h, int w) {
        return (images, labels, format) -> {
            INDArray maps = RandomImages.maps(3, m, h, w);
            for (int i = 0; i < m; i++) {
                maps.putScalar(i, i + 1, 2L * i, 5);
            }
            return maps;
        };
    }

    @Test
    void saliencyMixCutsAroundThePeakOfThePartner() {
        INDArray images = RandomImages.nchw(1, 5, 3, 9, 13);
        INDArray labels = RandomImages.labels(5, 5);
        SaliencyMix.Builder builder = SaliencyMix.builder()
                .mixProbability(1)
                .saliency(peaks(5, 9, 13))
                .seed(2);
        SaliencyMix perImage = builder.build();
        SaliencyMix perBatch = builder.onePerBatch().build();
        int boxes = 0;
        for (int b = 0; b < 30; b++) {
            BoxPlan each = (BoxPlan) perImage.plan(images, labels, 0, b);
            BoxPlan one = (BoxPlan) perBatch.plan(images, labels, 0, b);
            assertEquals(each.pairing(), one.pairing());
            int first = each.pairing().partner(0);
            for (int i = 0; i < 5; i++) {
                int partner = each.pairing().partner(i);
                boxes += assertCentre(each.boxes().get(i), partner + 1, 2 * partner);
                assertCentre(one.boxes().get(i), first + 1, 2 * first);
                assertEquals(each.boxes().get(0), one.boxes().get(i));
            }
        }
        assertTrue(boxes > 100, "boxes with pixels: " + boxes);
    }

    /** Asserts that the peak is in the box, and in its centre unless the box is clipped. */
    private static int assertCentre(Box box, int row, int column) {
        if (box.isEmpty()) {
            return 0;
        }
        int above = row - box.top();
        int below = box.top() + box.height() - 1 - row;
        int before = column - box.left();
        int after = box.left() + box.width() - 1 - column;
        assertTrue(above >= 0 && below >= 0 && before >= 0 && after >= 0, box + " around " + row + ", " + column);
        if (box.top() > 0 && box.top() + box.height() < 9) {
            assertTrue(above - below == 0 || above - below == 1, box + " around row " + row);
        }
        if (box.left() > 0 && box.left() + box.width() < 13) {
            assertTrue(before - after == 0 || before - after == 1, box + " around column " + column);
        }
        return 1;
    }

    @Test
    void ofEqualPeaksTheFirstCountsAndMapsThatAreNotFiniteHaveNone() {
        INDArray images = RandomImages.nchw(1, 2, 1, 6, 6);
        INDArray labels = RandomImages.labels(2, 2);
        INDArray maps = Nd4j.zeros(DataType.FLOAT, 2, 6, 6);
        maps.putScalar(0, 2, 4, 3);
        maps.putScalar(0, 3, 1, 3);
        maps.putScalar(1, 5, 5, Float.NaN);
        maps.putScalar(1, 4, 4, 9);
        SaliencyMix mixer = SaliencyMix.builder()
                .mixProbability(1)
                .alpha(200)
                .saliency((x, y, format) -> maps)
                .pairing((size, distance, random) -> Pairing.of(1, 0))
                .build();
        BoxPlan plan = (BoxPlan) mixer.plan(images, labels, 0, 0);
        assertEquals(1, plan.nonFiniteSaliencies());
        assertEquals(new Box(0, 2, 4, 4), plan.boxes().get(1), "around row 2, column 4 of image 0");
        assertEquals(0, plan.boxes().get(0).top());
        assertEquals(0, plan.boxes().get(0).left());
    }
}
