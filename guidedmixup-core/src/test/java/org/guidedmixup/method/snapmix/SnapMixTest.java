package org.guidedmixup.method.snapmix;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.mask.Box;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.plan.MaskPlan;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.testing.ErrorMessages;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** SnapMix: the source of every pixel, and the label weights. */
class SnapMixTest {

    static SnapMix.Builder maps(INDArray maps) {
        return SnapMix.builder().saliency((images, labels, format) -> maps);
    }

    static SnapMixPlan mixedPlan(SnapMix mixer, INDArray images, INDArray labels) {
        for (int batch = 0; batch < 1000; batch++) {
            if (mixer.plan(images, labels, 0, batch) instanceof SnapMixPlan plan) {
                return plan;
            }
        }
        throw new AssertionError("never mixed");
    }

    @ParameterizedTest
    @CsvSource({"2,1,9,9,NCHW", "3,3,12,7,NCHW", "5,2,6,13,NHWC", "4,3,8,8,NHWC", "3,1,1,11,NCHW"})
    void pixelsOfTheBoxAreThoseOfThePartnersBox(int m, int c, int h, int w, DataFormat format) {
        INDArray nchw = RandomImages.nchw(1, m, c, h, w);
        INDArray images = RandomImages.inFormat(nchw, format);
        INDArray before = images.dup();
        INDArray labels = RandomImages.labels(m, m);
        SnapMix mixer = SnapMix.builder().dataFormat(format).seed(3).build();
        Set<Boolean> larger = new HashSet<>();
        for (int batch = 0; batch < 12; batch++) {
            if (!(mixer.plan(images, labels, 0, batch) instanceof SnapMixPlan plan)) {
                continue;
            }
            INDArray mixed = plan.mix(images);
            assertEquals(before, images, "the input changed");
            assertArrayEquals(images.shape(), mixed.shape());
            INDArray mixedNchw = format == DataFormat.NCHW ? mixed : mixed.permute(0, 3, 1, 2);
            assertPixels(plan, nchw, mixedNchw);
            larger.add(plan.pasted().area() > plan.cut().area());
            INDArray map = nchw.slice(0, 1).dup('c');
            assertClose(mixedNchw.slice(0, 1), plan.mix(map), 0, "an array without channels");
            assertEquals(mixed, plan.mix(images.dup('f')), "column-major");
        }
        assertEquals(Set.of(true, false), larger);
    }

    private static void assertPixels(SnapMixPlan plan, INDArray images, INDArray mixed) {
        Box pasted = plan.pasted();
        for (int i = 0; i < images.size(0); i++) {
            int partner = plan.pairing().partner(i);
            for (int k = 0; k < images.size(1); k++) {
                for (int y = 0; y < images.size(2); y++) {
                    for (int x = 0; x < images.size(3); x++) {
                        int row = y - pasted.top();
                        int column = x - pasted.left();
                        boolean inside = row >= 0 && row < pasted.height() && column >= 0 && column < pasted.width();
                        double expected = inside
                                ? interpolated(images, partner, k, plan.cut(), pasted, row, column)
                                : images.getDouble(i, k, y, x);
                        assertEquals(expected, mixed.getDouble(i, k, y, x), inside ? 1e-6 : 0);
                    }
                }
            }
        }
    }

    /** Interpolates with aligned corners. */
    private static double interpolated(
            INDArray images, int image, int channel, Box cut, Box pasted, int row, int column) {
        double y = pasted.height() == 1 ? 0 : row * (cut.height() - 1.0) / (pasted.height() - 1);
        double x = pasted.width() == 1 ? 0 : column * (cut.width() - 1.0) / (pasted.width() - 1);
        int y0 = (int) y;
        int x0 = (int) x;
        int y1 = Math.min(y0 + 1, cut.height() - 1);
        int x1 = Math.min(x0 + 1, cut.width() - 1);
        double top = (1 - x + x0) * images.getDouble(image, channel, cut.top() + y0, cut.left() + x0)
                + (x - x0) * images.getDouble(image, channel, cut.top() + y0, cut.left() + x1);
        double bottom = (1 - x + x0) * images.getDouble(image, channel, cut.top() + y1, cut.left() + x0)
                + (x - x0) * images.getDouble(image, channel, cut.top() + y1, cut.left() + x1);
        return (1 - y + y0) * top + (y - y0) * bottom;
    }

    @Test
    void anEmptyBoxMixesNothing() {
        INDArray images = RandomImages.nchw(1, 2, 1, 8, 8);
        INDArray labels = RandomImages.labels(2, 2);
        SnapMix extreme = SnapMix.builder().alpha(0.01).build();
        int unmixed = 0;
        for (int batch = 0; batch < 100; batch++) {
            MixPlan plan = extreme.plan(images, labels, 0, batch);
            if (plan instanceof SnapMixPlan snap) {
                assertTrue(snap.pasted().area() > 0 && snap.cut().area() > 0);
            } else {
                assertFalse(plan.isMixed());
                assertSame(images, plan.mix(images));
                assertSame(labels, plan.mixLabels(labels));
                unmixed++;
            }
        }
        assertTrue(unmixed > 50 && unmixed < 95, "three of four are expected to have an empty box: " + unmixed);
    }

