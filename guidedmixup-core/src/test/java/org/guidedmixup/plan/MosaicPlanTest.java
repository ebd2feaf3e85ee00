package org.guidedmixup.plan;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ArrayAssertions.values;
import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.guidedmixup.testing.RandomImages;
import org.guidedmixup.tile.Mosaic;
import org.guidedmixup.tile.TileGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class MosaicPlanTest {
    private static final int M = 4;
    private final TileGrid grid = new TileGrid(3, 4, 6, 12);
    private final INDArray images = RandomImages.nchw(1, M, 2, 6, 12);
    private final INDArray labels = RandomImages.labels(M, 3);

    @Test
    void everyPixelIsTheWeightedSumOfItsTiles() {
        Mosaic mosaic = scattered(3);
        INDArray mixed = plan(mosaic, DataFormat.NCHW).mix(images);
        for (int o = 0; o < M; o++) {
            for (int y = 0; y < 6; y++) {
                for (int x = 0; x < 12; x++) {
                    int tile = y / 2 * 4 + x / 3;
                    for (int c = 0; c < 2; c++) {
                        double expected = 0;
                        for (int term = 0; term < 2; term++) {
                            int place = mosaic.tile(o, tile, term);
                            expected += mosaic.weight(o, tile, term)
                                    * images.getDouble(
                                            mosaic.image(o, tile, term),
                                            c,
                                            place / 4 * 2 + y % 2,
                                            place % 4 * 3 + x % 3);
                        }
                        assertEquals(expected, mixed.getDouble(o, c, y, x), 1e-6);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16", "UBYTE"})
    void keepsFloatingPointTypesInBothLayouts(DataType type) {
        INDArray typed = images.mul(200).castTo(type);
        INDArray before = typed.dup();
        INDArray expected = plan(scattered(1), DataFormat.NCHW).mix(typed.castTo(DataType.FLOAT));
        double tolerance = type == DataType.BFLOAT16 ? 1 : type == DataType.FLOAT16 ? 0.1 : 1e-4;
        for (DataFormat format : new DataFormat[] {DataFormat.NCHW, DataFormat.NHWC}) {
            INDArray mixed = plan(scattered(1), format).mix(RandomImages.inFormat(typed, format));
            assertEquals(type == DataType.UINT8 ? DataType.FLOAT : type, mixed.dataType());
            assertClose(RandomImages.inFormat(expected, format), mixed, tolerance, type + " " + format);
        }
        assertEquals(before, typed);
    }

    @Test
    void mixesMapsWithoutChannels() {
        INDArray maps = images.slice(0, 1).dup('c');
        MosaicPlan plan = plan(scattered(2), DataFormat.NHWC);
        INDArray expected = plan(scattered(2), DataFormat.NCHW).mix(images).slice(0, 1);
        assertClose(expected, plan.mix(maps), 1e-6, "float");
        assertClose(expected, plan.mix(maps.castTo(DataType.DOUBLE)).castTo(DataType.FLOAT), 1e-6, "double");
    }

    @Test
    void labelsAreMixedByShares() {
        float[][] shares = {{1, 0, 0, 0}, {0.5f, 0.25f, 0.25f, 0}, {0, 0, 0.5f, 0.5f}, {0.25f, 0.25f, 0.25f, 0.25f}};
        BatchShape shape = BatchShape.of(images, labels, DataFormat.NCHW);
        MosaicPlan plan = new MosaicPlan(shape, scattered(1), shares, LabelSmoothing.of(0.3), 2);
        INDArray smoothed = labels.mul(0.7).add(0.1);
        double[] mixed = values(plan.mixLabels(labels));
        for (int o = 0; o < M; o++) {
            for (int k = 0; k < 3; k++) {
                double expected = 0;
                for (int i = 0; i < M; i++) {
                    expected += shares[o][i] * smoothed.getDouble(i, k);
                }
                assertEquals(expected, mixed[o * 3 + k], 1e-6);
            }
        }
        assertEquals(2, plan.nonFiniteSaliencies());
        assertEquals(
                DataType.DOUBLE, plan.mixLabels(labels.castTo(DataType.DOUBLE)).dataType());
    }

    @Test
    void sizesMustFit() {
        BatchShape shape = BatchShape.of(images, labels, DataFormat.NCHW);
        assertIllegalArgument(
                () -> new MosaicPlan(shape, scattered(1), new float[3][4], LabelSmoothing.NONE, 0),
                "[3][]",
                "expected 4 images");
        Mosaic other = Mosaic.builder(M, new TileGrid(2, 2, 4, 4)).build();
        assertIllegalArgument(
                () -> new MosaicPlan(shape, other, new float[4][4], LabelSmoothing.NONE, 0), "4 x 4", "6 x 12");
    }

    private MosaicPlan plan(Mosaic mosaic, DataFormat format) {
        BatchShape shape = BatchShape.of(RandomImages.inFormat(images, format), labels, format);
        return new MosaicPlan(shape, mosaic, new float[M][M], LabelSmoothing.NONE, 0);
    }

    /** Returns tiles from anywhere, some in runs of neighbours, with weights of 0, 1/2 and 1. */
    private Mosaic scattered(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Mosaic.Builder builder = Mosaic.builder(M, grid);
        for (int o = 0; o < M; o++) {
            for (int tile = 0; tile < 12; tile++) {
                boolean stays = random.nextBoolean();
                int weight = random.nextInt(3);
                for (int term = 0; term < 2; term++) {
                    int image = stays ? (o + term) % M : random.nextInt(M);
                    int place = stays ? tile : random.nextInt(12);
                    builder.put(o, tile, term, image, place, term == 0 ? weight / 2.0 : 1 - weight / 2.0);
                }
            }
        }
        return builder.build();
    }
}
