package org.guidedmixup.bench.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

class BatchSourceTest {
    private static final int CHANNELS = 2;
    private static final int HEIGHT = 9;
    private static final int WIDTH = 11;

    static ImageSet randomImages(int count) {
        Random random = new Random(5);
        byte[][] pixels = new byte[count][CHANNELS * HEIGHT * WIDTH];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            random.nextBytes(pixels[i]);
            labels[i] = i % 3;
        }
        return new ImageSet(pixels, labels, List.of("a", "b", "c"), CHANNELS, HEIGHT, WIDTH);
    }

    private static List<DataSet> all(Iterator<DataSet> batches) {
        List<DataSet> list = new ArrayList<>();
        batches.forEachRemaining(list::add);
        return list;
    }

    @Test
    void epochAlwaysGivesTheSameBatchesAndAnotherEpochGivesOthers() {
        ImageSet images = randomImages(20);
        BatchSource source = source(images, 8, 7);
        List<DataSet> first = all(source.epoch(3));
        List<DataSet> again = all(source(images, 8, 7).epoch(3));
        assertEquals(2, first.size());
        for (int b = 0; b < first.size(); b++) {
            assertEquals(first.get(b).getFeatures(), again.get(b).getFeatures());
            assertEquals(first.get(b).getLabels(), again.get(b).getLabels());
        }
        assertNotEquals(first.get(0).getFeatures(), first.get(1).getFeatures());
        assertNotEquals(first.get(0).getFeatures(), source.epoch(4).next().getFeatures());
        assertNotEquals(
                first.get(0).getFeatures(), source(images, 8, 8).epoch(3).next().getFeatures());
    }

    private static BatchSource source(ImageSet images, int batchSize, long seed) {
        return BatchSource.builder(images)
                .normalization(Normalization.of(images))
                .augmentation(Augmentation.cropAndFlip(images))
                .batchSize(batchSize)
                .seed(seed)
                .build();
    }

    @Test
    void batchesAreFloatNchwWithOneHotLabels() {
        DataSet batch = source(randomImages(20), 8, 1).epoch(0).next();
        assertEquals(List.of(8L, 2L, 9L, 11L), shape(batch.getFeatures()));
        assertEquals(List.of(8L, 3L), shape(batch.getLabels()));
        assertEquals(DataType.FLOAT, batch.getFeatures().dataType());
        assertEquals(DataType.FLOAT, batch.getLabels().dataType());
        assertEquals(8, batch.getLabels().sumNumber().intValue());
    }

    private static List<Long> shape(INDArray array) {
        return Arrays.stream(array.shape()).boxed().toList();
    }

    @Test
    void partialBatchIsLeftOutUnlessAskedForOrTheOnlyOne() {
        ImageSet images = randomImages(10);
        assertEquals(
                List.of(4, 4),
                sizes(BatchSource.builder(images).batchSize(4).build().epoch(0)));
        BatchSource keeping =
                BatchSource.builder(images).batchSize(4).keepPartialBatch().build();
        assertEquals(List.of(4, 4, 2), sizes(keeping.epoch(0)));
        assertEquals(3, keeping.batchesPerEpoch());
        assertEquals(List.of(10), sizes(BatchSource.builder(images).build().epoch(0)));
        assertEquals(
                List.of(5, 5),
                sizes(BatchSource.builder(images)
                        .batchSize(5)
                        .keepPartialBatch()
                        .build()
                        .epoch(0)));
        assertEquals(
                List.of(4, 4, 2),
                sizes(BatchSource.builder(images).batchSize(4).build().inOrder()));
    }

    private static List<Integer> sizes(Iterator<DataSet> batches) {
        return all(batches).stream().map(DataSet::numExamples).toList();
    }

    @Test
    void epochShowsEveryImageOnce() {
        int count = 12;
        byte[][] pixels = new byte[count][1];
        for (int i = 0; i < count; i++) {
            pixels[i][0] = (byte) i;
        }
        ImageSet images = new ImageSet(pixels, new int[count], List.of("only"), 1, 1, 1);
        List<Integer> seen = new ArrayList<>();
        for (DataSet batch :
                all(BatchSource.builder(images).batchSize(4).build().epoch(2))) {
            for (int i = 0; i < 4; i++) {
                seen.add(Math.round(batch.getFeatures().getFloat(i, 0, 0, 0) * 255));
            }
        }
        assertNotEquals(seen.stream().sorted().toList(), seen);
        assertEquals(
                IntStream.range(0, count).boxed().toList(),
                seen.stream().sorted().toList());
    }

    static Stream<Arguments> borders() {
        return Arrays.stream(CropBorder.values())
                .flatMap(border -> Stream.of(
                        Arguments.of(border, Normalization.of(randomImages(40))),
                        Arguments.of(border, Normalization.none(CHANNELS))));
    }

    @ParameterizedTest
    @MethodSource("borders")
    void cropAndFlipEqualPlainLoop(CropBorder border, Normalization normalization) {
        ImageSet images = randomImages(40);
        Augmentation augmentation = new Augmentation(3, border, 0.5);
        EpochPlan plan = EpochPlan.draw(40, augmentation, RandomStreams.of(11, 2));
        DataSet batch = BatchSource.builder(images)
                .normalization(normalization)
                .augmentation(augmentation)
                .batchSize(40)
                .seed(11)
                .build()
                .epoch(2)
                .next();
        int flips = 0;
        for (int i = 0; i < 40; i++) {
            flips += plan.flipped(i) ? 1 : 0;
            requireEqual(images, normalization, border, plan, i, batch.getFeatures());
            assertEquals(1, batch.getLabels().getFloat(i, images.label(plan.image(i))), "label follows its image");
        }
        assertTrue(flips > 8 && flips < 32, flips + " of 40 flipped");
    }

    /** Compares with the padded image by coordinates: normalise, pad, cut a window out, mirror it. */
    private static void requireEqual(
            ImageSet images, Normalization normal, CropBorder border, EpochPlan plan, int i, INDArray found) {
        int padding = 3;
        byte[] image = images.pixels(plan.image(i));
        for (int c = 0; c < CHANNELS; c++) {
            float[][] plane = new float[HEIGHT][WIDTH];
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    plane[y][x] =
                            ((image[(c * HEIGHT + y) * WIDTH + x] & 0xff) / 255f - normal.mean(c)) / normal.std(c);
                }
            }
            float[][] padded = padded(plane, padding, border, (0 - normal.mean(c)) / normal.std(c));
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    int column = plan.flipped(i) ? WIDTH - 1 - x : x;
                    float expected = padded[y + padding + plan.down(i)][column + padding + plan.right(i)];
                    assertEquals(expected, found.getFloat(i, c, y, x), border + " at " + y + ", " + x);
                }
            }
        }
    }

    /** Pads a normalised plane; nothing but its own pixels is read to mirror or repeat them. */
    private static float[][] padded(float[][] plane, int padding, CropBorder border, float black) {
        float[][] padded = new float[HEIGHT + 2 * padding][WIDTH + 2 * padding];
        for (int y = -padding; y < HEIGHT + padding; y++) {
            for (int x = -padding; x < WIDTH + padding; x++) {
                boolean inside = y >= 0 && y < HEIGHT && x >= 0 && x < WIDTH;
                padded[y + padding][x + padding] = inside
                        ? plane[y][x]
                        : switch (border) {
                            case BLACK -> black;
                            case MEAN -> 0;
                            case EDGE -> plane[y < 0 ? 0 : Math.min(y, HEIGHT - 1)][x < 0 ? 0 : Math.min(x, WIDTH - 1)];
                            case REFLECT ->
                                plane[y < 0 ? -y : y >= HEIGHT ? 2 * HEIGHT - 2 - y : y][
                                        x < 0 ? -x : x >= WIDTH ? 2 * WIDTH - 2 - x : x];
                        };
            }
        }
        return padded;
    }

    /** As {@code torch.nn.functional.pad} of 0, 1, 2, 3, 4 by 3 with the modes reflect and replicate. */
    @Test
    void bordersAreThoseOfPyTorch() {
        assertEquals(List.of(3, 2, 1, 0, 1, 2, 3, 4, 3, 2, 1), seen(CropBorder.REFLECT));
        assertEquals(List.of(0, 0, 0, 0, 1, 2, 3, 4, 4, 4, 4), seen(CropBorder.EDGE));
        assertEquals(List.of(-1, -1, -1, 0, 1, 2, 3, 4, -1, -1, -1), seen(CropBorder.BLACK));
        assertEquals(List.of(-1, -1, -1, 0, 1, 2, 3, 4, -1, -1, -1), seen(CropBorder.MEAN));
    }

    private static List<Integer> seen(CropBorder border) {
        return IntStream.range(-3, 8)
                .map(position -> border.inside(position, 5))
                .boxed()
                .toList();
    }

    @Test
    void evaluationIsInOrderUnaugmentedAndNormalisedPerChannel() {
        ImageSet images = randomImages(6);
        Normalization normalization = Normalization.of(images);
        List<DataSet> batches = all(BatchSource.builder(images)
                .normalization(normalization)
                .augmentation(Augmentation.cropAndFlip(images))
                .batchSize(6)
                .build()
                .inOrder());
        INDArray features = batches.get(0).getFeatures();
        EpochPlan plan = EpochPlan.inOrder(6);
        for (int i = 0; i < 6; i++) {
            requireEqual(images, normalization, CropBorder.BLACK, plan, i, features);
        }
        for (int c = 0; c < CHANNELS; c++) {
            INDArray channel =
                    features.get(NDArrayIndex.all(), NDArrayIndex.point(c), NDArrayIndex.all(), NDArrayIndex.all());
            assertEquals(0, channel.meanNumber().doubleValue(), 1e-4);
            assertEquals(1, channel.stdNumber(false).doubleValue(), 1e-4);
        }
    }

    @Test
    void normalizationOfConstantChannelDividesByOne() {
        ImageSet images = new ImageSet(new byte[][] {{51, 51, 0, (byte) 255}}, new int[1], List.of("a"), 2, 1, 2);
        Normalization normalization = Normalization.of(images);
        assertEquals(0.2f, normalization.mean(0), 1e-6f);
        assertEquals(1, normalization.std(0));
        assertEquals(0.5f, normalization.mean(1), 1e-6f);
        assertEquals(0.5f, normalization.std(1), 1e-6f);
    }

    @Test
    void chosenImagesComeRawWithoutNormalization() {
        ImageSet images = randomImages(9);
        DataSet batch = BatchSource.builder(images).build().batch(4, 1);
        assertEquals(2, batch.numExamples());
        assertEquals((images.pixels(4)[0] & 0xff) / 255f, batch.getFeatures().getFloat(0, 0, 0, 0), 1e-6f);
        assertEquals(1, batch.getLabels().getFloat(1, 1));
        assertTrue(batch.getFeatures().minNumber().floatValue() >= 0);
        assertTrue(batch.getFeatures().maxNumber().floatValue() <= 1);
    }

    @Test
    void exhaustedIteratorAndBadArgumentsAreRefused() {
        ImageSet images = randomImages(4);
        Iterator<DataSet> batches = BatchSource.builder(images).build().inOrder();
        batches.next();
        assertFalse(batches.hasNext());
        assertThrows(NoSuchElementException.class, batches::next);
        assertThrows(IllegalArgumentException.class, () -> BatchSource.builder(images)
                .batchSize(0));
        assertThrows(IllegalArgumentException.class, () -> BatchSource.builder(images)
                .normalization(Normalization.none(3)));
        assertThrows(IllegalArgumentException.class, () -> new Augmentation(-1, CropBorder.BLACK, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Augmentation(1, CropBorder.BLACK, Double.NaN));
    }
}
