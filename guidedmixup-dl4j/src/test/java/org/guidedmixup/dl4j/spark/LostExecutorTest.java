package org.guidedmixup.dl4j.spark;

import static org.guidedmixup.dl4j.Batches.assertSameBits;
import static org.guidedmixup.dl4j.Batches.batches;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.ImageBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;

/** Two executor processes, of which some die: whatever is mixed again elsewhere comes out the same. */
class LostExecutorTest {
    private static final int EPOCH = 2;

    private final List<DataSet> batches = batches(8, 4);

    @Test
    @Timeout(240)
    void retriedTasksMixTheSame(@TempDir Path home) throws InterruptedException {
        BatchMixer mixer = GuidedMixup.builder().mixProbability(1).seed(4).build();
        List<DataSet> expected = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            var mixed = ImageBatch.of(batches.get(i)).mix(mixer, EPOCH, i);
            expected.add(new DataSet(mixed.images(), mixed.labels()));
        }
        try (JavaSparkContext spark = SparkContexts.cluster(home)) {
            JavaRDD<DataSet> source = spark.parallelize(batches, 4);

            awaitTwoExecutors(spark);

            // An executor is killed that holds mixed batches.
            JavaRDD<DataSet> kept = SparkMixup.mix(source, mixer, EPOCH).persist(StorageLevel.MEMORY_ONLY());
            Set<Long> processes = new TreeSet<>(kept.mapPartitions(ofPartition -> {
                        ofPartition.forEachRemaining(batch -> {});
                        return List.of(ProcessHandle.current().pid()).iterator();
                    })
                    .collect());
            assertEquals(2, processes.size(), "executors that mixed");
            long victim = processes.iterator().next();
            assertTrue(ProcessHandle.of(victim).orElseThrow().destroyForcibly());
            assertSameBits(expected, kept.collect());

            // An executor dies with half of a partition mixed.
            JavaPairRDD<DataSet, Long> deadly = source.zipWithIndex().mapToPair(numbered -> {
                if (numbered._2() == 5 && TaskContext.get().attemptNumber() == 0) {
                    Runtime.getRuntime().halt(137);
                }
                return numbered;
            });
            assertSameBits(
                    expected, SparkMixup.mixNumbered(deadly, mixer, EPOCH).collect());
        }
    }

    private static void awaitTwoExecutors(JavaSparkContext spark) throws InterruptedException {
        while (spark.sc().statusTracker().getExecutorInfos().length < 3) { // the driver is one of them
            Thread.sleep(100);
        }
    }
}
