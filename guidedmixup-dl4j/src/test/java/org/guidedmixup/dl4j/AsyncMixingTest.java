package org.guidedmixup.dl4j;

import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.method.InputMixup;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Mixing on the reading thread of AsyncDataSetIterator, inside its cyclic workspace. */
class AsyncMixingTest {
    private static final int BATCHES = 1000;
    private static final int WARM_UP = 300;
    private static final int PER_EPOCH = 25;
    private static final int IMAGES = 8;
    private static final int SIZE = 16;

    /** Bytes of the images of one batch. */
    private static final long BATCH_BYTES = 4L * IMAGES * 3 * SIZE * SIZE;

    static Stream<Named<BatchMixer>> mixers() {
        return Stream.of(
                Named.of("Input Mixup", InputMixup.builder().seed(3).build()),
                Named.of(
                        "Input Mixup, the first batch not",
                        InputMixup.builder().mixProbability(0.5).seed(2).build()),
                Named.of(
                        "Guided-SR",
                        GuidedMixup.builder().mixProbability(0.5).seed(1).build()));
    }

    /**
     * Enough batches to overwrite every part of the workspace many times, so an array kept in it too long is detected.
     *
     * <p>After warm-up there are 28 epochs with one reading thread each. Losing one image array per batch would add 17 MB,
     * losing one thread's workspaces per epoch more than 1 MB. The test reads ND4J's own count, which is exact to the byte,
     * while the size of the process rises and falls with the Java heap. The tolerance covers what the queue and both threads
     * can hold, and the 1024 bytes per workspace that ND4J counts when it opens one but not when it frees it.
     */
    @ParameterizedTest
    @MethodSource("mixers")
    void aThousandBatchesEqualThoseOfASynchronousRunInFlatMemory(BatchMixer mixer) {
        List<DataSet> data = data(PER_EPOCH);
        MixupDataSetIterator synchronous = new MixupDataSetIterator(new AsyncSource(data), mixer);
        AsyncDataSetIterator asynchronous =
                new AsyncDataSetIterator(new MixupDataSetIterator(new AsyncSource(data), mixer), 2);
        long before = 0;
        for (int i = 0; i < BATCHES; i++) {
            if (i == WARM_UP) {
                before = settledOffHeapBytes();
            }
            DataSet expected = next(synchronous);
            DataSet actual = next(asynchronous);
            String name = "batch " + i;
            assertTrue(actual.getFeatures().isAttached(), name + " is in the workspace");
            assertArrayEquals(values(expected.getFeatures()), values(actual.getFeatures()), name);
            assertArrayEquals(values(expected.getLabels()), values(actual.getLabels()), name);
        }
        long after = settledOffHeapBytes();
        long epochs = (BATCHES - WARM_UP) / PER_EPOCH;
        long tolerance = 4 * BATCH_BYTES + epochs * 4 * 1024;
        assertTrue(after - before < tolerance, before + " bytes after warm-up, " + after + " at the end");
        asynchronous.shutdown();
    }

    private static DataSet next(DataSetIterator iterator) {
        if (!iterator.hasNext()) {
            iterator.reset();
            assertTrue(iterator.hasNext());
        }
        return iterator.next();
    }

    /** Returns what ND4J has allocated once garbage collection no longer changes it; ND4J frees memory on its own thread. */
    private static long settledOffHeapBytes() {
        long bytes = Long.MAX_VALUE;
        for (int unchanged = 0; unchanged < 3; ) {
            System.gc();
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            long now = Nd4j.getMemoryManager().allocatedMemory(0);
            unchanged = now == bytes ? unchanged + 1 : 0;
            bytes = now;
        }
        return bytes;
    }

    private static List<DataSet> data(int batches) {
        Function<Integer, DataSet> batch = number -> {
            INDArray labels = Nd4j.zeros(DataType.FLOAT, IMAGES, 4);
            for (int i = 0; i < IMAGES; i++) {
                labels.putScalar(i, (i + number) % 4, 1);
            }
            return new DataSet(Nd4j.rand(DataType.FLOAT, IMAGES, 3, SIZE, SIZE), labels);
        };
        return Stream.iterate(0, i -> i + 1).limit(batches).map(batch).toList();
    }
}
