package org.guidedmixup.dl4j.gallery;

import static org.guidedmixup.dl4j.gallery.MixupGalleryTest.captions;
import static org.guidedmixup.dl4j.gallery.MixupGalleryTest.first;
import static org.guidedmixup.dl4j.gallery.MixupGalleryTest.iterator;
import static org.guidedmixup.dl4j.gallery.MixupGalleryTest.pixels;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.MixerChoice;
import org.guidedmixup.dl4j.Batches;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.dl4j.picture.Pictures;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.method.CutMix;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.method.SaliencyMix;
import org.guidedmixup.method.augmix.AugMix;
import org.guidedmixup.method.comixup.CoMixup;
import org.guidedmixup.method.puzzle.PuzzleMix;
import org.guidedmixup.method.snapmix.SnapMix;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.LabelSmoothing;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MosaicPlan;
import org.guidedmixup.saliency.spectral.ChannelOrder;
import org.guidedmixup.testing.RandomImages;
import org.guidedmixup.tile.Mosaic;
import org.guidedmixup.tile.TileGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** What a gallery shows of every method. */
class MethodsInGalleryTest {
    @TempDir
    private Path folder;

    /** A mixer of every method, of every kind of plan. */
    private static Map<String, BatchMixer> everyMethod(DataFormat format) {
        GuidedMixup guided = GuidedMixup.builder()
                .mixProbability(1)
                .labelSmoothing(0.1)
                .dataFormat(format)
                .build();
        AugMix augMix = AugMix.builder().range(0, 1).dataFormat(format).build();
        CutMix cutMix = CutMix.builder().mixProbability(1).dataFormat(format).build();
        InputMixup mixup = InputMixup.builder().dataFormat(format).build();
        return Map.of(
                "guided-sr", guided,
                "mixup", mixup,
                "cutmix", cutMix,
                "saliencymix",
                        SaliencyMix.builder()
                                .mixProbability(1)
                                .dataFormat(format)
                                .build(),
                "snapmix", SnapMix.builder().dataFormat(format).build(),
                "puzzlemix", PuzzleMix.builder().dataFormat(format).build(),
                "comixup", CoMixup.builder().dataFormat(format).build(),
                "augmix, then guided-sr", augMix.then(guided),
                "guided-sr, then augmix", guided.then(augMix),
                "mixup or cutmix",
                        MixerChoice.builder().add(mixup, 1).add(cutMix, 1).build());
    }

    @Test
    void everyMethodWritesAPictureAndLeavesTheDataAlone() throws IOException {
        List<DataSet> data = data(DataFormat.NCHW);
        List<DataSet> before = data.stream().map(DataSet::copy).toList();
        DataSetIterator source = new ExistingDataSetIterator(data);
        for (Map.Entry<String, BatchMixer> method : everyMethod(DataFormat.NCHW).entrySet()) {
            Path file = folder.resolve("new/" + method.getKey() + ".png");
            MixupGallery.of(source, method.getValue()).write(file);
            BufferedImage picture = ImageIO.read(file.toFile());
            assertTrue(picture.getWidth() > 2 * 3 * 120 && picture.getHeight() > 2 * 2 * 120, method.getKey());
            Batches.assertSameBits(before, data);
            Batches.assertSameBits(before, Batches.read(source)); // it has been reset
        }
    }

