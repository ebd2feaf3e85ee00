package org.guidedmixup.dl4j.spark;

import static org.guidedmixup.dl4j.Batches.assertSameBits;
import static org.guidedmixup.dl4j.Batches.batches;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.Batches;
import org.guidedmixup.dl4j.ImageBatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Two executor processes, of which some die: whatever is mixed again elsewhere comes out the same. Serialised by Kryo. */
class LostExecutorTest {
    private static final int EPOCH = 2;
    private static final BatchMixer MIXER =
            GuidedMixup.builder().mixProbability(1).seed(4).build();

    @TempDir
    private static Path home;

    private static JavaSparkContext spark;

    private final List<DataSet> batches = batches(8, 4);

    @BeforeAll
    static void start() {
        spark = SparkContexts.cluster(home);
    }

    @AfterAll
    static void stop() {
        if (spark != null) {
            spark.stop();
        }
    }

    /** An executor is killed that holds mixed batches; later one dies with half of a partition mixed. */
    @Test
    @Timeout(240)
    void retriedTasksMixTheSame() {
        List<DataSet> expected = IntStream.range(0, batches.size())
                .mapToObj(i -> ImageBatch.of(batches.get(i)).mix(MIXER, EPOCH, i))
                .map(mixed -> new DataSet(mixed.images(), mixed.labels()))
                .toList();
        awaitTwoExecutors();
        JavaRDD<DataSet> source = spark.parallelize(batches, 4);
        JavaRDD<DataSet> kept = SparkMixup.mix(source, MIXER, EPOCH).persist(StorageLevel.MEMORY_ONLY());
        Set<Long> processes = new TreeSet<>(kept.mapPartitions(ofPartition -> {
                    ofPartition.forEachRemaining(batch -> {});
                    return List.of(ProcessHandle.current().pid()).iterator();
                })
                .collect());
        assertEquals(2, processes.size(), "executors that mixed");
        long victim = processes.iterator().next();
        assertTrue(ProcessHandle.of(victim).orElseThrow().destroyForcibly());
        assertSameBits(expected, kept.collect());

        JavaPairRDD<DataSet, Long> deadly = deadly(source.zipWithIndex(), "mixing");
        assertSameBits(expected, SparkMixup.mixNumbered(deadly, MIXER, EPOCH).collect());
    }

    /** Deeplearning4j's own parameter averaging learns the same bits, whether or not an executor dies in the second epoch. */
    @Test
    @Timeout(240)
    void parameterAveragingLearnsTheSame() {
        awaitTwoExecutors();
        JavaPairRDD<DataSet, Long> numbered = spark.parallelize(batches, 2).zipWithIndex();
        float[] undisturbed = train(numbered, numbered);
        awaitTwoExecutors();
        assertArrayEquals(undisturbed, train(numbered, deadly(numbered, "training")));
    }

    /** Trains two epochs, each on batches of its own, and gives the parameters. */
    private static float[] train(JavaPairRDD<DataSet, Long> first, JavaPairRDD<DataSet, Long> second) {
        ParameterAveragingTrainingMaster master = new ParameterAveragingTrainingMaster.Builder(2, 4)
                .batchSizePerWorker(4)
                .averagingFrequency(2)
                .rngSeed(1)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .build();
        SparkDl4jMultiLayer training = new SparkDl4jMultiLayer(spark, configuration(), master);
        float[] untrained = values(training.getNetwork().params());
        training.fit(SparkMixup.mixNumbered(first, MIXER, 0));
        training.fit(SparkMixup.mixNumbered(second, MIXER, 1));
        float[] trained = values(training.getNetwork().params());
        assertFalse(Arrays.equals(untrained, trained), "nothing was learnt");
        return trained;
    }

    /** The same batches, but the first process ever to read batch 5 dies. */
    private static JavaPairRDD<DataSet, Long> deadly(JavaPairRDD<DataSet, Long> numbered, String name) {
        String died = home.resolve("died-" + name).toString();
        return numbered.mapToPair(batch -> {
            if (batch._2() == 5 && new File(died).createNewFile()) {
                Runtime.getRuntime().halt(137);
            }
            return batch;
        });
    }

    private static MultiLayerConfiguration configuration() {
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.01))
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(4)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder()
                        .nOut(Batches.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(Batches.HEIGHT, Batches.WIDTH, Batches.CHANNELS))
                .build();
    }

    /** Until two processes take tasks: a dead one is replaced, and its place is known for a while after it. */
    private static void awaitTwoExecutors() {
        Set<Long> processes = Set.of();
        while (processes.size() < 2) {
            processes = new TreeSet<>(spark.parallelize(List.of(1, 2, 3, 4), 4)
                    .map(task -> {
                        Thread.sleep(100);
                        return ProcessHandle.current().pid();
                    })
                    .collect());
        }
    }
}
