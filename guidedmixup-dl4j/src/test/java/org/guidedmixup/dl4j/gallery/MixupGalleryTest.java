package org.guidedmixup.dl4j.gallery;

import static org.guidedmixup.testing.ErrorMessages.assertIllegalArgument;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.LabelSmoothing;
import org.guidedmixup.plan.MaskPlan;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.saliency.spectral.ChannelOrder;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What a gallery shows of an iterator, and what it leaves of it. */
class MixupGalleryTest {
    private static final int RGB = 0xFFFFFF;
    private static final BatchMixer GUIDED =
            GuidedMixup.builder().mixProbability(1).seed(1).build();

    @TempDir
    private Path folder;

    /** The first image keeps its left column, the second its right one; the others are each other's. */
    private record Columns(DataFormat format) implements BatchMixer {
        @Override
        public MixPlan plan(INDArray images, INDArray labels, int epoch, long batch) {
            INDArray weights = Nd4j.createFromArray(new float[][][] {{{1, 0}, {1, 0}}, {{0, 1}, {0, 1}}});
            return new MaskPlan(
                    BatchShape.of(images, labels, format),
                    Pairing.of(1, 0),
                    MixMask.of(weights),
                    LabelSmoothing.NONE,
                    0);
        }

        @Override
        public MixPlan plan(INDArray images, INDArray labels) {
            return plan(images, labels, 0, 0);
        }
    }

    /** Blue, green, red and white pixels, then black ones. */
    private static DataSet colors() {
        float[] blue = {255, 0, 0, 255};
        float[] green = {0, 255, 0, 255};
        float[] red = {0, 0, 255, 255};
        INDArray images = Nd4j.create(DataType.FLOAT, 2, 3, 2, 2);
        for (int p = 0; p < 4; p++) {
            images.putScalar(new int[] {0, 0, p / 2, p % 2}, blue[p]);
            images.putScalar(new int[] {0, 1, p / 2, p % 2}, green[p]);
            images.putScalar(new int[] {0, 2, p / 2, p % 2}, red[p]);
        }
        return new DataSet(images, Nd4j.eye(2).castTo(DataType.FLOAT));
    }

    static DataSetIterator iterator(DataSet... batches) {
        return new ExistingDataSetIterator(List.of(batches));
    }

    static int[] pixels(BufferedImage picture) {
        return IntStream.range(0, picture.getWidth() * picture.getHeight())
                .map(p -> picture.getRGB(p % picture.getWidth(), p / picture.getWidth()) & RGB)
                .toArray();
    }

    static MixedPair first(MixupGallery gallery) {
        return gallery.rows().get(0).pairs().get(0);
    }

    static List<String> captions(MixedPair pair) {
        return pair.tiles().stream().map(MixedPair.Tile::caption).toList();
    }

    @Test
    void pixelsLandWhereTheyShould() {
        MixupGallery gallery = MixupGallery.of(iterator(colors()), new Columns(DataFormat.NCHW));
        MixedPair pair = first(gallery);
        int[] source = {0x0000FF, 0x00FF00, 0xFF0000, 0xFFFFFF};
        int[] mixed = {0x0000FF, 0, 0xFF0000, 0};
        assertArrayEquals(source, pixels(pair.image()));
        assertArrayEquals(new int[4], pixels(pair.partner().orElseThrow().image()));
        assertArrayEquals(mixed, pixels(pair.mixed()));
        int orange = 0xD95F0E;
        int blue = 0x1F6FC4;
        assertArrayEquals(
                new int[] {orange, blue, orange, blue},
                pixels(pair.partner().orElseThrow().mask()));
        assertEquals("0.50 class 0 + 0.50 class 1", pair.labelText());
        assertEquals(List.of("image", "partner", "mixed", "mask"), captions(pair));

        // The same in the sheet, every pixel a square of 64.
        BufferedImage sheet = gallery.draw();
        int top = IntStream.range(0, sheet.getHeight() - 128)
                .filter(y -> squares(sheet, 20, y, source))
                .findFirst()
                .orElseThrow();
        assertTrue(squares(sheet, 20 + 136, top, new int[4]), "partner");
        assertTrue(squares(sheet, 20 + 2 * 136, top, mixed), "mixed");
    }

    private static boolean squares(BufferedImage sheet, int left, int top, int[] expected) {
        int[] found = pixels(sheet.getSubimage(left, top, 128, 128));
        return IntStream.range(0, found.length).allMatch(p -> found[p] == expected[p / 128 / 64 * 2 + p % 128 / 64]);
    }

    @Test
    void layoutTypeAndOrderChangeNoPixel() {
        int[] expected = pixels(first(MixupGallery.of(iterator(colors()), new Columns(DataFormat.NCHW)))
                .mixed());
        DataSet data = colors();
        INDArray nhwc = data.getFeatures().permute(0, 2, 3, 1);
        for (INDArray images :
                List.of(nhwc, nhwc.dup('c'), nhwc.castTo(DataType.UINT8), nhwc.castTo(DataType.FLOAT16))) {
            MixupGallery gallery = MixupGallery.builder(
                            iterator(new DataSet(images, data.getLabels())), new Columns(DataFormat.NHWC))
                    .dataFormat(DataFormat.NHWC)
                    .build();
            assertArrayEquals(
                    expected, pixels(first(gallery).mixed()), images.dataType().toString());
        }
        INDArray rgb = Nd4j.concat(
                1,
                Stream.of(2, 1, 0)
                        .map(c -> data.getFeatures()
                                .get(
                                        NDArrayIndex.all(),
                                        NDArrayIndex.interval(c, c + 1),
                                        NDArrayIndex.all(),
                                        NDArrayIndex.all()))
                        .toArray(INDArray[]::new));
        MixupGallery gallery = MixupGallery.builder(
                        iterator(new DataSet(rgb, data.getLabels())), new Columns(DataFormat.NCHW))
                .channelOrder(ChannelOrder.RGB)
                .build();
        assertArrayEquals(expected, pixels(first(gallery).mixed()));
    }

