package org.guidedmixup.concurrency;

import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.testing.RandomImages;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A program that mixes with every method on a worker of its own pool, and fails if that takes a minute. */
final class OwnPool {
    private OwnPool() {}

    public static void main(String[] arguments) throws Exception {
        INDArray images = RandomImages.nchw(1, 8, 3, 64, 48);
        INDArray labels = RandomImages.labels(8, 5);
        for (int workers = 1; workers <= 2; workers++) {
            ForkJoinPool pool = new ForkJoinPool(workers);
            for (Map.Entry<String, BatchMixer> mixer :
                    EveryMethod.mixers(DataFormat.NCHW).entrySet()) {
                System.out.println(workers + " workers: " + mixer.getKey());
                INDArray mixed = pool.submit(() -> mixed(mixer.getValue(), images, labels))
                        .get(1, TimeUnit.MINUTES);
                if (!mixed.equals(mixed(mixer.getValue(), images, labels))) {
                    System.exit(2);
                }
            }
        }
        System.exit(0);
    }

    private static INDArray mixed(BatchMixer mixer, INDArray images, INDArray labels) {
        MixedBatch mixed = mixer.plan(images, labels, 1, 1).apply(images, labels);
        return mixed.images();
    }
}
