package org.guidedmixup.method.snapmix;

import static org.guidedmixup.method.snapmix.SnapMixTest.maps;
import static org.guidedmixup.method.snapmix.SnapMixTest.mixedPlan;
import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.guidedmixup.mask.Box;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.plan.LabelKind;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** SnapMix: label weights from the maps inside the boxes. */
class SnapMixLabelsTest {

    @Test
    void labelsAreWeightedByWhatBoxesHoldOfTheMaps() {
        int m = 6;
        INDArray images = RandomImages.nchw(1, m, 3, 10, 14);
        INDArray labels = RandomImages.labels(m, 3); // classes 0 1 2 0 1 2
        INDArray maps = RandomImages.maps(2, m, 10, 14).mul(7);
        SnapMix mixer = maps(maps).seed(1).build();
        int sameClass = 0;
        int others = 0;
        for (int batch = 0; batch < 20; batch++) {
            if (!(mixer.plan(images, labels, 0, batch) instanceof SnapMixPlan plan)) {
                continue;
            }
            INDArray mixed = plan.mixLabels(labels);
            for (int i = 0; i < m; i++) {
                int partner = plan.pairing().partner(i);
                double own = 1 - mass(maps, i, plan.pasted());
                double given = mass(maps, partner, plan.cut());
                double[] expected = new double[3];
                if (i % 3 == partner % 3) {
                    expected[i % 3] = 2 * (own + given);
                    sameClass++;
                } else {
                    expected[i % 3] = own;
                    expected[partner % 3] = given;
                    others++;
                }
                assertArrayEquals(
                        expected, mixed.slice(i).castTo(DataType.DOUBLE).data().asDouble(), 1e-5);
            }
        }
        assertTrue(sameClass > 5 && others > 5, sameClass + " and " + others);
    }

    private static double mass(INDArray maps, int image, Box box) {
        double inside = 0;
        for (int y = box.top(); y < box.top() + box.height(); y++) {
            for (int x = box.left(); x < box.left() + box.width(); x++) {
                inside += maps.getDouble(image, y, x);
            }
        }
        return inside / maps.slice(image).castTo(DataType.DOUBLE).sumNumber().doubleValue();
    }

    @Test
    void mapsWithoutASumFallBackToTheShareOfPixels() {
        INDArray images = RandomImages.nchw(1, 4, 1, 8, 6);
        INDArray maps = RandomImages.maps(2, 4, 8, 6);
        maps.slice(0).assign(0);
        maps.putScalar(1, 2, 2, Float.NaN);
        INDArray labels = Nd4j.createFromArray(new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 1}});
        SnapMix mixer = maps(maps)
                .pairing((size, distance, random) -> Pairing.of(1, 2, 0, 3))
                .build();
        SnapMixPlan plan = mixedPlan(mixer, images, labels);
        assertEquals(1, plan.nonFiniteSaliencies());
        double share = plan.pasted().area() / 48.0;
        assertEquals(1 - share, plan.ownWeights().get(0), 1e-6, "no sum");
        assertEquals(share, plan.partnerWeights().get(0), 1e-6, "NaN in the partner");
        assertEquals(1 - share, plan.ownWeights().get(1), 1e-6, "NaN");
        assertEquals(mass(maps, 2, plan.cut()), plan.partnerWeights().get(1), 1e-6);
        assertEquals(share, plan.partnerWeights().get(2), 1e-6, "no sum in the partner");

        SnapMix ofOneClass = maps(maps)
                .pairing((size, distance, random) -> Pairing.of(2, 3, 1, 0))
                .build();
        INDArray oneClass = Nd4j.createFromArray(new float[][] {{1, 0}, {1, 0}, {1, 0}, {1, 0}});
        SnapMixPlan same = mixedPlan(ofOneClass, images, oneClass);
        double sameShare = same.pasted().area() / 48.0;
        assertEquals(1 - sameShare, same.ownWeights().get(0), 1e-6, "a sum with what is missing is missing");
        assertEquals(sameShare, same.partnerWeights().get(0), 1e-6);
    }

    @Test
    void classesOfSoftLabelsAreTheirLargest() {
        INDArray images = RandomImages.nchw(1, 2, 1, 8, 8);
        INDArray soft = Nd4j.createFromArray(new float[][] {{0.6f, 0.4f, 0}, {0.5f, 0, 0.5f}});
        SnapMixPlan plan = mixedPlan(SnapMix.builder().build(), images, soft);
        assertEquals(plan.ownWeights(), plan.partnerWeights());
        INDArray expected = soft.mul(plan.ownWeights().get(0))
                .add(plan.pairing().partners(soft).mul(plan.partnerWeights().get(0)));
        assertClose(expected.slice(0), plan.mixLabels(soft).slice(0), 1e-6, "labels");
    }

    @Test
    void labelsWithoutOneClassAnImageAreRefused() {
        INDArray images = RandomImages.nchw(1, 2, 1, 8, 8);
        // Also if this batch would not be mixed.
        SnapMix mixer = SnapMix.builder().mixProbability(0).build();
        INDArray column = Nd4j.createFromArray(new float[][] {{0}, {1}});
        assertIllegalArgument(() -> mixer.plan(images, column), "labels [2, 1]", "SnapMix", "one column", "softmax");
        INDArray several = Nd4j.createFromArray(new float[][] {{1, 0, 0}, {1, 1, 0}});
        assertIllegalArgument(() -> mixer.plan(images, several), "labels [2, 3]", "SnapMix", "multi-label");
        INDArray none = Nd4j.createFromArray(new float[][] {{1, 0, 0}, {0, 0, 0}});
        assertIllegalArgument(() -> mixer.plan(images, none), "labels [2, 3]", "SnapMix", "multi-label");
        SnapMix told = SnapMix.builder().labelKind(LabelKind.CLASSES).build();
        assertIllegalArgument(() -> told.plan(images, none), "a row is 0 everywhere");
        INDArray weighted = Nd4j.createFromArray(new float[][] {{2, 0, 0}, {0, 0.5f, 0}});
        assertTrue(told.plan(images, weighted).isMixed());
    }

    @Test
    void labelsOfAnyTypeNameTheClass() {
        INDArray images = RandomImages.nchw(1, 4, 1, 8, 8);
        INDArray labels = Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}, {0, 1}, {1, 0}});
        SnapMixPlan expected = mixedPlan(SnapMix.builder().build(), images, labels);
        for (DataType type : new DataType[] {DataType.BOOL, DataType.INT32, DataType.FLOAT16, DataType.DOUBLE}) {
            SnapMixPlan plan = mixedPlan(SnapMix.builder().build(), images, labels.castTo(type));
            assertEquals(expected.ownWeights(), plan.ownWeights(), type.name());
            assertEquals(expected.partnerWeights(), plan.partnerWeights(), type.name());
            assertClose(expected.mixLabels(labels), plan.mixLabels(labels.castTo(type)), 2e-3, type.name());
        }
    }

    @Test
    void labelsAreSmoothedFirst() {
        INDArray images = RandomImages.nchw(1, 2, 1, 8, 8);
        INDArray labels = RandomImages.labels(2, 2);
        SnapMix.Builder settings = SnapMix.builder().seed(2);
        SnapMixPlan plain = mixedPlan(settings.build(), images, labels);
        SnapMixPlan smoothing = mixedPlan(settings.labelSmoothing(0.2).build(), images, labels);
        assertClose(plain.mixLabels(labels.mul(0.8).add(0.1)), smoothing.mixLabels(labels), 1e-6, "labels");
    }
}
