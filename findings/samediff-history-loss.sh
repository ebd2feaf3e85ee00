#!/usr/bin/env bash
# SameDiff 1.0.0-M2.1: the History that fit returns has a loss of 0 for every epoch, while the network trains and output(...)
# gives the loss.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'loss before: 9.0000
loss curve of two epochs: [[0], [0]]
loss after: 7.6441' <<'JAVA'
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
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
DataSet data = new DataSet(Nd4j.ones(1, 2), Nd4j.zeros(1, 1));
Map<String, INDArray> arrays = Map.of("in", data.getFeatures(), "label", data.getLabels());
say("loss before: " + graph.output(arrays, "loss").get("loss"));
say("loss curve of two epochs: " + graph.fit(new SingletonDataSetIterator(data), 2).getLossCurve().getLossValues());
say("loss after: " + graph.output(arrays, "loss").get("loss"));
JAVA