    @Test
    void everyBatchIsMixedByDefaultWithTwoBoxesOfAboutHalf() {
        INDArray images = RandomImages.nchw(1, 2, 1, 32, 32);
        INDArray labels = RandomImages.labels(2, 2);
        SnapMix mixer = SnapMix.builder().build();
        Set<Box> pasted = new HashSet<>();
        Set<Box> cut = new HashSet<>();
        double height = 0;
        for (int batch = 0; batch < 200; batch++) {
            SnapMixPlan plan = (SnapMixPlan) mixer.plan(images, labels, 0, batch);
            pasted.add(plan.pasted());
            cut.add(plan.cut());
            height += Math.max(plan.pasted().height(), plan.cut().height()) / 32.0;
        }
        assertTrue(pasted.size() > 150 && cut.size() > 150, pasted.size() + " and " + cut.size());
        assertTrue(height / 200 > 0.5 && height / 200 < 0.8, "sides are about √½, a little cut off: " + height / 200);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT", "DOUBLE", "HALF", "BFLOAT16", "UBYTE", "INT"})
    void typesArePassedOn(DataType type) {
        INDArray images = RandomImages.nchw(1, 4, 3, 9, 7).mul(200).castTo(type);
        INDArray labels = RandomImages.labels(4, 4).castTo(type);
        SnapMixPlan plan = mixedPlan(SnapMix.builder().build(), images, labels);
        DataType expected = type.isFPType() ? type : DataType.FLOAT;
        INDArray mixed = plan.mix(images);
        assertEquals(expected, mixed.dataType());
        assertEquals(expected, plan.mixLabels(labels).dataType());
        INDArray exact = plan.mix(images.castTo(DataType.FLOAT));
        assertClose(exact.castTo(expected), mixed, 1e-4, "pixels");
        assertEquals(mixed, plan.mix(images), "replayed");
        assertEquals(plan.mixLabels(labels), plan.mixLabels(labels));
    }

    @Test
    void equalSeedsDrawEqually() {
        INDArray images = RandomImages.nchw(1, 4, 3, 9, 7);
        INDArray labels = RandomImages.labels(4, 4);
        SnapMixPlan one = mixedPlan(SnapMix.builder().seed(5).build(), images, labels);
        SnapMixPlan two = mixedPlan(SnapMix.builder().seed(5).build(), images, labels);
        assertEquals(one.mix(images), two.mix(images));
        assertEquals(one.mixLabels(labels), two.mixLabels(labels));
        assertNotEquals(
                one.mix(images),
                mixedPlan(SnapMix.builder().seed(6).build(), images, labels).mix(images));
    }

    @Test
    void borrowsThePairingOfGuidedMixup() {
        INDArray images = RandomImages.nchw(3, 9, 3, 20, 17);
        INDArray labels = RandomImages.labels(9, 4);
        Pairing guided =
                ((MaskPlan) GuidedMixup.builder().mixProbability(1).build().plan(images, labels)).pairing();
        SnapMix mixer = SnapMix.builder().pairing(new GreedyPairing()).build();
        assertEquals(guided, mixedPlan(mixer, images, labels).pairing());
    }

    @Test
    void asksItsDetectorOnTheTrainingThreadIfThatMust() {
        SaliencyDetector network = new SaliencyDetector() {
            private static final long serialVersionUID = 1L;

            @Override
            public INDArray detect(INDArray images, INDArray labels, DataFormat format) {
                return RandomImages.maps(1, 2, 8, 8);
            }

            @Override
            public boolean asyncSupported() {
                return false;
            }
        };
        assertFalse(SnapMix.builder().saliency(network).build().asyncSupported());
        assertTrue(SnapMix.builder().build().asyncSupported());
    }

    @Test
    void badArgumentsAreNamed() {
        ErrorMessages.assertIllegalArgument(() -> SnapMix.builder().alpha(0), "alpha", "0.0");
        INDArray images = RandomImages.nchw(1, 2, 1, 8, 8);
        INDArray labels = RandomImages.labels(2, 2);
        ErrorMessages.assertIllegalArgument(
                () -> mixedPlan(maps(Nd4j.ones(DataType.FLOAT, 2, 8, 7)).build(), images, labels), "[2, 8, 7]");
        SnapMixPlan plan = mixedPlan(SnapMix.builder().build(), images, labels);
        ErrorMessages.assertIllegalArgument(() -> plan.mix(RandomImages.nchw(1, 3, 1, 8, 8)), "[3, 1, 8, 8]");
        ErrorMessages.assertIllegalArgument(() -> plan.mixLabels(RandomImages.labels(3, 2)), "labels [3, 2]");
    }
}
