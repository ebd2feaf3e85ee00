package org.guidedmixup.dl4j.spark;

import static org.guidedmixup.dl4j.Batches.assertSameBits;
import static org.guidedmixup.dl4j.Batches.batches;
import static org.guidedmixup.dl4j.Batches.readEpoch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.Batches;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.dl4j.UsesNetwork;
import org.guidedmixup.method.CutMix;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.method.SaliencyMix;
import org.guidedmixup.method.augmix.AugMix;
import org.guidedmixup.method.comixup.CoMixup;
import org.guidedmixup.method.puzzle.PuzzleMix;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.RandomPairing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Mixing on Spark, held equal to mixing the same list of batches without it. */
class SparkMixupTest {
    private static final int EPOCH = 3;

    private static JavaSparkContext spark;

    private final List<DataSet> batches = batches(7, 4);

    @BeforeAll
    static void start() {
        spark = SparkContexts.local();
    }

    @AfterAll
    static void stop() {
        if (spark != null) {
            spark.stop();
        }
    }

    /** More partitions than batches too: some are empty. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void equalsTheIteratorWhateverThePartitions(int partitions) {
        JavaRDD<DataSet> mixed = SparkMixup.mix(spark.parallelize(batches, partitions), guided(), EPOCH);
        List<DataSet> expected = mixedWithoutSpark(guided());
        assertSameBits(expected, mixed.collect());
        assertAllDiffer(batches, expected);
    }

    /** Every mixer that needs no network travels to an executor with all its settings. */
    @ParameterizedTest
    @MethodSource("mixers")
    void everyMethod(BatchMixer mixer) {
        assertSameBits(
                mixedWithoutSpark(mixer),
                SparkMixup.mix(spark.parallelize(batches, 2), mixer, EPOCH).collect());
    }

    static Stream<BatchMixer> mixers() {
        return Stream.of(
                GuidedMixup.builder()
                        .pairing(new RandomPairing())
                        .mixProbability(1)
                        .seed(4)
                        .build(),
                InputMixup.builder().seed(4).labelSmoothing(0.1).build(),
                CutMix.builder().mixProbability(1).seed(4).build(),
                SaliencyMix.builder().mixProbability(1).seed(4).build(),
                PuzzleMix.builder().seed(4).build(),
                CoMixup.builder().blocks(2).seed(4).build(),
                AugMix.builder().seed(4).build().then(guided()));
    }

    /** A shuffle changes the order of batches, not their numbers. */
    @Test
    void numbersSurviveAShuffle() {
        JavaPairRDD<DataSet, Long> numbered =
                spark.parallelize(batches, 3).zipWithIndex().repartition(2);
        List<Long> order = numbered.values().collect();
        List<DataSet> expected = mixedWithoutSpark(guided());
        assertSameBits(
                order.stream().map(number -> expected.get(number.intValue())).toList(),
                SparkMixup.mixNumbered(numbered, guided(), EPOCH).collect());
    }

    @Test
    void everyEpochIsMixedAfresh() {
        BatchMixer mixer = InputMixup.builder().seed(4).build();
        JavaPairRDD<DataSet, Long> numbered = spark.parallelize(batches, 2).zipWithIndex();
        assertAllDiffer(
                SparkMixup.mixNumbered(numbered, mixer, 0).collect(),
                SparkMixup.mixNumbered(numbered, mixer, 1).collect());
    }

    /** The greedy pairing of the paper looks at the images alone, which a cached RDD never changes. */
    @Test
    void aCachedRddIsMixedTheSameWayInEveryEpoch() {
        JavaPairRDD<DataSet, Long> cached =
                spark.parallelize(batches, 2).zipWithIndex().cache();
        assertFalse(guided().varies());
        assertSameBits(
                SparkMixup.mixNumbered(cached, guided(), 0).collect(),
                SparkMixup.mixNumbered(cached, guided(), 1).collect());
        cached.unpersist();
    }

    @Test
    void aPairingThatDrawsMixesACachedRddAfresh() {
        GreedyPairing drawing = GreedyPairing.builder().drawnStart().farthest(2).build();
        BatchMixer mixer =
                GuidedMixup.builder().pairing(drawing).mixProbability(1).seed(4).build();
        List<DataSet> larger = batches(3, 12);
        JavaPairRDD<DataSet, Long> cached =
                spark.parallelize(larger, 2).zipWithIndex().cache();
        assertTrue(mixer.varies());
        List<DataSet> first = SparkMixup.mixNumbered(cached, mixer, 0).collect();
        assertAllDiffer(first, SparkMixup.mixNumbered(cached, mixer, 1).collect());
        assertSameBits(first, SparkMixup.mixNumbered(cached, mixer, 0).collect());
        cached.unpersist();
    }

