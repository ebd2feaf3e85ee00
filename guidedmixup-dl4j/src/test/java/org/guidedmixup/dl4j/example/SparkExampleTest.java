package org.guidedmixup.dl4j.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.spark.SparkContexts;
import org.guidedmixup.dl4j.spark.SparkMixup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

/** Training on Spark by Deeplearning4j's parameter averaging, on batches that are mixed on the executors. */
class SparkExampleTest {
    private static final int EPOCHS = 20;
    private static final int WORKERS = 2;
    private static final int BATCH = 16;

    private static JavaSparkContext spark;

    private final DataSetIterator trainData = Stripes.iterator();

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

    @Test
    void guidedSrWithAMultiLayerNetwork() {
        BatchMixer mixer = GuidedMixup.builder().mixProbability(0.5).seed(42).build();
        SparkDl4jMultiLayer training = new SparkDl4jMultiLayer(spark, layers().build(), master().build());
        JavaPairRDD<DataSet, Long> numbered = batches().zipWithIndex().cache();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            training.fit(SparkMixup.mixNumbered(numbered, mixer, epoch));
        }
        assertLearnt(training.getNetwork().evaluate(trainData).accuracy());
    }

    @Test
    void guidedSrWithAComputationGraph() {
        BatchMixer mixer = GuidedMixup.builder().mixProbability(0.5).seed(42).build();
        MultiLayerNetwork network = new MultiLayerNetwork(layers().build());
        network.init();
        ComputationGraph graph = network.toComputationGraph();
        SparkComputationGraph training = new SparkComputationGraph(spark, graph, master().build());
        JavaPairRDD<DataSet, Long> numbered = batches().zipWithIndex().cache();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            training.fit(SparkMixup.mixNumbered(numbered, mixer, epoch));
        }
        assertLearnt(training.getNetwork().evaluate(trainData).accuracy());
    }

    /**
     * Every executor uses its own copy of the network. The RDD given to fit is not cached, because the trainer does that
     * itself.
     */
    @Test
    void guidedApByAHook() {
        ParameterAveragingTrainingMaster master =
                master().trainingHooks(new GuidedApHook(0.8, 42)).build();
        SparkDl4jMultiLayer training = new SparkDl4jMultiLayer(spark, layers().build(), master);
        JavaRDD<DataSet> batches = batches();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            training.fit(batches);
        }
        assertLearnt(training.getNetwork().evaluate(trainData).accuracy());
    }

    private static ParameterAveragingTrainingMaster.Builder master() {
        return new ParameterAveragingTrainingMaster.Builder(WORKERS, BATCH)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(2)
                .rngSeed(1)
                .repartionData(Repartition.Never)
                .rddTrainingApproach(RDDTrainingApproach.Direct);
    }

    private JavaRDD<DataSet> batches() {
        List<DataSet> batches = new ArrayList<>();
        trainData.reset();
        trainData.forEachRemaining(batches::add);
        return spark.parallelize(batches, WORKERS);
    }

    private void assertLearnt(double accuracy) {
        MultiLayerNetwork untrained = new MultiLayerNetwork(layers().build());
        untrained.init();
        assertTrue(untrained.evaluate(trainData).accuracy() < 0.9, "nothing to learn");
        assertTrue(accuracy > 0.9, () -> "accuracy " + accuracy);
    }

    private static NeuralNetConfiguration.ListBuilder layers() {
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.01))
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(8)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(12, 12, 1));
    }
}
