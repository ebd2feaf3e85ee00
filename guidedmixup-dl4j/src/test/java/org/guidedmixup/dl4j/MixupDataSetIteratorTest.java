package org.guidedmixup.dl4j;

import static org.guidedmixup.dl4j.Batches.assertSameBits;
import static org.guidedmixup.dl4j.Batches.batch;
import static org.guidedmixup.dl4j.Batches.batches;
import static org.guidedmixup.dl4j.Batches.read;
import static org.guidedmixup.dl4j.Batches.readEpoch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.guidedmixup.testing.Serialization.serialised;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.NoSuchElementException;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.plan.MixedBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.factory.Nd4j;

class MixupDataSetIteratorTest {
    private static final BatchMixer MIXER = InputMixup.builder().seed(7).build();

    @Test
    void batchesAreThoseOfTheMixerForTheirEpochAndNumber() {
        List<DataSet> data = batches(3, 4);
        MixupDataSetIterator mixed = new MixupDataSetIterator(new ExistingDataSetIterator(data), MIXER);
        for (int epoch = 0; epoch < 3; epoch++) {
            List<DataSet> batches = readEpoch(mixed);
            for (int i = 0; i < 3; i++) {
                DataSet source = data.get(i);
                MixedBatch expected = MIXER.plan(source.getFeatures(), source.getLabels(), epoch, i)
                        .apply(source.getFeatures(), source.getLabels());
                assertArrayEquals(
                        values(expected.images()), values(batches.get(i).getFeatures()));
                assertArrayEquals(
                        values(expected.labels()), values(batches.get(i).getLabels()));
            }
        }
    }

    @Test
    void anEpochCountsOnceABatchOfItWasRead() {
        MixupDataSetIterator mixed = new MixupDataSetIterator(new ExistingDataSetIterator(batches(3, 4)), MIXER);
        mixed.reset();
        assertTrue(mixed.hasNext());
        mixed.reset();
        assertEquals(0, mixed.epoch(), "no batch was read");
        mixed.next();
        assertEquals(0, mixed.epoch());
        mixed.reset();
        assertEquals(1, mixed.epoch(), "read in part");
        mixed.reset();
        assertEquals(1, mixed.epoch(), "reset twice");
        read(mixed);
        mixed.reset();
        assertEquals(2, mixed.epoch(), "read to the end");
    }

    @Test
    void trainingGoesOnAtANamedEpoch() {
        MixupDataSetIterator all = new MixupDataSetIterator(new ExistingDataSetIterator(batches(3, 4)), MIXER);
        readEpoch(all);
        readEpoch(all);
        MixupDataSetIterator resumed = new MixupDataSetIterator(new ExistingDataSetIterator(batches(3, 4)), MIXER);
        resumed.setEpoch(2);
        assertSameBits(readEpoch(all), readEpoch(resumed));
        assertThrows(IllegalArgumentException.class, () -> resumed.setEpoch(-1));
    }

    @Test
    void preprocessorOfTheSourceRunsBeforeMixing() {
        List<DataSet> data = batches(3, 4);
        data.forEach(batch -> batch.getFeatures().muli(255));
        MixupDataSetIterator mixed = new MixupDataSetIterator(new ExistingDataSetIterator(data), MIXER);
        ImagePreProcessingScaler scaler = new ImagePreProcessingScaler(0, 1);
        mixed.setPreProcessor(scaler);
        assertSame(scaler, mixed.getPreProcessor());

        List<DataSet> scaled = batches(3, 4);
        scaled.forEach(batch -> batch.getFeatures().muli(255).divi(255));
        MixupDataSetIterator expected = new MixupDataSetIterator(new ExistingDataSetIterator(scaled), MIXER);
        for (int epoch = 0; epoch < 2; epoch++) {
            List<DataSet> wanted = readEpoch(expected);
            List<DataSet> actual = readEpoch(mixed);
            for (int i = 0; i < 3; i++) {
                assertArrayEquals(
                        values(wanted.get(i).getFeatures()),
                        values(actual.get(i).getFeatures()),
                        1e-6f);
            }
        }
    }

    @Test
    void namesAndMetadataAreKept() {
        DataSet data = batch(2, 1);
        data.setLabelNames(List.of("cat", "dog", "owl"));
        data.setExampleMetaData(List.of("cat/1.jpg", "owl/2.jpg"));
        DataSet mixed = new MixupDataSetIterator(new ExistingDataSetIterator(List.of(data)), MIXER).next();
        assertNotSame(data, mixed);
        assertEquals(List.of("cat", "dog", "owl"), mixed.getLabelNamesList());
        assertEquals(List.of("cat/1.jpg", "owl/2.jpg"), mixed.getExampleMetaData());
    }