    /** Spark hands persisted objects out again and again; they must stay whole, also where a batch is not mixed. */
    @Test
    void persistedBatchesAreNotModified() {
        BatchMixer half = GuidedMixup.builder().mixProbability(0.5).seed(4).build();
        JavaRDD<DataSet> source = spark.parallelize(batches, 2).persist(StorageLevel.MEMORY_ONLY());
        List<DataSet> first = SparkMixup.mix(source, half, EPOCH)
                .map(mixed -> {
                    DataSet copy = new DataSet(
                            mixed.getFeatures().dup(), mixed.getLabels().dup());
                    mixed.getFeatures().assign(-1);
                    mixed.getLabels().assign(-1);
                    return copy;
                })
                .collect();
        assertSameBits(first, SparkMixup.mix(source, half, EPOCH).collect());
        assertSameBits(batches, source.collect());
        source.unpersist();
    }

    /** Java's serialisation of a permuted array would give other pixels; a batch that is not mixed is still the source's. */
    @Test
    void permutedImagesSurviveSerialisation() {
        BatchMixer never = GuidedMixup.builder().mixProbability(0).build();
        JavaRDD<DataSet> permuted = spark.parallelize(batches, 2)
                .map(batch -> new DataSet(
                        batch.getFeatures().permute(0, 2, 3, 1).dup('c').permute(0, 3, 1, 2), batch.getLabels()));
        assertSameBits(batches, SparkMixup.mix(permuted, never, 0).collect());
    }

    @Test
    void labelNamesAndMetadataAreCarriedOver() {
        DataSet batch = Batches.batch(4, 1);
        batch.setLabelNames(List.of("a", "b", "c"));
        batch.setExampleMetaData(List.of(1, 2, 3, 4));
        DataSet mixed =
                SparkMixup.mix(spark.parallelize(List.of(batch)), guided(), 0).first();
        assertEquals(List.of("a", "b", "c"), mixed.getLabelNamesList());
        assertEquals(List.of(1, 2, 3, 4), mixed.getExampleMetaData());
    }

    @Test
    void argumentsThatCannotWork() {
        JavaRDD<DataSet> source = spark.parallelize(batches);
        assertMessage("batches: ", () -> SparkMixup.mix(null, guided(), 0));
        assertMessage("batches: ", () -> SparkMixup.mixNumbered(null, guided(), 0));
        assertMessage("mixer: ", () -> SparkMixup.mix(source, null, 0));
        assertMessage("epoch: expected at least 0, got -1", () -> SparkMixup.mix(source, guided(), -1));
        assertMessage("TrainingHook", () -> SparkMixup.mix(source, new UsesNetwork(guided()), 0));
    }

    @Test
    void masksAreRefusedWhereTheBatchIs() {
        DataSet masked = Batches.batch(4, 1);
        masked.setLabelsMaskArray(Nd4j.ones(4, 3));
        JavaRDD<DataSet> mixed = SparkMixup.mix(spark.parallelize(List.of(masked)), guided(), 0);
        SparkException thrown = assertThrows(SparkException.class, mixed::collect);
        assertTrue(thrown.getMessage().contains("labels mask [4, 3]: expected none"), thrown::getMessage);
    }

    private List<DataSet> mixedWithoutSpark(BatchMixer mixer) {
        MixupDataSetIterator iterator = new MixupDataSetIterator(new ExistingDataSetIterator(batches), mixer);
        iterator.setEpoch(EPOCH);
        return readEpoch(iterator);
    }

    private static BatchMixer guided() {
        return GuidedMixup.builder().mixProbability(1).seed(4).build();
    }

    private static void assertAllDiffer(List<DataSet> one, List<DataSet> other) {
        assertEquals(one.size(), other.size());
        for (int i = 0; i < one.size(); i++) {
            float[] images = values(one.get(i).getFeatures());
            assertTrue(!Arrays.equals(images, values(other.get(i).getFeatures())), "batch " + i + " is the same");
        }
    }

    private static void assertMessage(String part, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