    @Test
    void aPartOfALargerArrayIsShownAsItIs() {
        INDArray large = Nd4j.create(DataType.FLOAT, 5, 3, 2, 2);
        large.get(NDArrayIndex.interval(2, 4)).assign(colors().getFeatures());
        DataSet part = new DataSet(large.get(NDArrayIndex.interval(2, 4)), colors().getLabels());
        MixedPair pair = first(MixupGallery.of(iterator(part), new Columns(DataFormat.NCHW)));
        assertArrayEquals(new int[] {0x0000FF, 0x00FF00, 0xFF0000, 0xFFFFFF}, pixels(pair.image()));
        assertArrayEquals(new int[] {0x0000FF, 0, 0xFF0000, 0}, pixels(pair.mixed()));
    }

    @Test
    void aBatchOfOtherSizeAndASmallOneFindTheirPlace() {
        DataSet large = new DataSet(Nd4j.rand(DataType.FLOAT, 4, 1, 200, 150), labels(4));
        DataSet small = new DataSet(Nd4j.rand(DataType.FLOAT, 1, 1, 16, 16), labels(1));
        MixupGallery gallery = MixupGallery.of(iterator(small, large), GUIDED);
        List<GalleryRow> rows = gallery.rows();
        assertEquals(List.of(1, 3), rows.stream().map(row -> row.pairs().size()).toList());
        assertTrue(
                rows.get(0).notes().get(0).contains("left unmixed"),
                rows.get(0).notes().toString());
        assertTrue(gallery.draw().getWidth() > 3 * 3 * 150);
    }

    private static INDArray labels(int images) {
        return RandomImages.randomLabels(new SplittableRandom(1), images, 3);
    }

    @Test
    void pixelsOfLargeImagesAreMeans() {
        INDArray images = Nd4j.create(DataType.FLOAT, 2, 1, 600, 1030);
        images.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, 3, 600))
                .assign(1);
        MixedPair pair = first(MixupGallery.of(iterator(new DataSet(images, labels(2))), GUIDED));
        assertEquals(343, pair.mixed().getWidth());
        assertEquals(200, pair.mixed().getHeight());
        assertEquals(0x555555, pair.mixed().getRGB(100, 100) & RGB);
    }

    @Test
    void classesHaveTheNamesOfTheIterator() {
        DataSet data = colors();
        data.setLabelNames(List.of("cat", "dog"));
        assertEquals(
                "0.50 cat + 0.50 dog",
                first(MixupGallery.of(iterator(data), new Columns(DataFormat.NCHW)))
                        .labelText());
    }

    @Test
    void whatIsNoPictureOfABatchIsRefused() {
        assertIllegalArgument(() -> MixupGallery.of(null, GUIDED), "source", "null");
        assertIllegalArgument(() -> MixupGallery.of(iterator(colors()), null), "mixer", "null");
        assertIllegalArgument(
                () -> MixupGallery.of(new MixupDataSetIterator(iterator(colors()), GUIDED), GUIDED),
                "source",
                "mixed already");
        MixupGallery.Builder builder = MixupGallery.builder(iterator(colors()), GUIDED);
        assertIllegalArgument(() -> builder.batches(0), "batches", "at least 1", "0");
        assertIllegalArgument(() -> builder.images(0), "images", "at least 1", "0");
        assertIllegalArgument(() -> builder.epoch(-1), "epoch", "-1");
        assertIllegalArgument(() -> builder.range(null), "range");
        assertIllegalArgument(() -> builder.channelOrder(null), "channelOrder");
        assertIllegalArgument(() -> builder.dataFormat(null), "dataFormat");
        DataSetIterator empty = new ExistingDataSetIterator(new ArrayList<>());
        assertIllegalArgument(() -> MixupGallery.of(empty, GUIDED).draw(), "source", "at least one batch");
        DataSet flat = new DataSet(Nd4j.rand(DataType.FLOAT, 4, 784), labels(4));
        assertIllegalArgument(() -> MixupGallery.of(iterator(flat), GUIDED).draw(), "[4, 784]", "imageShape");
        DataSet masked = colors();
        masked.setFeaturesMaskArray(Nd4j.ones(DataType.FLOAT, 2, 1));
        assertIllegalArgument(() -> MixupGallery.of(iterator(masked), GUIDED).draw(), "features mask");
    }

    @Test
    void theFileIsWholeOrAsItWas() throws IOException {
        Path file = folder.resolve("mixed.png");
        Files.writeString(file, "old");
        DataSet flat = new DataSet(Nd4j.rand(DataType.FLOAT, 4, 784), labels(4));
        assertThrows(IllegalArgumentException.class, () -> MixupGallery.of(iterator(colors(), flat), GUIDED)
                .write(file));
        assertEquals("old", Files.readString(file));
        assertIllegalArgument(
                () -> MixupGallery.of(iterator(colors()), GUIDED).write(folder.resolve("mixed.jpg")), ".png", "jpg");
        Path directory = Files.createDirectory(folder.resolve("folder.png"));
        assertIllegalArgument(
                () -> MixupGallery.of(iterator(colors()), GUIDED).write(directory), "folder.png", "directory");
        assertThrows(IOException.class, () -> MixupGallery.of(iterator(colors()), GUIDED)
                .write(file.resolve("below.png")));
        MixupGallery.of(iterator(colors()), GUIDED).write(file);
        assertTrue(ImageIO.read(file.toFile()).getWidth() > 0);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(directory, file), files.sorted().toList());
        }
    }
}
