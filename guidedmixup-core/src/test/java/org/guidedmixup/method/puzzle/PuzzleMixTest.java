package org.guidedmixup.method.puzzle;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ArrayAssertions.values;
import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ForkJoinPool;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.plan.PairedPlan;
import org.guidedmixup.testing.RandomImages;
import org.guidedmixup.tile.TileGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PuzzleMixTest {

    @ParameterizedTest
    @CsvSource({
        "5, 3, 32, 32",
        "2, 1, 28, 28",
        "3, 3, 32, 48",
        "7, 4, 20, 12",
        "6, 3, 224, 224",
        "4, 3, 33, 33",
        "3, 3, 75, 75",
        "2, 3, 299, 299",
        "2, 1, 331, 331",
        "3, 1, 17, 40"
    })
    void everyPixelIsABlendOfTwoPixelsInItsShareWithoutTransport(int m, int c, int h, int w) {
        INDArray images = RandomImages.nchw(1, m, c, h, w);
        INDArray labels = RandomImages.labels(m, 4);
        PuzzleMix mixer = PuzzleMix.builder().transport(false).seed(3).build();
        for (int batch = 0; batch < 4; batch++) {
            PuzzlePlan plan = (PuzzlePlan) mixer.plan(images, labels, 0, batch);
            MixedBatch mixed = plan.apply(images, labels);
            INDArray mask = plan.mask().weights();
            for (int i = 0; i < m; i++) {
                INDArray own = mask.slice(i);
                INDArray partner = images.slice(plan.pairing().partner(i));
                INDArray expected = images.slice(i)
                        .mul(Nd4j.tile(own.reshape(1, h, w), c, 1, 1))
                        .addi(partner.mul(Nd4j.tile(own.rsub(1).reshape(1, h, w), c, 1, 1)));
                assertClose(expected, mixed.images().slice(i), 1e-6, "image " + i);
                double ratio = own.meanNumber().doubleValue();
                INDArray label = labels.getRow(i)
                        .mul(ratio)
                        .add(labels.getRow(plan.pairing().partner(i)).mul(1 - ratio));
                assertClose(label, mixed.labels().getRow(i), 1e-5, "label " + i);
            }
        }
    }

    /** An image whose whole saliency is in one corner keeps that corner, and its partner the opposite one. */
    @Test
    void salientBlocksSurvive() {
        INDArray images = Nd4j.create(DataType.FLOAT, 2, 1, 32, 32);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                images.putScalar(new int[] {0, 0, y, x}, 1);
                images.putScalar(new int[] {1, 0, 16 + y, 16 + x}, 1);
            }
        }
        BatchMixer mixer = PuzzleMix.builder()
                .saliency(
                        (batch, labels, format) -> batch.reshape('c', 2, 32, 32).add(1e-3))
                .pairing((size, distance, random) -> Pairing.of(1, 0))
                .blockCounts(4)
                .priorWeight(0)
                .build();
        INDArray mixed = mixer.plan(images, RandomImages.labels(2, 2)).mix(images);
        for (int i = 0; i < 2; i++) {
            assertEquals(1, mixed.getDouble(i, 0, 8, 8), 1e-6);
            assertEquals(1, mixed.getDouble(i, 0, 24, 24), 1e-6);
        }
    }

    @Test
    void theRatioFollowsLambda() {
        INDArray images = RandomImages.nchw(1, 6, 3, 32, 32);
        INDArray labels = RandomImages.labels(6, 4);
        PuzzleMix mixer =
                PuzzleMix.builder().alpha(0.05).priorWeight(100).blockCounts(4).build();
        Set<Integer> tenths = new TreeSet<>();
        for (int batch = 0; batch < 30; batch++) {
            for (double ratio : values(((PairedPlan) mixer.plan(images, labels, 0, batch)).ratio())) {
                tenths.add((int) Math.round(10 * ratio));
            }
        }
        assertTrue(tenths.contains(0) && tenths.contains(10), tenths.toString());
    }

    @Test
    void blockCountsAreDrawnAmongThoseThatFit() {
        INDArray labels = RandomImages.labels(2, 2);
        PuzzleMix mixer = PuzzleMix.builder().transport(false).build();
        assertEquals(Set.of(2, 4, 8, 16), drawn(mixer, RandomImages.nchw(1, 2, 1, 32, 32), labels));
        assertEquals(Set.of(2, 4), drawn(mixer, RandomImages.nchw(1, 2, 1, 28, 36), labels));
        assertEquals(Set.of(2, 4, 8, 16), drawn(mixer, RandomImages.nchw(1, 2, 1, 27, 32), labels));
        assertEquals(Set.of(2, 4), drawn(mixer, RandomImages.nchw(1, 2, 1, 7, 32), labels));
        assertIllegalArgument(
                () -> mixer.plan(RandomImages.nchw(1, 2, 1, 1, 32), labels), "1 x 32", "blockCounts [2, 4, 8, 16]");
    }

    private static Set<Integer> drawn(PuzzleMix mixer, INDArray images, INDArray labels) {
        Set<Integer> counts = new TreeSet<>();
        for (int batch = 0; batch < 60; batch++) {
            PuzzlePlan plan = (PuzzlePlan) mixer.plan(images, labels, 0, batch);
            counts.add(plan.mosaic().mosaic().grid().rows());
        }
        return counts;
    }

    /** Every output is a blend of its image and its partner in their shares, each from some place in that image. */
    @ParameterizedTest
    @ValueSource(ints = {33, 75, 299, 331})
    void movesTilesThatDifferByAPixel(int side) {
        INDArray images = Nd4j.create(DataType.FLOAT, 3, 1, side, side);
        for (int i = 0; i < 3; i++) {
            images.slice(i).assign(i + 1);
        }
        INDArray maps = RandomImages.maps(1, 3, side, side);
        PuzzleMix mixer = PuzzleMix.builder()
                .saliency((batch, labels, format) -> maps)
                .smoothness(0)
                .priorWeight(0)
                .transportCost(0.01)
                .build();
        boolean moved = false;
        for (int batch = 0; batch < 6; batch++) {
            PuzzlePlan plan = (PuzzlePlan) mixer.plan(images, RandomImages.labels(3, 3), 0, batch);
            INDArray mixed = plan.mix(images);
            INDArray own = plan.mask().weights();
            for (int i = 0; i < 3; i++) {
                int partner = plan.pairing().partner(i);
                INDArray expected =
                        own.slice(i).mul(i + 1).add(own.slice(i).rsub(1).mul(partner + 1));
                assertClose(expected, mixed.slice(i).slice(0), 1e-5, "image " + i);
            }
            TileGrid tiles = plan.mosaic().mosaic().grid();
            for (int tile = 0; tile < tiles.tiles(); tile++) {
                moved |= plan.mosaic().mosaic().tile(0, tile, 0) != tile;
            }
        }
        assertTrue(moved);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void layoutsTypesAndThreadsAgree(int n) throws Exception {
        INDArray images = RandomImages.nchw(1, 5, 3, 32, 48);
        INDArray labels = RandomImages.labels(5, 4);
        INDArray before = images.dup();
        PuzzleMix mixer = PuzzleMix.builder().labels(n).seed(5).build();
        INDArray expected = mixer.plan(images, labels, 1, 2).mix(images);
        INDArray nhwc = RandomImages.inFormat(images, DataFormat.NHWC);
        PuzzleMix channelsLast = PuzzleMix.builder()
                .labels(n)
                .seed(5)
                .dataFormat(DataFormat.NHWC)
                .build();
        assertClose(
                RandomImages.inFormat(expected, DataFormat.NHWC),
                channelsLast.plan(nhwc, labels, 1, 2).mix(nhwc),
                1e-6,
                "NHWC");
        INDArray doubles = images.castTo(DataType.DOUBLE);
        assertClose(
                expected.castTo(DataType.DOUBLE),
                mixer.plan(doubles, labels, 1, 2).mix(doubles),
                1e-6,
                "DOUBLE");
        ForkJoinPool alone = new ForkJoinPool(1);
        assertEquals(
                expected,
                alone.submit(() -> mixer.plan(images, labels, 1, 2).mix(images)).get());
        alone.shutdown();
        assertEquals(before, images);
    }

    @Test
    void borrowsThePairingOfGuidedMixup() {
        INDArray images = RandomImages.nchw(3, 9, 3, 32, 16);
        INDArray labels = RandomImages.labels(9, 4);
        PairedPlan guided =
                (PairedPlan) GuidedMixup.builder().mixProbability(1).build().plan(images, labels);
        PairedPlan puzzle = (PairedPlan)
                PuzzleMix.builder().pairing(new GreedyPairing()).build().plan(images, labels);
        assertEquals(guided.pairing(), puzzle.pairing());
    }

    @Test
    void brokenImagesAreCountedAndLeaveTheOthersAlone() {
        INDArray images = RandomImages.nchw(1, 4, 3, 32, 32);
        images.putScalar(new int[] {2, 0, 5, 5}, Float.NaN);
        PuzzlePlan plan = (PuzzlePlan) PuzzleMix.builder().build().plan(images, RandomImages.labels(4, 2));
        assertEquals(1, plan.nonFiniteSaliencies());
        INDArray mixed = plan.mix(images);
        for (int i = 0; i < 4; i++) {
            boolean touched = i == 2 || plan.pairing().partner(i) == 2;
            assertTrue(touched || !mixed.slice(i).sumNumber().toString().equals("NaN"));
        }
    }

    @Test
    void badSettingsAreNamed() {
        assertIllegalArgument(() -> PuzzleMix.builder().blockCounts(), "blockCounts", "[]");
        assertIllegalArgument(() -> PuzzleMix.builder().blockCounts(4, 1), "blockCounts", "[4, 1]");
        assertIllegalArgument(() -> PuzzleMix.builder().labels(1), "labels", "2 to 16");
        assertIllegalArgument(() -> PuzzleMix.builder().smoothness(-1), "smoothness", "-1");
        assertIllegalArgument(() -> PuzzleMix.builder().localSmoothness(Double.NaN), "localSmoothness", "NaN");
        assertIllegalArgument(() -> PuzzleMix.builder().priorWeight(-0.1), "priorWeight");
        assertIllegalArgument(() -> PuzzleMix.builder().neighbourhood(0), "neighbourhood", "at least 1");
        assertIllegalArgument(() -> PuzzleMix.builder().standardDeviation(0.2, 0), "standardDeviation", "[0.2, 0.0]");
        assertIllegalArgument(() -> PuzzleMix.builder().transportCost(-1), "transportCost");
        assertIllegalArgument(() -> PuzzleMix.builder().transportTile(0), "transportTile");
        assertIllegalArgument(() -> PuzzleMix.builder().alpha(0), "alpha");
        PuzzleMix two = PuzzleMix.builder().standardDeviation(0.2, 0.3).build();
        assertIllegalArgument(
                () -> two.plan(RandomImages.nchw(1, 2, 3, 32, 32), RandomImages.labels(2, 2)),
                "standardDeviation",
                "3 channels");
    }
}
