package org.guidedmixup.dl4j;

import static org.guidedmixup.dl4j.Batches.assertSameBits;
import static org.guidedmixup.dl4j.Batches.batch;
import static org.guidedmixup.dl4j.Batches.batches;
import static org.guidedmixup.dl4j.Batches.readEpoch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.guidedmixup.testing.Serialization.serialised;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.plan.MixedBatch;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;

class MixupPreProcessorTest {
    private static final BatchMixer MIXER = InputMixup.builder().seed(7).build();

    @Test
    void callNIsBatchNOfEpochZero() {
        MixupPreProcessor preProcessor = new MixupPreProcessor(MIXER);
        for (int i = 0; i < 5; i++) {
            DataSet data = batch(4, i);
            INDArray images = data.getFeatures();
            INDArray labels = data.getLabels();
            float[] before = values(images);
            MixedBatch expected = MIXER.plan(images, labels, 0, i).apply(images, labels);
            preProcessor.preProcess(data);
            assertArrayEquals(values(expected.images()), values(data.getFeatures()));
            assertArrayEquals(values(expected.labels()), values(data.getLabels()));
            assertArrayEquals(before, values(images), "the arrays that came in");
        }
    }

    @Test
    void mixesAfreshOverViews() {
        DataSet data = batch(20, 1);
        ViewIterator source = new ViewIterator(data, 4);
        source.setPreProcessor(new MixupPreProcessor(MIXER));
        List<DataSet> first = readEpoch(source);
        List<DataSet> second = readEpoch(source);
        for (int i = 0; i < 5; i++) {
            assertFalse(Arrays.equals(
                    values(first.get(i).getFeatures()), values(second.get(i).getFeatures())));
        }
        assertSameBits(List.of(batch(20, 1)), List.of(data));
    }

    /** The Javadoc warns of this. If the test fails, the warning has become wrong. */
    @Test
    void sourcesThatPreprocessOnceRepeatTheFirstEpoch() {
        ExistingDataSetIterator source = new ExistingDataSetIterator(batches(3, 4));
        source.setPreProcessor(new MixupPreProcessor(MIXER));
        assertSameBits(readEpoch(source), readEpoch(source));
    }

    @Test
    void runsInTheWorkspaceOfAReadingThread() {
        ViewIterator synchronous = new ViewIterator(batch(400, 1), 4);
        ViewIterator source = new ViewIterator(batch(400, 1), 4);
        synchronous.setPreProcessor(new MixupPreProcessor(MIXER));
        source.setPreProcessor(new MixupPreProcessor(MIXER));
        AsyncDataSetIterator asynchronous = new AsyncDataSetIterator(source, 2);
        assertSameBits(Batches.read(synchronous), Batches.read(asynchronous));
        asynchronous.shutdown();
    }

    @Test
    void goesOnAfterSerialisation() {
        MixupPreProcessor preProcessor = new MixupPreProcessor(MIXER);
        preProcessor.preProcess(batch(4, 1));
        MixupPreProcessor copy = serialised(preProcessor);
        List<DataSet> expected = new ArrayList<>(batches(3, 4));
        List<DataSet> actual = new ArrayList<>(batches(3, 4));
        expected.forEach(preProcessor::preProcess);
        actual.forEach(copy::preProcess);
        assertSameBits(expected, actual);
    }

    @Test
    void refusesMixersThatUseTheNetwork() {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> new MixupPreProcessor(new UsesNetwork(MIXER)));
        assertTrue(thrown.getMessage().contains("MixupDataSetIterator"), thrown.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new MixupPreProcessor(null));
    }

    @Test
    void masksAreRefused() {
        DataSet data = batch(4, 1);
        data.setFeaturesMaskArray(Nd4j.ones(4, 1));
        assertThrows(IllegalArgumentException.class, () -> new MixupPreProcessor(MIXER).preProcess(data));
    }
}
