package org.guidedmixup.dl4j.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.spark.SparkContexts;
import org.guidedmixup.dl4j.spark.SparkMixup;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

/** Training on Spark by parameter averaging: every partition trains on its mixed batches, then the networks are averaged. */
class SparkExampleTest {
    private static final int EPOCHS = 20;

    @Test
    void parameterAveraging() {
        DataSetIterator trainData = Stripes.iterator();
        BatchMixer mixer = GuidedMixup.builder().mixProbability(0.5).seed(42).build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration());
        network.init();
        assertTrue(network.evaluate(trainData).accuracy() < 0.9, "nothing to learn");

        try (JavaSparkContext spark = SparkContexts.local()) {
            JavaPairRDD<DataSet, Long> numbered =
                    spark.parallelize(batches(trainData), 2).zipWithIndex().cache();
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                JavaRDD<DataSet> mixed = SparkMixup.mixNumbered(numbered, mixer, epoch);
                network.setParams(average(spark, mixed, network));
            }
        }
        double accuracy = network.evaluate(trainData).accuracy();
        assertTrue(accuracy > 0.9, () -> "accuracy " + accuracy);
    }

    /** The mean parameters of one network a partition, each trained from the given one on. */
    private static INDArray average(JavaSparkContext spark, JavaRDD<DataSet> batches, MultiLayerNetwork network) {
        String configuration = network.getLayerWiseConfigurations().toJson();
        Broadcast<INDArray> parameters = spark.broadcast(network.params());
        List<INDArray> trained = batches.mapPartitions(ofPartition -> {
                    MultiLayerNetwork worker = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(configuration));
                    worker.init(parameters.value().dup(), false);
                    ofPartition.forEachRemaining(worker::fit);
                    return List.of(worker.params()).iterator();
                })
                .collect();
        parameters.destroy();
        INDArray sum = trained.get(0).dup();
        trained.stream().skip(1).forEach(sum::addi);
        return sum.divi(trained.size());
    }

    private static List<DataSet> batches(DataSetIterator iterator) {
        List<DataSet> batches = new ArrayList<>();
        iterator.reset();
        iterator.forEachRemaining(batches::add);
        return batches;
    }

    private static MultiLayerConfiguration configuration() {
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
                .setInputType(InputType.convolutional(12, 12, 1))
                .build();
    }
}
