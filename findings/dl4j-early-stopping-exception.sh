#!/usr/bin/env bash
# Deeplearning4j 1.0.0-M2.1: where training fails in the first epoch (here the iterator throws), EarlyStoppingTrainer.fit
# throws a NullPointerException of its own, and the exception of the training is not its cause.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1 org.deeplearning4j:deeplearning4j-core:1.0.0-M2.1
seen 'fit: IllegalStateException, disk is away
early stopping: NullPointerException, Cannot invoke "org.deeplearning4j.nn.api.Model.score()" because "bestModel" is null
its cause: null' <<'JAVA'
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().list()
        .layer(new OutputLayer.Builder().nIn(3).nOut(2).activation(Activation.SOFTMAX).build()).build());
network.init();
DataSet data = new DataSet(Nd4j.rand(2, 3), Nd4j.eye(2));
ListDataSetIterator<DataSet> failing = new ListDataSetIterator<>(data.asList(), 2);
failing.setPreProcessor(batch -> {
    throw new IllegalStateException("disk is away");
});
try {
    network.fit(failing);
} catch (RuntimeException e) {
    Throwable first = e;
    while (first.getCause() != null) {
        first = first.getCause();
    }
    say("fit: " + first.getClass().getSimpleName() + ", " + first.getMessage());
}
failing.reset();
try {
    new EarlyStoppingTrainer(new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
            .epochTerminationConditions(new MaxEpochsTerminationCondition(2))
            .scoreCalculator(new DataSetLossCalculator(new ListDataSetIterator<>(data.asList(), 2), true)).build(),
            network, failing).fit();
} catch (RuntimeException e) {
    say("early stopping: " + e.getClass().getSimpleName() + ", " + e.getMessage());
    say("its cause: " + e.getCause());
}
JAVA
