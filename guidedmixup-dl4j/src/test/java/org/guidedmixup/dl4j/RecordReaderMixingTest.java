package org.guidedmixup.dl4j;

import static org.guidedmixup.dl4j.Batches.assertSameBits;
import static org.guidedmixup.dl4j.Batches.readEpoch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.datavec.api.io.labels.ParentPathLabelGenerator;
import org.datavec.api.split.FileSplit;
import org.datavec.image.loader.NativeImageLoader;
import org.datavec.image.recordreader.ImageRecordReader;
import org.deeplearning4j.datasets.datavec.RecordReaderDataSetIterator;
import org.guidedmixup.GuidedMixup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;

/** JPEG files in one folder per class, read by DataVec, as most Deeplearning4j users read images. */
class RecordReaderMixingTest {
    private static final int CLASSES = 3;
    private static final int PER_CLASS = 6;
    private static final int BATCH = 4;
    private static final int HEIGHT = 24;
    private static final int WIDTH = 32;

    @TempDir
    private Path folder;

    @BeforeEach
    void drawImages() throws IOException {
        for (int label = 0; label < CLASSES; label++) {
            Path folderOfClass = Files.createDirectory(folder.resolve("class" + label));
            for (int i = 0; i < PER_CLASS; i++) {
                Path file = folderOfClass.resolve(i + ".jpg");
                assertTrue(ImageIO.write(image(label, i), "jpg", file.toFile()));
            }
        }
    }

    @Test
    void jpegsAreMixedAfreshEveryEpochAndEquallyForEqualSeeds() throws IOException {
        MixupDataSetIterator mixed = new MixupDataSetIterator(source(), mixer());
        MixupDataSetIterator again = new MixupDataSetIterator(source(), mixer());
        List<DataSet> first = readEpoch(mixed);
        List<DataSet> second = readEpoch(mixed);
        assertEquals(5, first.size(), "18 images in batches of 4");
        assertEquals(2, first.get(4).numExamples());
        assertSameBits(first, readEpoch(again));
        assertSameBits(second, readEpoch(again));
        // The reader shuffles files too, so single labels are inspected for a sign of mixing.
        for (DataSet batch : first) {
            assertTrue(batch.getFeatures().minNumber().doubleValue() >= 0);
            assertTrue(batch.getFeatures().maxNumber().doubleValue() <= 1, "scaled before mixing");
            float[] ones = new float[batch.numExamples()];
            Arrays.fill(ones, 1);
            assertArrayEquals(ones, values(batch.getLabels().sum(1)), 1e-5f);
        }
        assertFalse(Arrays.equals(
                values(first.get(0).getFeatures()), values(second.get(0).getFeatures())));
        assertTrue(
                first.stream()
                        .anyMatch(batch -> batch.getLabels().max(1).minNumber().doubleValue() < 0.999),
                "labels are soft");
    }

    @Test
    void readingAheadChangesNothing() throws IOException {
        MixupDataSetIterator synchronous = new MixupDataSetIterator(source(), mixer());
        MixupDataSetIterator wrapped = new MixupDataSetIterator(source(), mixer());
        assertTrue(wrapped.asyncSupported());
        AsyncDataSetIterator asynchronous = new AsyncDataSetIterator(wrapped, 2);
        assertSameBits(Batches.read(synchronous), Batches.read(asynchronous));
        for (int epoch = 1; epoch < 4; epoch++) {
            assertSameBits(readEpoch(synchronous), readEpoch(asynchronous));
        }
        asynchronous.shutdown();
        assertEquals(List.of("class0", "class1", "class2"), wrapped.getLabels());
    }

    private RecordReaderDataSetIterator source() throws IOException {
        ImageRecordReader reader = new ImageRecordReader(HEIGHT, WIDTH, 3, new ParentPathLabelGenerator());
        reader.initialize(new FileSplit(folder.toFile(), NativeImageLoader.ALLOWED_FORMATS, new Random(1)));
        RecordReaderDataSetIterator source = new RecordReaderDataSetIterator(reader, BATCH, 1, CLASSES);
        source.setPreProcessor(new ImagePreProcessingScaler(0, 1));
        return source;
    }

    private static GuidedMixup mixer() {
        return GuidedMixup.builder().mixProbability(1).seed(1).build();
    }

    /** Returns a gradient with a disc, a square or a bar, whose position depends on the number. */
    private static BufferedImage image(int label, int number) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.DARK_GRAY, WIDTH, HEIGHT, Color.LIGHT_GRAY));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setColor(Color.getHSBColor(number / (float) PER_CLASS, 1, 1));
        switch (label) {
            case 0 -> graphics.fillOval(number * 3, number * 2, 10, 10);
            case 1 -> graphics.fillRect(number * 3, number * 2, 10, 10);
            default -> graphics.fillRect(number * 3, 0, 3, HEIGHT);
        }
        graphics.dispose();
        return image;
    }
}
