package org.guidedmixup.dl4j.spark;

import static org.guidedmixup.dl4j.Batches.assertSameBits;
import static org.guidedmixup.dl4j.Batches.batches;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.ImageBatch;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import scala.Tuple2;

/** Wherever Spark serialises: shuffles, caches, broadcasts and results, all by Kryo with every class registered. */
class SparkKryoTest {
    private static final BatchMixer MIXER =
            GuidedMixup.builder().mixProbability(0.5).seed(4).build();

    private static JavaSparkContext spark;

    private final List<DataSet> batches = batches(6, 4);

    @BeforeAll
    static void start() {
        spark = SparkContexts.localWithKryo();
    }

    @AfterAll
    static void stop() {
        if (spark != null) {
            spark.stop();
        }
    }

    @Test
    void mixedBatchesThroughShuffleAndCache() {
        JavaPairRDD<Long, DataSet> cached = SparkMixup.mix(spark.parallelize(batches, 3), MIXER, 1)
                .persist(StorageLevel.MEMORY_ONLY_SER())
                .zipWithIndex()
                .mapToPair(Tuple2::swap);
        cached.count();
        List<DataSet> sorted = cached.repartition(2).sortByKey().values().collect();
        assertSameBits(expected(), sorted);
        assertSameBits(
                expected(),
                cached.groupByKey(2)
                        .sortByKey()
                        .values()
                        .map(same -> same.iterator().next())
                        .collect());
    }

    @Test
    void multiDataSetsThroughAShuffle() {
        JavaRDD<Integer> numbers = spark.parallelize(List.of(0, 1, 2, 3), 2);
        List<MultiDataSet> read = numbers.mapToPair(
                        i -> new Tuple2<>(i, new MultiDataSet(Nd4j.valueArrayOf(3, i), Nd4j.ones(2))))
                .sortByKey()
                .values()
                .collect();
        for (int i = 0; i < 4; i++) {
            assertEquals(Nd4j.valueArrayOf(3, i), read.get(i).getFeatures(0));
        }
    }

    @Test
    void broadcastMixersPlansAndArrays() {
        DataSet data = batches.get(0);
        MixPlan plan = GuidedMixup.builder().mixProbability(1).build().plan(data.getFeatures(), data.getLabels());
        MixedBatch expected = plan.apply(data.getFeatures(), data.getLabels());
        Broadcast<MixPlan> sharedPlan = spark.broadcast(plan);
        Broadcast<BatchMixer> sharedMixer = spark.broadcast(MIXER);
        Broadcast<INDArray> images = spark.broadcast(data.getFeatures().permute(0, 2, 3, 1));
        Broadcast<INDArray> labels = spark.broadcast(data.getLabels());
        List<DataSet> mixed = spark.parallelize(List.of(0L, 1L), 2)
                .map(number -> {
                    INDArray planar = images.value().permute(0, 3, 1, 2);
                    MixedBatch replayed = sharedPlan.value().apply(planar, labels.value());
                    sharedMixer.value().plan(planar, labels.value(), 0, number);
                    return new DataSet(replayed.images(), replayed.labels());
                })
                .collect();
        DataSet one = new DataSet(expected.images(), expected.labels());
        assertSameBits(List.of(one, one), mixed);
    }

    @Test
    void plansAsResults() {
        List<MixPlan> plans = spark.parallelize(batches, 2)
                .zipWithIndex()
                .map(numbered ->
                        MIXER.plan(numbered._1().getFeatures(), numbered._1().getLabels(), 1, numbered._2()))
                .collect();
        List<DataSet> replayed = IntStream.range(0, plans.size())
                .mapToObj(i -> plans.get(i)
                        .apply(batches.get(i).getFeatures(), batches.get(i).getLabels()))
                .map(mixed -> new DataSet(mixed.images(), mixed.labels()))
                .toList();
        assertSameBits(expected(), replayed);
    }

    private List<DataSet> expected() {
        return IntStream.range(0, batches.size())
                .mapToObj(i -> ImageBatch.of(batches.get(i)).mix(MIXER, 1, i))
                .map(mixed -> new DataSet(mixed.images(), mixed.labels()))
                .toList();
    }
}