    /** Images in the other layout are mixed to the same pictures. */
    @Test
    void everyMethodKnowsItsLayout() {
        Map<String, BatchMixer> nhwc = everyMethod(DataFormat.NHWC);
        everyMethod(DataFormat.NCHW).forEach((name, mixer) -> {
            List<MixedPair> expected = MixupGallery.of(new ExistingDataSetIterator(data(DataFormat.NCHW)), mixer)
                    .rows()
                    .get(0)
                    .pairs();
            List<MixedPair> actual = MixupGallery.of(new ExistingDataSetIterator(data(DataFormat.NHWC)), nhwc.get(name))
                    .rows()
                    .get(0)
                    .pairs();
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(captions(expected.get(i)), captions(actual.get(i)), name);
                assertArrayEquals(
                        pixels(expected.get(i).image()), pixels(actual.get(i).image()), name);
                assertEquals(expected.get(i).labelText(), actual.get(i).labelText(), name);
            }
        });
    }

    private static List<DataSet> data(DataFormat format) {
        return IntStream.range(0, 3)
                .mapToObj(seed -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    INDArray images = RandomImages.uniform(random, 6, 3, 16, 16);
                    return new DataSet(
                            format == DataFormat.NCHW
                                    ? images
                                    : images.permute(0, 2, 3, 1).dup('c'),
                            RandomImages.randomLabels(random, 6, 4));
                })
                .toList();
    }

    @Test
    void whatIsShownIsWhatTrainingGets() {
        for (BatchMixer mixer : everyMethod(DataFormat.NCHW).values()) {
            MixupDataSetIterator training =
                    new MixupDataSetIterator(new ExistingDataSetIterator(data(DataFormat.NCHW)), mixer);
            training.setEpoch(3);
            List<GalleryRow> rows = MixupGallery.builder(new ExistingDataSetIterator(data(DataFormat.NCHW)), mixer)
                    .epoch(3)
                    .range(ValueRange.of(0, 1))
                    .channelOrder(ChannelOrder.RGB)
                    .build()
                    .rows();
            for (GalleryRow row : rows) {
                INDArray mixed = training.next().getFeatures();
                for (int i = 0; i < row.pairs().size(); i++) {
                    assertArrayEquals(
                            pixels(Pictures.photograph(mixed.slice(i))),
                            pixels(row.pairs().get(i).mixed()));
                }
            }
        }
    }

    @Test
    void imagesInRowsAreShownAsImages() {
        List<DataSet> data = data(DataFormat.NCHW);
        List<DataSet> rows = data.stream()
                .map(batch -> new DataSet(batch.getFeatures().reshape('c', 6, 3 * 16 * 16), batch.getLabels()))
                .toList();
        GuidedMixup.Builder guided = GuidedMixup.builder().mixProbability(1).seed(1);
        MixedPair expected = first(MixupGallery.of(new ExistingDataSetIterator(data), guided.build()));
        MixedPair actual = first(MixupGallery.of(
                new ExistingDataSetIterator(rows), guided.imageShape(3, 16, 16).build()));
        assertArrayEquals(pixels(expected.image()), pixels(actual.image()));
        assertArrayEquals(pixels(expected.mixed()), pixels(actual.mixed()));
    }

    @Test
    void whatAMethodDoesNotHaveIsLeftOut() {
        List<DataSet> data = data(DataFormat.NCHW);
        assertEquals(
                List.of("image", "partner", "mixed", "saliency", "partner's saliency", "mask"),
                captions(first(MixupGallery.of(
                        new ExistingDataSetIterator(data),
                        GuidedMixup.builder().mixProbability(1).seed(1).build()))));
        assertEquals(
                List.of("image", "partner", "mixed", "mask"),
                captions(first(MixupGallery.of(
                        new ExistingDataSetIterator(data),
                        InputMixup.builder().seed(1).build()))));
        assertEquals(
                List.of("image", "mixed"),
                captions(first(MixupGallery.of(
                        new ExistingDataSetIterator(data),
                        AugMix.builder().range(0, 1).build()))));
    }

    /** Three images of one class each, put together from tiles of a pixel. */
    private record Tiles() implements BatchMixer {
        @Override
        public MixPlan plan(INDArray images, INDArray labels, int epoch, long batch) {
            // Output 0: two tiles of image 1, one of image 2, one of both. The others stay.
            Mosaic.Builder tiles = Mosaic.builder(3, new TileGrid(2, 2, 2, 2))
                    .put(0, 0, 0, 1, 0, 1)
                    .put(0, 1, 0, 1, 1, 1)
                    .put(0, 2, 0, 2, 2, 1)
                    .put(0, 3, 0, 1, 3, 0.5)
                    .put(0, 3, 1, 2, 3, 0.5);
            for (int tile = 0; tile < 4; tile++) {
                tiles.put(1, tile, 0, 1, tile, 1).put(2, tile, 0, 2, tile, 1);
            }
            float[][] shares = {{0, 0.625f, 0.375f}, {0, 1, 0}, {0, 0, 1}};
            return new MosaicPlan(
                    BatchShape.of(images, labels, DataFormat.NCHW), tiles.build(), shares, LabelSmoothing.NONE, 0);
        }

        @Override
        public MixPlan plan(INDArray images, INDArray labels) {
            return plan(images, labels, 0, 0);
        }
    }

    @Test
    void mosaicsAreShownWithTheirLargestParts() {
        INDArray images = Nd4j.create(DataType.FLOAT, 3, 1, 2, 2);
        images.slice(1).assign(1);
        images.slice(2).assign(0.2);
        DataSet data = new DataSet(images, Nd4j.eye(3).castTo(DataType.FLOAT));
        List<MixedPair> pairs =
                MixupGallery.of(iterator(data), new Tiles()).rows().get(0).pairs();
        MixedPair pair = pairs.get(0);
        assertEquals("0.63 class 1 + 0.38 class 2", pair.labelText());
        assertArrayEquals(new int[] {0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF}, pixels(pair.image()));
        assertArrayEquals(new int[] {0xFFFFFF, 0xFFFFFF, 0x333333, 0x999999}, pixels(pair.mixed()));
        MixedPair.Partner partner = pair.partner().orElseThrow();
        assertArrayEquals(new int[] {0x333333, 0x333333, 0x333333, 0x333333}, pixels(partner.image()));
        assertArrayEquals(new int[] {0xD95F0E, 0xD95F0E, 0x1F6FC4, 0xEEEEEE}, pixels(partner.mask()));
        assertEquals(List.of("image", "mixed"), captions(pairs.get(1)), "alone");
    }
}