    @Test
    void aSingleImageAtTheEndPassesUnmixed() {
        DataSet data = batch(9, 1);
        List<DataSet> batches = readEpoch(new MixupDataSetIterator(new ViewIterator(data, 4), MIXER));
        assertEquals(3, batches.size());
        DataSet last = batches.get(2);
        assertEquals(1, last.numExamples());
        assertArrayEquals(values(data.asList().get(8).getFeatures()), values(last.getFeatures()));
        assertFalse(batches.get(0).getFeatures().equals(data.getRange(0, 4).getFeatures()));
    }

    @Test
    void integerImagesBecomeFloat() {
        DataSet data = batch(4, 1);
        data.setFeatures(data.getFeatures().mul(255).castTo(DataType.UINT8));
        DataSet mixed = new MixupDataSetIterator(new ExistingDataSetIterator(List.of(data)), MIXER).next();
        assertEquals(DataType.FLOAT, mixed.getFeatures().dataType());
        assertEquals(DataType.UINT8, data.getFeatures().dataType());
    }

    @Test
    void anyNumberOfExamplesCanBeAskedFor() {
        List<DataSet> examples = batch(10, 1).asList();
        MixupDataSetIterator mixed = new MixupDataSetIterator(new ListDataSetIterator<>(examples, 4), MIXER);
        assertTrue(mixed.hasNext());
        assertEquals(7, mixed.next(7).numExamples());
        assertTrue(mixed.hasNext());
        assertEquals(3, mixed.next(7).numExamples());
        assertFalse(mixed.hasNext());
    }

    @Test
    void sizesComeFromTheSource() {
        DataSet data = batch(10, 1);
        ViewIterator source = new ViewIterator(data, 4);
        MixupDataSetIterator mixed = new MixupDataSetIterator(source, MIXER);
        assertEquals(4, mixed.batch());
        assertEquals(Batches.CLASSES, mixed.totalOutcomes());
        assertEquals(source.inputColumns(), mixed.inputColumns());
        assertTrue(mixed.resetSupported());
        assertEquals(source.getLabels(), mixed.getLabels());
    }

    @Test
    void readsAheadOnlyWhereSourceAndMixerAllowIt() {
        AsyncSource async = new AsyncSource(batches(2, 4));
        assertTrue(async.asyncSupported());
        assertTrue(new MixupDataSetIterator(async, MIXER).asyncSupported());
        assertFalse(new MixupDataSetIterator(async, new UsesNetwork(MIXER)).asyncSupported());
        assertFalse(new MixupDataSetIterator(new ViewIterator(batch(4, 1), 2), MIXER).asyncSupported());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void masksAreRefused(boolean ofFeatures) {
        DataSet data = batch(4, 1);
        if (ofFeatures) {
            data.setFeaturesMaskArray(Nd4j.ones(4, 1));
        } else {
            data.setLabelsMaskArray(Nd4j.ones(4, 3));
        }
        MixupDataSetIterator mixed = new MixupDataSetIterator(new ExistingDataSetIterator(List.of(data)), MIXER);
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, mixed::next);
        assertTrue(thrown.getMessage().contains(ofFeatures ? "features mask" : "labels mask"), thrown.getMessage());
    }

    @Test
    void badArgumentsAreNamed() {
        ExistingDataSetIterator source =
                new ExistingDataSetIterator(List.of(new DataSet(batch(4, 1).getFeatures(), null)));
        assertThrows(IllegalArgumentException.class, () -> new MixupDataSetIterator(null, MIXER));
        assertThrows(IllegalArgumentException.class, () -> new MixupDataSetIterator(source, null));
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> new MixupDataSetIterator(source, MIXER).next());
        assertTrue(thrown.getMessage().startsWith("labels"), thrown.getMessage());
    }

    @Test
    void endsWithItsSource() {
        MixupDataSetIterator mixed = new MixupDataSetIterator(new ExistingDataSetIterator(batches(1, 4)), MIXER);
        mixed.next();
        assertFalse(mixed.hasNext());
        assertThrows(NoSuchElementException.class, mixed::next);
    }

    @Test
    void goesOnAfterSerialisation() {
        MixupDataSetIterator mixed = new MixupDataSetIterator(new ViewIterator(batch(20, 1), 4), MIXER);
        readEpoch(mixed);
        mixed.reset();
        mixed.next();
        MixupDataSetIterator copy = serialised(mixed);
        assertEquals(1, copy.epoch());
        assertSameBits(read(mixed), read(copy));
        assertSameBits(readEpoch(mixed), readEpoch(copy));
    }
}
