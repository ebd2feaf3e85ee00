package org.guidedmixup.dl4j;

import static org.guidedmixup.dl4j.Batches.batch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.guidedmixup.testing.Serialization.serialised;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.plan.MixedBatch;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.AsyncMultiDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.adapter.SingletonMultiDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class MixupMultiDataSetIteratorTest {
    private static final BatchMixer MIXER = InputMixup.builder().seed(7).build();

    @Test
    void mixesTheArraysAtTheTwoIndicesAndNoOther() {
        MultiDataSet data = twoOfEach();
        float[] before = values(data.getFeatures(1));
        MixupMultiDataSetIterator iterator = new MixupMultiDataSetIterator(source(data), MIXER, 1, 1);
        for (int epoch = 0; epoch < 2; epoch++) {
            iterator.reset();
            org.nd4j.linalg.dataset.api.MultiDataSet mixed = iterator.next();
            MixedBatch expected = MIXER.plan(data.getFeatures(1), data.getLabels(1), epoch, 0)
                    .apply(data.getFeatures(1), data.getLabels(1));
            assertArrayEquals(values(expected.images()), values(mixed.getFeatures(1)));
            assertArrayEquals(values(expected.labels()), values(mixed.getLabels(1)));
            assertSame(data.getFeatures(0), mixed.getFeatures(0));
            assertSame(data.getLabels(0), mixed.getLabels(0));
            assertEquals(List.of("a", "b", "c", "d"), mixed.getExampleMetaData());
            assertFalse(iterator.hasNext());
        }
        assertArrayEquals(before, values(data.getFeatures(1)), "the source's images");
    }

    @Test
    void onlyMasksOfMixedArraysAreRefused() {
        MultiDataSet data = twoOfEach();
        INDArray mask = Nd4j.ones(4, 1);
        data.setFeaturesMaskArrays(new INDArray[] {mask, null});
        org.nd4j.linalg.dataset.api.MultiDataSet mixed =
                new MixupMultiDataSetIterator(source(data), MIXER, 1, 1).next();
        assertSame(mask, mixed.getFeaturesMaskArray(0));
        assertNull(mixed.getFeaturesMaskArray(1));
        MixupMultiDataSetIterator masked = new MixupMultiDataSetIterator(source(data), MIXER);
        assertThrows(IllegalArgumentException.class, masked::next);
    }

    @Test
    void indicesThatDoNotExistAreNamed() {
        MultiDataSetIterator source = source(twoOfEach());
        assertThrows(IllegalArgumentException.class, () -> new MixupMultiDataSetIterator(source, MIXER, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new MixupMultiDataSetIterator(null, MIXER));
        MixupMultiDataSetIterator iterator = new MixupMultiDataSetIterator(source, MIXER, 0, 2);
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, iterator::next);
        assertEquals(
                "labelIndex 2: expected an index below 2, the number of label arrays in the MultiDataSet",
                thrown.getMessage());
    }

    @Test
    void givesTheBatchesOfTheDataSetIteratorAlsoWhenReadAhead() {
        List<DataSet> data = Batches.batches(5, 4);
        MixupDataSetIterator single = new MixupDataSetIterator(new AsyncSource(data), MIXER);
        AsyncMultiDataSetIterator multi = new AsyncMultiDataSetIterator(
                new MixupMultiDataSetIterator(new MultiDataSetIteratorAdapter(new AsyncSource(data)), MIXER), 2);
        for (int epoch = 0; epoch < 20; epoch++) {
            for (DataSet expected : Batches.read(single)) {
                assertTrue(multi.hasNext());
                org.nd4j.linalg.dataset.api.MultiDataSet actual = multi.next();
                assertArrayEquals(values(expected.getFeatures()), values(actual.getFeatures(0)));
                assertArrayEquals(values(expected.getLabels()), values(actual.getLabels(0)));
            }
            assertFalse(multi.hasNext());
            single.reset();
            multi.reset();
        }
        multi.shutdown();
    }

    @Test
    void iteratorGoesOnAfterSerialisation() {
        MixupMultiDataSetIterator iterator =
                new MixupMultiDataSetIterator(new MultiDataSetIteratorAdapter(new ViewIterator(batch(8, 1), 4)), MIXER);
        iterator.next();
        MixupMultiDataSetIterator copy = serialised(iterator);
        org.nd4j.linalg.dataset.api.MultiDataSet expected = iterator.next();
        org.nd4j.linalg.dataset.api.MultiDataSet actual = copy.next();
        assertArrayEquals(values(expected.getFeatures(0)), values(actual.getFeatures(0)));
        assertArrayEquals(values(expected.getLabels(0)), values(actual.getLabels(0)));
    }

    @Test
    void preProcessorGoesOnAfterSerialisation() {
        MixupMultiDataSetPreProcessor copy = serialised(preProcessedOnce());
        MultiDataSet expected = twoOfEach();
        MultiDataSet actual = twoOfEach();
        preProcessedOnce().preProcess(expected);
        copy.preProcess(actual);
        assertArrayEquals(values(expected.getFeatures(1)), values(actual.getFeatures(1)));
        assertArrayEquals(values(expected.getLabels(1)), values(actual.getLabels(1)));
    }

    @Test
    void preprocessorSetsNewArraysAndLeavesTheOldAlone() {
        MultiDataSet data = twoOfEach();
        INDArray[] features = data.getFeatures();
        INDArray images = data.getFeatures(1);
        float[] before = values(images);
        new MixupMultiDataSetPreProcessor(MIXER, 1, 1).preProcess(data);
        MixedBatch expected = MIXER.plan(images, twoOfEach().getLabels(1), 0, 0)
                .apply(images, twoOfEach().getLabels(1));
        assertArrayEquals(values(expected.images()), values(data.getFeatures(1)));
        assertArrayEquals(values(expected.labels()), values(data.getLabels(1)));
        assertArrayEquals(before, values(images));
        assertSame(images, features[1]);
        assertFalse(Arrays.equals(before, values(data.getFeatures(1))));
    }

    @Test
    void preprocessorRefusesMixersThatUseTheNetwork() {
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class, () -> new MixupMultiDataSetPreProcessor(new UsesNetwork(MIXER)));
        assertTrue(thrown.getMessage().contains("MixupMultiDataSetIterator"), thrown.getMessage());
    }

    private static MixupMultiDataSetPreProcessor preProcessedOnce() {
        MixupMultiDataSetPreProcessor preProcessor = new MixupMultiDataSetPreProcessor(MIXER, 1, 1);
        preProcessor.preProcess(twoOfEach());
        return preProcessor;
    }

    private static MultiDataSet twoOfEach() {
        DataSet one = batch(4, 1);
        DataSet two = batch(4, 2);
        MultiDataSet data = new MultiDataSet(
                new INDArray[] {one.getFeatures(), two.getFeatures()},
                new INDArray[] {one.getLabels(), two.getLabels()});
        data.setExampleMetaData(List.of("a", "b", "c", "d"));
        return data;
    }

    private static MultiDataSetIterator source(MultiDataSet data) {
        return new SingletonMultiDataSetIterator(data);
    }
}
