#!/usr/bin/env bash
# SameDiff 1.0.0-M2.1: a checkpoint that CheckpointListener writes after an iteration is not the network but its gradient
# function: it has more variables and no loss variables, so that training cannot go on from it. One written after an epoch
# is the network.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'the network: 6 variables, loss [loss]
its checkpoint after an epoch: 6 variables, loss [loss]
its checkpoint after an iteration: 13 variables, loss []' <<'JAVA'
import java.io.File;
import java.nio.file.Files;
import org.nd4j.autodiff.listeners.checkpoint.CheckpointListener;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
SameDiff graph = SameDiff.create();
SDVariable in = graph.placeHolder("in", DataType.FLOAT, -1, 2);
SDVariable label = graph.placeHolder("label", DataType.FLOAT, -1, 1);
SDVariable weights = graph.var("weights", Nd4j.createFromArray(1f, 2f).reshape(2, 1));
graph.loss().meanSquaredError("loss", label, in.mmul(weights), null);
graph.setLossVariables("loss");
graph.setTrainingConfig(TrainingConfig.builder().updater(new Sgd(0.01))
        .dataSetFeatureMapping("in").dataSetLabelMapping("label").build());
say("the network: " + graph.variableMap().size() + " variables, loss " + graph.getLossVariables());
for (boolean epoch : new boolean[] {true, false}) {
    File folder = Files.createTempDirectory(new File(System.getProperty("org.bytedeco.javacpp.cachedir")).toPath(), "c").toFile();
    CheckpointListener.Builder builder = CheckpointListener.builder(folder);
    graph.setListeners((epoch ? builder.saveEveryNEpochs(1) : builder.saveEveryNIterations(1)).build());
    graph.fit(new SingletonDataSetIterator(new DataSet(Nd4j.ones(1, 2), Nd4j.zeros(1, 1))), 2);
    File file = folder.listFiles((f, name) -> name.endsWith(".bin"))[0];
    SameDiff loaded = SameDiff.load(file, true);
    say("its checkpoint after an " + (epoch ? "epoch: " : "iteration: ") + loaded.variableMap().size() + " variables, loss "
            + loaded.getLossVariables());
}
JAVA
