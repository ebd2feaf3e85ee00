package org.guidedmixup.method.comixup;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ArrayAssertions.values;
import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.plan.MosaicPlan;
import org.guidedmixup.testing.RandomImages;
import org.guidedmixup.tile.Mosaic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CoMixupTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 16, 20, 21, 41})
    void labelsAreTheSharesOfBlocks(int m) {
        INDArray images = RandomImages.nchw(1, m, 3, 16, 24);
        INDArray labels = RandomImages.labels(m, 5);
        MosaicPlan plan = (MosaicPlan) CoMixup.builder().build().plan(images, labels);
        MixedBatch mixed = plan.apply(images, labels);
        Mosaic mosaic = plan.mosaic();
        double[] got = values(mixed.labels());
        for (int o = 0; o < m; o++) {
            double[] expected = new double[5];
            for (int tile = 0; tile < 16; tile++) {
                for (int term = 0; term < 2; term++) {
                    assertEquals(tile, mosaic.tile(o, tile, term), "blocks keep their places");
                    expected[mosaic.image(o, tile, term) % 5] += mosaic.weight(o, tile, term) / 16;
                }
            }
            for (int k = 0; k < 5; k++) {
                assertEquals(expected[k], got[o * 5 + k], 1e-6, "output " + o);
            }
            assertEquals(1, Arrays.stream(expected).sum(), 1e-6);
        }
    }

    /** Image k is 10^k everywhere, so the mean of an output shows the shares of pixels. */
    @ParameterizedTest
    @ValueSource(ints = {30, 75, 299, 331})
    void labelsAreTheSharesOfPixelsWhereBlocksDiffer(int side) {
        INDArray images = Nd4j.create(DataType.FLOAT, 4, 1, side, side + 2);
        for (int i = 0; i < 4; i++) {
            images.slice(i).assign(Math.pow(10, i));
        }
        INDArray maps = RandomImages.maps(1, 4, side, side + 2);
        INDArray labels = Nd4j.eye(4).castTo(DataType.FLOAT);
        CoMixup mixer =
                CoMixup.builder().saliency((batch, given, format) -> maps).build();
        MixPlan plan = mixer.plan(images, labels);
        INDArray mixed = plan.mix(images);
        INDArray shares = plan.mixLabels(labels);
        for (int o = 0; o < 4; o++) {
            double expected = 0;
            for (int i = 0; i < 4; i++) {
                expected += shares.getDouble(o, i) * Math.pow(10, i);
            }
            double mean = mixed.slice(o).castTo(DataType.DOUBLE).meanNumber().doubleValue();
            assertEquals(expected, mean, 1e-5 * expected, "output " + o);
            assertEquals(1, shares.getRow(o).sumNumber().doubleValue(), 1e-6);
        }
    }

    @Test
    void oneImageStaysAsItIs() {
        INDArray images = RandomImages.nchw(1, 1, 3, 16, 16);
        MixPlan plan = CoMixup.builder().build().plan(images, RandomImages.labels(1, 3));
        assertFalse(plan.isMixed());
        assertEquals(images, plan.mix(images));
    }

    /** Parts have nearly equal sizes: none of 21 images is left alone. */
    @Test
    void partsMixOnlyAmongThemselves() {
        INDArray images = RandomImages.nchw(1, 21, 1, 16, 16);
        MosaicPlan plan = (MosaicPlan) CoMixup.builder().build().plan(images, RandomImages.labels(21, 3));
        Set<Boolean> mixedWithOthers = new HashSet<>();
        for (int o = 0; o < 21; o++) {
            for (int i = 0; i < 21; i++) {
                boolean used = plan.shares().getDouble(o, i) > 0;
                assertTrue(!used || (o < 10) == (i < 10), o + " uses " + i);
                mixedWithOthers.add(used && o != i);
            }
        }
        assertTrue(mixedWithOthers.contains(true));
    }

    /** Four images, each salient in a quarter of its own: every output shows all four. */
    @Test
    void salientBlocksOfSeveralImagesMeet() {
        INDArray images = RandomImages.nchw(1, 4, 1, 16, 16).muli(0.01);
        for (int i = 0; i < 4; i++) {
            for (int y = 0; y < 8; y++) {
                for (int x = 0; x < 8; x++) {
                    images.putScalar(new int[] {i, 0, i / 2 * 8 + y, i % 2 * 8 + x}, 1);
                }
            }
        }
        CoMixup mixer = CoMixup.builder()
                .saliency(
                        (batch, labels, format) -> batch.reshape('c', 4, 16, 16).dup())
                .exclusivity(0)
                .priorWeight(0)
                .build();
        INDArray mixed = mixer.plan(images, RandomImages.labels(4, 4)).mix(images);
        for (double pixel : values(mixed)) {
            assertEquals(1, pixel, 1e-6);
        }
    }

    @Test
    void outputsDiffer() {
        INDArray images = RandomImages.nchw(2, 16, 3, 32, 32);
        INDArray mixed = CoMixup.builder()
                .build()
                .plan(images, RandomImages.labels(16, 4))
                .mix(images);
        for (int i = 0; i < 16; i++) {
            for (int j = 0; j < i; j++) {
                assertNotEquals(mixed.slice(i), mixed.slice(j), i + " and " + j);
            }
        }
    }

    @Test
    void layoutsTypesAndThreadsAgree() throws Exception {
        INDArray images = RandomImages.nchw(1, 25, 3, 16, 32);
        INDArray labels = RandomImages.labels(25, 4);
        INDArray before = images.dup();
        CoMixup mixer = CoMixup.builder().seed(5).build();
        INDArray expected = mixer.plan(images, labels, 1, 2).mix(images);
        INDArray nhwc = RandomImages.inFormat(images, DataFormat.NHWC);
        INDArray mixed = CoMixup.builder()
                .seed(5)
                .dataFormat(DataFormat.NHWC)
                .build()
                .plan(nhwc, labels, 1, 2)
                .mix(nhwc);
        assertClose(RandomImages.inFormat(expected, DataFormat.NHWC), mixed, 1e-6, "NHWC");
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
        assertNotEquals(expected, mixer.plan(images, labels, 1, 3).mix(images));
        assertEquals(before, images);
    }

    @Test
    void brokenImagesAreCounted() {
        INDArray images = RandomImages.nchw(1, 4, 3, 16, 16);
        images.putScalar(new int[] {2, 0, 5, 5}, Float.NaN);
        MixPlan plan = CoMixup.builder().build().plan(images, RandomImages.labels(4, 2));
        assertEquals(1, plan.nonFiniteSaliencies());
    }

    @Test
    void badSettingsAreNamed() {
        assertIllegalArgument(() -> CoMixup.builder().alpha(0), "alpha");
        assertIllegalArgument(() -> CoMixup.builder().blocks(1), "blocks", "at least 2");
        assertIllegalArgument(() -> CoMixup.builder().smoothness(-1), "smoothness");
        assertIllegalArgument(() -> CoMixup.builder().exclusivity(Double.NaN), "exclusivity");
        assertIllegalArgument(() -> CoMixup.builder().priorWeight(-1), "priorWeight");
        assertIllegalArgument(() -> CoMixup.builder().threshold(-1), "threshold");
        assertIllegalArgument(() -> CoMixup.builder().locationWeight(1.5), "locationWeight", "1.5");
        assertIllegalArgument(() -> CoMixup.builder().sweeps(0), "sweeps");
        assertIllegalArgument(() -> CoMixup.builder().partSize(1), "partSize");
        assertIllegalArgument(() -> CoMixup.builder().saliency(null), "saliency");
        assertIllegalArgument(
                () -> CoMixup.builder().build().plan(RandomImages.nchw(1, 2, 1, 3, 32), RandomImages.labels(2, 2)),
                "3 x 32",
                "at least 4 x 4");
    }
}
