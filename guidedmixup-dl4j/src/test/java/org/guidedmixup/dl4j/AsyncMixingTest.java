package org.guidedmixup.dl4j;

import static org.guidedmixup.dl4j.Batches.batch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.method.InputMixup;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Mixing on the reading thread of AsyncDataSetIterator, inside its cyclic workspace. */
class AsyncMixingTest {
    private static final int BATCHES = 1000;
    private static final int WARM_UP = 200;
    private static final int IMAGES = 32;
    private static final int PER_EPOCH = 10;

    static Stream<Named<BatchMixer>> mixers() {
        return Stream.of(
                Named.of("every batch", InputMixup.builder().seed(3).build()),
                Named.of(
                        "every other batch, the first not",
                        InputMixup.builder().mixProbability(0.5).seed(2).build()));
    }

    /** Long enough for the workspace to be overwritten many times over: a mixed array in the wrong place would show. */
    @ParameterizedTest
    @MethodSource("mixers")
    void aThousandBatchesAreThoseOfTheSynchronousRun(BatchMixer mixer) {
        MixupDataSetIterator synchronous = new MixupDataSetIterator(source(), mixer);
        AsyncDataSetIterator asynchronous = new AsyncDataSetIterator(new MixupDataSetIterator(source(), mixer), 2);
        long before = 0;
        for (int i = 0; i < BATCHES; i++) {
            if (i == WARM_UP) {
                before = offHeapBytes();
            }
            DataSet expected = next(synchronous);
            DataSet actual = next(asynchronous);
            String name = "batch " + i;
            assertTrue(actual.getFeatures().isAttached(), name);
            assertArrayEquals(values(expected.getFeatures()), values(actual.getFeatures()), name);
            assertArrayEquals(values(expected.getLabels()), values(actual.getLabels()), name);
        }
        System.out.println("XX " + before + " " + offHeapBytes());
        asynchronous.shutdown();
    }

    private static ListDataSetIterator<DataSet> source() {
        return new ListDataSetIterator<>(batch(IMAGES * PER_EPOCH, 1).asList(), IMAGES);
    }

    private static DataSet next(DataSetIterator iterator) {
        if (!iterator.hasNext()) {
            iterator.reset();
            assertTrue(iterator.hasNext());
        }
        return iterator.next();
    }

    private static long offHeapBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            try { Thread.sleep(300);} catch (InterruptedException e) {throw new AssertionError(e);}
            System.out.println("YY phys " + Pointer.physicalBytes()/1e6 + " tot " + Pointer.totalBytes()/1e6+" maxphys "+Pointer.maxPhysicalBytes()/1e6);
        }
        return Pointer.totalBytes();
    }
}
