package org.guidedmixup.dl4j;

import static org.guidedmixup.dl4j.Batches.batch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.PlannedBatch;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.adapter.SingletonMultiDataSetIterator;

/** Iterators and preprocessors plan and mix in one go, so that a sequence of mixers runs each of them once. */
class MixedOnceTest {
    private final AtomicInteger mixes = new AtomicInteger();
    private final BatchMixer mixup = InputMixup.builder().seed(3).build();
    private final BatchMixer mixer = new Once(mixup, mixes);
    private final DataSet data = batch(4, 1);
    private final MixedBatch expected =
            mixup.plan(data.getFeatures(), data.getLabels(), 0, 0).apply(data.getFeatures(), data.getLabels());

    @Test
    void anIteratorMixesOnce() {
        DataSet mixed = new MixupDataSetIterator(new ExistingDataSetIterator(List.of(data)), mixer).next();
        assertMixedOnce(mixed.getFeatures(), mixed.getLabels());
    }

    @Test
    void aPreProcessorMixesOnce() {
        new MixupPreProcessor(mixer).preProcess(data);
        assertMixedOnce(data.getFeatures(), data.getLabels());
    }

    @Test
    void severalArraysAreMixedOnce() {
        var source = new SingletonMultiDataSetIterator(new MultiDataSet(data.getFeatures(), data.getLabels()));
        var mixed = new MixupMultiDataSetIterator(source, mixer).next();
        assertMixedOnce(mixed.getFeatures(0), mixed.getLabels(0));
    }

    private void assertMixedOnce(INDArray images, INDArray labels) {
        assertArrayEquals(values(expected.images()), values(images));
        assertArrayEquals(values(expected.labels()), values(labels));
        assertEquals(1, mixes.get());
    }

    /** Counts batches that are mixed in one go, and refuses to plan. */
    private record Once(BatchMixer mixer, AtomicInteger mixes) implements BatchMixer {
        @Override
        public PlannedBatch mix(INDArray images, INDArray labels, int epoch, long batch) {
            mixes.incrementAndGet();
            return mixer.mix(images, labels, epoch, batch);
        }

        @Override
        public MixPlan plan(INDArray images, INDArray labels, int epoch, long batch) {
            throw new AssertionError("planned without mixing");
        }

        @Override
        public MixPlan plan(INDArray images, INDArray labels) {
            throw new AssertionError("planned without mixing");
        }
    }
}
