package org.guidedmixup.bench.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

/** Making batches reuses the same arrays from batch to batch. */
class BatchAllocationTest {
    private static final int IMAGES = 10_000;
    private static final int BYTES = 3 * 32 * 32;

    @Test
    void anEpochAllocatesNoArrayAnImage() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(threads.isThreadAllocatedMemorySupported());
        SplittableRandom random = new SplittableRandom(1);
        byte[][] pixels = new byte[IMAGES][BYTES];
        for (byte[] image : pixels) {
            random.nextBytes(image);
        }
        ImageSet images = new ImageSet(pixels, new int[IMAGES], List.of("a", "b"), 3, 32, 32);
        BatchSource source = BatchSource.builder(images)
                .normalization(Normalization.of(images))
                .augmentation(Augmentation.cropAndFlip(images))
                .batchSize(50)
                .build();
        drain(source.epoch(0)); // loads classes
        long before = threads.getCurrentThreadAllocatedBytes();
        assertEquals(IMAGES, drain(source.epoch(1)));
        long perImage = (threads.getCurrentThreadAllocatedBytes() - before) / IMAGES;
        assertTrue(perImage < BYTES / 10, perImage + " bytes allocated for every image of " + BYTES + " pixels");
    }

    private static int drain(Iterator<DataSet> batches) {
        int images = 0;
        while (batches.hasNext()) {
            DataSet batch = batches.next();
            images += batch.numExamples();
            batch.getFeatures().close();
            batch.getLabels().close();
        }
        return images;
    }
}
