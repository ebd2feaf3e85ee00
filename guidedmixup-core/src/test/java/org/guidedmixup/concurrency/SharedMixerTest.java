package org.guidedmixup.concurrency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One mixer that eight threads use at the same time for the same batches, each in a different order. */
class SharedMixerTest {
    private static final int THREADS = 8;
    private static final int BATCHES = 6;

    static List<Arguments> mixers() {
        List<Arguments> all = new ArrayList<>();
        for (DataFormat format : DataFormat.values()) {
            EveryMethod.mixers(format).forEach((name, mixer) -> all.add(Arguments.of(name, format, mixer)));
        }
        return all;
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("mixers")
    void threadsGetWhatOneThreadGets(String name, DataFormat format, BatchMixer mixer) throws Exception {
        // A separate mixer, so that the shared one fills its caches from all threads at once.
        BatchMixer alone = EveryMethod.mixers(format).get(name);
        List<byte[]> expected = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            expected.add(mixed(alone, format, batch));
        }
        CountDownLatch together = new CountDownLatch(THREADS);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<byte[]>>> results = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                Callable<List<byte[]>> work = () -> {
                    together.countDown();
                    together.await();
                    List<byte[]> mixed = new ArrayList<>();
                    for (int i = 0; i < BATCHES; i++) {
                        mixed.add(mixed(mixer, format, (first + i) % BATCHES));
                    }
                    return mixed;
                };
                results.add(pool.submit(work));
            }
            for (int thread = 0; thread < THREADS; thread++) {
                for (int i = 0; i < BATCHES; i++) {
                    int batch = (thread + i) % BATCHES;
                    assertArrayEquals(
                            expected.get(batch), results.get(thread).get().get(i), name + ", batch " + batch);
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static byte[] mixed(BatchMixer mixer, DataFormat format, int batch) {
        INDArray images = RandomImages.inFormat(RandomImages.nchw(batch, 6, 3, 32, 16), format);
        INDArray labels = RandomImages.labels(6, 4);
        MixedBatch mixed = mixer.plan(images, labels, 2, batch).apply(images, labels);
        return Nd4j.toNpyByteArray(Nd4j.hstack(
                mixed.images().reshape('c', 6, -1).dup('c'), mixed.labels().dup('c')));
    }
}
